package dev.bulkhead.app.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of np-guard's netpol-analyzer, line for line. They may not be copied into this repository: the folder named by
 * {@code -Dbulkhead.golden}, or BULKHEAD_GOLDEN in the environment, holds them, and without it there is nothing to try.
 */
class CasesOfNetpolAnalyzerTest {

    @TestFactory
    Stream<DynamicTest> everyConnectionIsTheirsWhereTheCasesAreAtHand() throws IOException {
        String folder = System.getProperty("bulkhead.golden", System.getenv("BULKHEAD_GOLDEN"));
        if (folder == null) {
            return Stream.empty();
        }
        try (Stream<Path> cases = Files.list(Path.of(folder, "npguard"))) {
            return cases.filter(Files::isDirectory).sorted().toList().stream()
                    .map(one -> DynamicTest.dynamicTest(one.getFileName().toString(), () -> compare(one)));
        }
    }

    /** Theirs is the reading by which an {@code ipBlock} never means a pod, and a pod on the host's network is like any other. */
    private static void compare(Path folder) throws IOException {
        Program.Result result = Program.run(List.of(
                "connectivity",
                "--ip-blocks",
                "never-match-pods",
                "--host-network",
                "like-pods",
                "-f",
                folder.resolve("input").toString(),
                "-o",
                "json"));

        assertEquals("", result.err());
        assertEquals(
                Files.readString(folder.resolve("expected.connlist.txt")).strip(),
                lines(result.out()).strip());
    }

    /** Theirs is the exact form, which JSON has, too. */
    private static String lines(String json) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (JsonNode one : new ObjectMapper().readTree(json)) {
            lines.append(one.path("src").asText())
                    .append(" => ")
                    .append(one.path("dst").asText())
                    .append(" : ")
                    .append(one.path("conn").asText())
                    .append('\n');
        }
        return lines.toString();
    }
}
