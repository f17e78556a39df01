package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Some connections of a cluster are those among all of them. */
class ConnectionsTest {

    private static final List<String> POLICIES = List.of("""
            metadata: {name: serve, namespace: x}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 80}]}
            """, """
            metadata: {name: leave, namespace: y}
            spec:
              podSelector: {matchLabels: {app: web}}
              policyTypes: [Egress]
              egress: [{to: [{namespaceSelector: {matchLabels: {team: red}}}, {ipBlock: {cidr: "2001:db8::/32"}}]}]
            """);

    /** A new one each time: what one question has worked out is there for the next. */
    private static Reachability reachability() {
        return Reachability.of(
                SmallCluster.topology(),
                POLICIES.stream().map(SmallCluster::policy).toList(),
                PluginSemantics.upstream());
    }

    private static String line(Connection connection) {
        return connection.source().label() + " => " + connection.destination().label() + " : " + connection.ports();
    }

    private static boolean isEnd(Connection connection, Predicate<WorkloadName> wanted) {
        return Stream.of(connection.source(), connection.destination())
                .flatMap(party -> party.workload().stream())
                .anyMatch(wanted);
    }

    private static List<String> lines(Predicate<WorkloadName> wanted) {
        List<String> lines = new ArrayList<>();
        reachability().connections(Reachability.Ranges.MERGED, connection -> {
            if (isEnd(connection, wanted)) {
                lines.add(line(connection));
            }
        });
        assertFalse(lines.isEmpty());
        return lines;
    }

    private static List<Predicate<WorkloadName>> choices() {
        List<Predicate<WorkloadName>> choices = new ArrayList<>();
        choices.add(workload -> true);
        reachability().workloads().forEach(one -> choices.add(one::equals));
        choices.add(workload -> workload.namespace().equals("y"));
        return choices;
    }

    @Test
    void thoseOfSomeWorkloadsComeInTheOrderOfAll() {
        for (Predicate<WorkloadName> wanted : choices()) {
            List<String> sorted = new ArrayList<>();
            new Connections(reachability(), wanted)
                    .sorted(Reachability.Ranges.MERGED, MemoryLimit.none(), connection -> sorted.add(line(connection)));
            assertEquals(lines(wanted), sorted);
        }
    }

    @Test
    void aVisitMeetsEachOnce() {
        for (Predicate<WorkloadName> wanted : choices()) {
            List<String> visited = new ArrayList<>();
            new Connections(reachability(), wanted).visit(connection -> visited.add(line(connection)));
            assertEquals(
                    lines(wanted).stream().sorted().toList(),
                    visited.stream().sorted().toList());
        }
    }

    @Test
    void aRowKeepsWhatItWasMadeOf() {
        Random random = new Random(7);
        for (int length : new int[] {0, 1, 63, 64, 65, 1000}) {
            int[] all = IntStream.generate(() -> random.nextInt(4) == 0 ? random.nextInt(1000) : PortTable.NONE)
                    .limit(length)
                    .toArray();
            PortRow row = PortRow.of(all);
            assertArrayEquals(all, IntStream.range(0, length).map(row::get).toArray());
        }
    }
}
