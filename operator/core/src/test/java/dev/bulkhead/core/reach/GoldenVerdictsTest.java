package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.world.PortSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every verdict that others' engines gave, bit for bit. */
class GoldenVerdictsTest {

    private static final String RANDOM_WORLDS = "/golden/random-worlds.jsonl.gz";

    @ParameterizedTest
    @EnumSource
    void everyVerdictOnTheRandomWorldsIsTheirs(PluginSemantics.IpBlocks ipBlocks) throws IOException {
        List<GoldenWorld> worlds = randomWorlds();
        assertEquals(400, worlds.size());
        assertAgreement(worlds, ipBlocks);
    }

    @Test
    void theTwoReadingsDifferSomewhereInTheRandomWorlds() throws IOException {
        assertTrue(randomWorlds().stream()
                .anyMatch(world -> !world.expected()
                        .get(PluginSemantics.IpBlocks.MATCH_PODS)
                        .equals(world.expected().get(PluginSemantics.IpBlocks.NEVER_MATCH_PODS))));
    }

    /**
     * The folder named by {@code -Dbulkhead.golden}, or BULKHEAD_GOLDEN in the environment, holds cases that may not be
     * copied into this repository.
     */
    @TestFactory
    Stream<DynamicTest> everyVerdictOnTheCyclonusCasesIsTheirsWhereTheyAreAtHand() {
        return Stream.ofNullable(System.getProperty("bulkhead.golden", System.getenv("BULKHEAD_GOLDEN")))
                .map(folder -> Path.of(folder, "cyclonus-cases.jsonl.gz"))
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    try (InputStream input = Files.newInputStream(file)) {
                        assertAgreement(GoldenWorld.read(input), PluginSemantics.IpBlocks.MATCH_PODS);
                    }
                }));
    }

    private static List<GoldenWorld> randomWorlds() throws IOException {
        try (InputStream input = GoldenVerdictsTest.class.getResourceAsStream(RANDOM_WORLDS)) {
            return GoldenWorld.read(input);
        }
    }

    private static void assertAgreement(List<GoldenWorld> worlds, PluginSemantics.IpBlocks ipBlocks) {
        PluginSemantics reading = PluginSemantics.upstream().with(ipBlocks);
        List<String> differences = new ArrayList<>();
        int probes = 0;
        for (GoldenWorld world : worlds) {
            Evaluator evaluator = Evaluator.of(world.namespaces(), world.policies(), reading);
            for (Map.Entry<String, String> expected :
                    world.expected().get(ipBlocks).entrySet()) {
                String[] ends = expected.getKey().split(">", 2);
                String judged = judge(
                        evaluator,
                        world.endpoints().get(ends[0]),
                        world.endpoints().get(ends[1]),
                        world.probes());
                probes += judged.length();
                if (!judged.equals(expected.getValue())) {
                    differences.add(world.id() + " " + expected + " but judged " + judged);
                }
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(probes > 100_000, "only " + probes + " probes");
    }

    private static String judge(
            Evaluator evaluator, Endpoint source, Endpoint destination, List<GoldenWorld.Probe> probes) {
        StringBuilder verdicts = new StringBuilder();
        PortSet ports = evaluator.allowed(source, destination);
        for (GoldenWorld.Probe probe : probes) {
            boolean listed = ports.contains(probe.protocol(), probe.port());
            boolean allowed = evaluator
                    .verdict(source, destination, probe.protocol(), probe.port())
                    .allowed();
            assertEquals(listed, allowed, "the set of ports and the single verdict differ: " + probe);
            verdicts.append(allowed ? '1' : '0');
        }
        return verdicts.toString();
    }
}
