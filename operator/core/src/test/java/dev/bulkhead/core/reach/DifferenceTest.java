package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How two clusters differ in what they allow. */
class DifferenceTest {

    private static final String SERVE_80 = """
            metadata: {name: serve, namespace: x}
            spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]}
            """;

    private static Difference.Side side(String... policies) {
        return new Difference.Side(
                SmallCluster.topology(),
                Stream.of(policies).map(SmallCluster::policy).toList());
    }

    private static List<String> told(Difference difference) {
        return difference.changes().stream()
                .map(change -> change.source().label() + " => "
                        + change.destination().label() + ": " + change.before() + " -> " + change.after())
                .toList();
    }

    @Test
    void equalClustersDoNotDiffer() {
        assertTrue(Difference.between(side(SERVE_80), side(SERVE_80), PluginSemantics.upstream())
                .isEmpty());
    }

    @Test
    void policiesThatAreWrittenOtherwiseAndAllowTheSameDoNotDiffer() {
        String otherwise = """
                metadata: {name: other, namespace: x}
                spec:
                  podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}
                  policyTypes: [Ingress]
                  ingress: [{from: [{podSelector: {}}], ports: [{port: 80, endPort: 80}]}]
                """;
        assertTrue(Difference.between(side(SERVE_80), side(otherwise), PluginSemantics.upstream())
                .isEmpty());
    }

    @Test
    void whatIsGainedAndLostIsToldByPorts() {
        String serve81 = SERVE_80.replace("port: 80", "port: 81");
        Difference difference = Difference.between(side(SERVE_80), side(serve81), PluginSemantics.upstream());

        assertEquals(List.of("x/web[Pod] => x/db[Pod]: TCP 80 -> TCP 81"), told(difference));
        assertEquals("TCP 81", difference.changes().get(0).gained().toString());
        assertEquals("TCP 80", difference.changes().get(0).lost().toString());
    }

    @Test
    void whatIsAllowedBeforeAndAfterIsToldApart() {
        String serveBoth = SERVE_80.replace("[{port: 80}]", "[{port: 80}, {port: 81}]");
        List<String> kept = new ArrayList<>();
        Difference.between(
                side(serveBoth),
                side(SERVE_80),
                PluginSemantics.upstream(),
                MemoryLimit.none(),
                connection -> kept.add(connection.source().label() + " => "
                        + connection.destination().label() + ": " + connection.ports()));

        assertTrue(kept.contains("x/web[Pod] => x/db[Pod]: TCP 80"), kept.toString());
        assertTrue(kept.contains("x/db[Pod] => x/web[Pod]: All Connections"), kept.toString());
        assertFalse(kept.toString().contains("y/web[Pod] => x/db[Pod]"), kept.toString());
    }

    @Test
    void addressesOutsideAreComparedByTheRangesOfBothAndMergedWhereTheyChangeAlike() {
        String open = """
                metadata: {name: p, namespace: y}
                spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}
                """;
        String less = """
                metadata: {name: p, namespace: y}
                spec:
                  podSelector: {matchLabels: {app: db}}
                  ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/25}}, {ipBlock: {cidr: 192.0.2.192/26}}]}]
                """;
        assertEquals(
                List.of("192.0.2.128-192.0.2.191[External] => y/db[Pod]: All Connections -> No Connections"),
                told(Difference.between(side(open), side(less), PluginSemantics.upstream())));
    }

    @Test
    void workloadsThatComeAndGoAreNamedAndTheirConnectionsCount() {
        Topology all = SmallCluster.topology();
        List<Pod> fewer = all.pods()
                .filter(pod -> !pod.workload().equals(SmallCluster.workload("y/db")))
                .toList();
        Topology without = Topology.of(all.namespaces(), fewer, Map.of());
        Difference appears = Difference.between(
                new Difference.Side(without, List.of()),
                new Difference.Side(all, List.of()),
                PluginSemantics.upstream());
        Difference vanishes = Difference.between(
                new Difference.Side(all, List.of()),
                new Difference.Side(without, List.of()),
                PluginSemantics.upstream());

        List<WorkloadName> db = List.of(SmallCluster.workload("y/db"));
        assertEquals(db, appears.appeared());
        assertEquals(db, vanishes.vanished());
        assertEquals(List.of(), appears.vanished());
        assertFalse(appears.isEmpty());
        assertTrue(told(appears).contains("x/web[Pod] => y/db[Pod]: No Connections -> All Connections"));
        assertTrue(told(vanishes).contains("x/web[Pod] => y/db[Pod]: All Connections -> No Connections"));
    }

    @Test
    void rangesThatChangeAlikeAreOneHoweverOtherPoliciesCutThem() {
        String open = """
                metadata: {name: p, namespace: y}
                spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}
                """;
        String closed = "{metadata: {name: p, namespace: y}, spec: {podSelector: {matchLabels: {app: db}}}}";
        String elsewhere = """
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.64/26}}]}]}
                """;
        assertEquals(
                List.of("192.0.2.0-192.0.2.255[External] => y/db[Pod]: All Connections -> No Connections"),
                told(Difference.between(side(open, elsewhere), side(closed, elsewhere), PluginSemantics.upstream())));
    }

    @Test
    void addressesOfAFamilyThatOnlyPodsHaveAreComparedToo() {
        String nowhere = """
                metadata: {name: p, namespace: y}
                spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}
                """;
        assertEquals(
                List.of(
                        "y/web[Pod] => 0.0.0.0-255.255.255.255[External]: All Connections -> No Connections",
                        "y/web[Pod] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]:"
                                + " All Connections -> No Connections"),
                told(Difference.between(side(), side(nowhere), PluginSemantics.upstream())).stream()
                        .filter(line -> line.contains("[External]"))
                        .toList());
    }

    @Test
    void whatIsPublishedIsGainedAndLost() {
        Topology topology = SmallCluster.topology();
        Topology published = Topology.of(
                topology.namespaces(),
                topology.pods().toList(),
                Map.of(SmallCluster.workload("x/db"), PortSet.port(Protocol.TCP, 80)));
        Difference.Side before = new Difference.Side(topology, List.of());
        Difference.Side after = new Difference.Side(published, List.of());

        assertEquals(
                List.of("{ingress-controller} => x/db[Pod]: No Connections -> TCP 80"),
                told(Difference.between(before, after, PluginSemantics.upstream())));
        assertEquals(
                List.of("{ingress-controller} => x/db[Pod]: TCP 80 -> No Connections"),
                told(Difference.between(after, before, PluginSemantics.upstream())));
    }
}
