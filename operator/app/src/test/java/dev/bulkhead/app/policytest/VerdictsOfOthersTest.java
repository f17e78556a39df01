package dev.bulkhead.app.policytest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.app.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The verdicts that others' engines gave, asked through {@code bulkhead test} as files. */
class VerdictsOfOthersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RANDOM_WORLDS = Path.of(
            System.getProperty("bulkhead.root"), "operator/core/src/test/resources/golden/random-worlds.jsonl.gz");
    private static final String GOLDEN = System.getProperty("bulkhead.golden", System.getenv("BULKHEAD_GOLDEN"));

    /** All of them are tried where the others are, too; by itself this test tries each tenth. */
    private static final int EACH = GOLDEN == null ? 10 : 1;

    @TempDir
    private Path folder;

    @Test
    void everyVerdictOnTheRandomWorldsIsTheirsUnderBothReadings() throws IOException {
        int probes = 0;
        List<JsonNode> worlds = worlds(RANDOM_WORLDS);
        for (int i = 0; i < worlds.size(); i += EACH) {
            JsonNode world = worlds.get(i);
            probes += compare(world, "match-pods", world.path("expect"));
            ObjectNode never = world.path("expect").deepCopy();
            world.path("expectIpBlockNeverMatchesPods")
                    .properties()
                    .forEach(entry -> never.set(entry.getKey(), entry.getValue()));
            probes += compare(world, "never-match-pods", never);
        }
        assertTrue(probes > 10_000, "only " + probes + " probes");
    }

    @TestFactory
    Stream<DynamicTest> everyVerdictOnTheCyclonusCasesIsTheirsWhereTheyAreAtHand() {
        return Stream.ofNullable(GOLDEN)
                .map(golden -> Path.of(golden, "cyclonus-cases.jsonl.gz"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    int probes = 0;
                    for (JsonNode world : worlds(file)) {
                        probes += compare(world, "match-pods", world.path("expect"));
                    }
                    assertEquals(111_036, probes);
                }));
    }

    private static List<JsonNode> worlds(Path file) throws IOException {
        List<JsonNode> worlds = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (Iterator<String> line = lines.lines().iterator(); line.hasNext(); ) {
                worlds.add(JSON.readTree(line.next()));
            }
        }
        return worlds;
    }

    /** How many connections were asked about. */
    private int compare(JsonNode world, String ipBlocks, JsonNode expected) throws IOException {
        ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.set("items", world.path("objects"));
        ArrayNode tests = JSON.createArrayNode();
        for (Map.Entry<String, JsonNode> pair : expected.properties()) {
            String[] ends = pair.getKey().split(">", 2);
            for (int i = 0; i < world.path("probes").size(); i++) {
                JsonNode probe = world.path("probes").path(i);
                ObjectNode test = tests.addObject().put("from", ends[0]).put("to", ends[1]);
                test.set("port", probe.path("port"));
                test.set("protocol", probe.path("protocol"));
                test.put("expect", pair.getValue().asText().charAt(i) == '1' ? "Allowed" : "Denied");
            }
        }
        ObjectNode file = JSON.createObjectNode()
                .put("apiVersion", "bulkhead.dev/v1alpha1")
                .put("kind", "ConnectivityTest");
        file.set("tests", tests);
        Path manifests = Files.writeString(folder.resolve("world.json"), list.toString());
        Path expectations = Files.writeString(folder.resolve("tests.json"), file.toString());

        Program.Result result = Program.run(
                List.of("test", "-q", "--ip-blocks", ipBlocks, "-f", manifests.toString(), expectations.toString()));

        assertEquals("", result.err(), world.path("id").asText());
        assertEquals(
                tests.size() + " tests, 0 failed\n",
                result.out(),
                world.path("id").asText());
        assertEquals(0, result.exitCode());
        return tests.size();
    }
}
