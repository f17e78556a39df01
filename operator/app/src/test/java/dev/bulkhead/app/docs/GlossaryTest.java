package dev.bulkhead.app.docs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that names of classes are made of, and that each name means one class. */
class GlossaryTest {

    private static final Path PAGE = Pages.DOCS.resolve("contributing/glossary.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!word |-)([^|]+) \\|");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final int MOST_WORDS = 40;

    @Test
    void itHasSoFewWordsThatSomebodyCanReadThem() {
        long words = ROW.matcher(Pages.text(PAGE)).results().count();
        assertTrue(words > 20 && words <= MOST_WORDS, () -> words + " words");
    }

    @Test
    void everyClassThatItNamesIsThere() {
        Set<String> missing = CLASS.matcher(Pages.text(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        classes().forEach(missing::remove);
        assertEquals(Set.of(), missing);
    }

    @Test
    void noTwoClassesHaveOneName() {
        Map<String, Long> counts = classes().stream().collect(groupingBy(name -> name, TreeMap::new, counting()));
        counts.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), counts);
    }

    /** The simple names of all classes at the top of a file. */
    private static List<String> classes() {
        try (Stream<Path> modules = Files.list(Pages.ROOT.resolve("operator"))) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(GlossaryTest::files)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
