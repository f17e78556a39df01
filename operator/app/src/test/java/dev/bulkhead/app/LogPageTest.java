package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.log.LogKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the log says what the program logs, in the words of the metrics. */
class LogPageTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    /** Of the answers that it gets the operator logs none. */
    private static final Set<String> LABELS_WITHOUT_LINES = Set.of("method", "code");

    private static final Pattern KEY_ROW = Pattern.compile("^\\| `(\\w+)` \\|([^|]*)\\|[^|]*\\|$", Pattern.MULTILINE);
    private static final Pattern LINE_ROW =
            Pattern.compile("^\\| ([A-Z][^|`]+) \\| (?:info|warn|error) \\|", Pattern.MULTILINE);
    private static final Pattern METRIC_ROW =
            Pattern.compile("^\\| `bulkhead_[a-z_]+` \\| \\w+ \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern PAIR =
            Pattern.compile("addKeyValue\\(\\s*([^,]+),|unlessEmpty\\(\\s*[^,]+,\\s*([^,]+),");
    private static final Pattern MESSAGE = Pattern.compile("\\.log\\(\"([^\"]+)\"\\)");
    /** Those that are handed to a method that logs them. */
    private static final List<String> HANDED =
            List.of("Segment changed", "Guardrail changed", "Namespace enrolled", "Enforcement changed");

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("operator/docs").resolve(name));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("cluster", "app")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve("operator/" + module + "/src/main/java"))) {
                for (Path file : files.filter(found -> found.toString().endsWith(".java"))
                        .toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> constants() {
        return Arrays.stream(LogKey.class.getFields())
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyIsExplained() throws IOException {
        assertEquals(constants(), found(KEY_ROW, page("logs.md"), 1));
    }

    @Test
    void codeNamesKeysByTheirConstantsAloneAndUsesEach() throws IOException {
        String sources = sources();
        Set<String> keys = PAIR.matcher(sources)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .map(String::strip)
                .filter(key -> !key.matches("(String )?key"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                Set.of(),
                keys.stream().filter(key -> !key.startsWith("LogKey.")).collect(Collectors.toSet()));
        for (var constant : LogKey.class.getFields()) {
            assertEquals(true, sources.contains("LogKey." + constant.getName()), constant.getName());
        }
    }

    @Test
    void keysThatMeanTheSameAsLabelsOfTheMetricsHaveTheirNames() throws IOException {
        Set<String> labels = METRIC_ROW
                .matcher(page("metrics.md"))
                .results()
                .flatMap(
                        row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results())
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        labels.add("namespace");
        labels.removeAll(LABELS_WITHOUT_LINES);

        Set<String> marked = KEY_ROW.matcher(page("logs.md"))
                .results()
                .filter(row -> row.group(2).strip().equals("yes"))
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(labels, marked);
    }

    @Test
    void everyLineIsListed() throws IOException {
        Set<String> logged = found(MESSAGE, sources(), 1);
        logged.addAll(HANDED);

        Set<String> listed = found(LINE_ROW, page("logs.md"), 1);
        listed.addAll(
                found(Pattern.compile("^\\| ([A-Z][^|`]+) \\| debug \\|", Pattern.MULTILINE), page("logs.md"), 1));

        assertEquals(logged, listed);
    }

    @Test
    void nothingIsLoggedByFreeText() throws IOException {
        assertEquals(
                Set.of(),
                found(Pattern.compile("\\b((?:LOG|log\\(\\))\\.(?:error|warn|info|debug|trace)\\()"), sources(), 1));
    }
}
