package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The engine that judges the other one is judged by engines that others wrote. */
class NaiveEngineTest {

    @Test
    void theNaiveEngineGivesTheGoldenVerdicts() throws IOException {
        int probes = 0;
        for (JsonNode world : goldenWorlds()) {
            NaiveEngine engine = new NaiveEngine(world, true, false);
            for (Map.Entry<String, JsonNode> expected : world.path("expect").properties()) {
                String[] ends = expected.getKey().split(">", 2);
                StringBuilder judged = new StringBuilder();
                for (JsonNode probe : world.path("probes")) {
                    boolean allowed = engine.allowed(
                            AgreesWithNaiveEngineTest.end(world, ends[0]),
                            AgreesWithNaiveEngineTest.end(world, ends[1]),
                            probe.path("protocol").asText(),
                            probe.path("port").asInt());
                    judged.append(allowed ? '1' : '0');
                    probes++;
                }
                assertEquals(
                        expected.getValue().asText(), judged.toString(), world.path("id") + " " + expected.getKey());
            }
        }
        assertTrue(probes > 100_000, "only " + probes + " probes");
    }

    private static List<JsonNode> goldenWorlds() throws IOException {
        List<JsonNode> worlds = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(NaiveEngineTest.class.getResourceAsStream("/golden/random-worlds.jsonl.gz")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                worlds.add(json.readTree(line));
            }
        }
        return worlds;
    }
}
