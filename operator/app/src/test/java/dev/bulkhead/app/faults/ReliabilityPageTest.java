package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reliability.md names each fault test, under its number, and no test that is not there. */
class ReliabilityPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(f\\d\\d_\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("^    void (f\\d\\d_\\w+)\\(", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| (F\\d\\d) \\|(.*)$", Pattern.MULTILINE);

    @Test
    void thePageNamesEachFaultTestUnderItsNumber() throws IOException {
        Set<String> there;
        try (Stream<Path> files = Files.walk(Pages.ROOT.resolve("operator"))) {
            there = files.filter(file -> file.toString().endsWith("Test.java")
                            && file.toString().contains("/src/test/java/"))
                    .flatMap(ReliabilityPageTest::numbered)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> named = ROW.matcher(Pages.text(Pages.ROOT.resolve("operator/docs/reliability.md")))
                .results()
                .flatMap(ReliabilityPageTest::tests)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, named);
        Set<String> faults = IntStream.concat(IntStream.rangeClosed(1, 43), IntStream.rangeClosed(57, 68))
                .mapToObj(number -> String.format("F%02d", number))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tested =
                there.stream().map(test -> test.substring(0, 3)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(faults, tested, "each fault has a test");
    }

    /** Tests of every module, so by their text. */
    private static Stream<String> numbered(Path file) {
        String type = file.getFileName().toString().replace(".java", "");
        return NUMBERED.matcher(Pages.text(file))
                .results()
                .map(method -> method.group(1))
                .map(name -> name.substring(0, 3).toUpperCase(Locale.ROOT) + " " + type + "." + name);
    }

    private static Stream<String> tests(MatchResult row) {
        return TEST.matcher(row.group(2))
                .results()
                .map(test -> row.group(1) + " " + test.group(1) + "." + test.group(2));
    }
}
