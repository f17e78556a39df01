package dev.bulkhead.app.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code lint/<case>.in.yaml}; a new case needs no code. {@code -Dbulkhead.golden.update=true} writes what is found. */
class LintTest {

    private static final Path CASES = Path.of("src/test/resources/lint");

    private static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".in.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static Program.Result lint(Path file, String... more) {
        List<String> arguments = Stream.concat(Stream.of("lint", "-f", file.toString()), Stream.of(more))
                .toList();
        return Program.run(arguments);
    }

    @TestFactory
    Stream<DynamicTest> findsWhatIsExpected() throws IOException {
        return inputs().stream()
                .map(input -> dynamicTest(input.getFileName().toString(), () -> {
                    Path expected = Path.of(input.toString().replace(".in.yaml", ".out.txt"));
                    Program.Result result = lint(input);
                    if (Boolean.getBoolean("bulkhead.golden.update")) {
                        Files.writeString(expected, result.out());
                    }
                    assertEquals(Files.readString(expected), result.out());
                    assertEquals("", result.err());
                    assertEquals(result.out().contains(" BH017 ") ? 3 : 2, result.exitCode());
                }));
    }

    @Test
    void everyCodeHasACase() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path input : inputs()) {
            found.addAll(codes(input));
        }
        assertEquals(Stream.of(Code.values()).map(Code::name).collect(Collectors.toCollection(TreeSet::new)), found);
    }

    private static Set<String> codes(Path input) throws IOException {
        Set<String> codes = new TreeSet<>();
        for (JsonNode finding :
                new ObjectMapper().readTree(lint(input, "-o", "json").out())) {
            codes.add(finding.path("code").asText());
            assertTrue(finding.path("line").asInt() > 0, finding.toString());
            assertFalse(finding.path("message").asText().isEmpty(), finding.toString());
        }
        return codes;
    }

    @Test
    void aCleanFolderHasNoFindings() {
        Program.Result result = lint(Path.of(System.getProperty("bulkhead.root"), "examples/shop"));

        assertEquals("no findings\n", result.out());
        assertEquals(0, result.exitCode());
    }

    @Test
    void whatFailsIsSaidByTheLeastSeverity(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: selects-nothing, namespace: shop}
                spec: {podSelector: {matchLabels: {app: nobody}}}
                """);

        assertEquals(2, lint(file).exitCode());
        assertEquals(2, lint(file, "--fail-on", "info").exitCode());
        assertEquals(0, lint(file, "--fail-on", "error").exitCode());
        assertEquals(0, lint(file, "--fail-on", "never").exitCode());
    }

    @Test
    void sarifHasARuleForEachCodeAndAPlaceForEachResult() throws IOException {
        JsonNode sarif = new ObjectMapper()
                .readTree(lint(CASES.resolve("policies.in.yaml"), "-o", "sarif").out());
        JsonNode run = sarif.path("runs").path(0);
        Set<String> rules = new TreeSet<>();
        run.path("tool")
                .path("driver")
                .path("rules")
                .forEach(rule -> rules.add(rule.path("id").asText()));

        run.path("tool")
                .path("driver")
                .path("rules")
                .forEach(rule -> assertTrue(
                        rule.path("help")
                                .path("text")
                                .asText()
                                .startsWith(rule.path("id").asText() + ": "),
                        rule.toString()));
        assertEquals("2.1.0", sarif.path("version").asText());
        assertEquals(Code.values().length, rules.size());
        assertFalse(run.path("results").isEmpty());
        for (JsonNode result : run.path("results")) {
            assertTrue(rules.contains(result.path("ruleId").asText()), result.toString());
            assertTrue(
                    Set.of("error", "warning", "note")
                            .contains(result.path("level").asText()),
                    result.toString());
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            assertTrue(place.path("artifactLocation").path("uri").asText().endsWith("policies.in.yaml"));
            assertTrue(place.path("region").path("startLine").asInt() > 0, result.toString());
        }
    }
}
