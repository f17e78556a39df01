package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All connections at once, of workloads. */
class ReachabilityTest {

    private static final String SERVE = """
            metadata: {name: serve, namespace: x}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}
              - {from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.128/25]}}], ports: [{port: 80}]}
            """;

    private static List<String> connections(Reachability reachability, Reachability.Ranges ranges) {
        List<String> lines = new ArrayList<>();
        reachability.connections(
                ranges,
                connection -> lines.add(connection.source().label() + " => "
                        + connection.destination().label() + " : " + connection.ports()));
        return lines;
    }

    private static Reachability under(String... policies) {
        return Reachability.of(SmallCluster.topology(), policies(policies), PluginSemantics.upstream());
    }

    private static List<NetworkPolicy> policies(String... policies) {
        return Stream.of(policies).map(SmallCluster::policy).toList();
    }

    private static List<String> about(List<String> lines, String workload) {
        return lines.stream().filter(line -> line.contains(workload)).toList();
    }

    @Test
    void connectionsComeSortedByTheLabelsOfSourceAndDestination() {
        List<String> lines = connections(under(SERVE), Reachability.Ranges.SHARED);

        List<String> keys =
                lines.stream().map(line -> line.replaceAll(" : .*", "")).toList();
        List<List<String>> pairs =
                keys.stream().map(key -> List.of(key.split(" => ", 2))).toList();
        List<List<String>> sorted = pairs.stream()
                .sorted((one, other) -> one.get(0).equals(other.get(0))
                        ? one.get(1).compareTo(other.get(1))
                        : one.get(0).compareTo(other.get(0)))
                .toList();
        assertEquals(sorted, pairs);
    }

    @Test
    void aWorkloadsConnectionsToItselfAndThoseFromOutsideToOutsideAreLeftOut() {
        for (String line : connections(under(SERVE), Reachability.Ranges.SHARED)) {
            String[] ends = line.replaceAll(" : .*", "").split(" => ", 2);
            assertFalse(ends[0].equals(ends[1]), line);
            assertFalse(ends[0].endsWith("[External]") && ends[1].endsWith("[External]"), line);
        }
    }

    @Test
    void addressesOutsideAreToldApartByTheSameRangesForAllOrMergedForEach() {
        Reachability reachability = under(SERVE);

        assertEquals(
                List.of("192.0.2.0-192.0.2.127[External] => x/db[Pod] : TCP 80", "x/web[Pod] => x/db[Pod] : TCP 5432"),
                about(connections(reachability, Reachability.Ranges.SHARED), "=> x/db[Pod]").stream()
                        .filter(line -> !line.contains("agent"))
                        .toList());
        assertEquals(
                List.of(
                        "0.0.0.0-192.0.1.255[External] => x/web[Pod] : All Connections",
                        "192.0.2.0-192.0.2.127[External] => x/web[Pod] : All Connections",
                        "192.0.2.128-255.255.255.255[External] => x/web[Pod] : All Connections",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => x/web[Pod] : All Connections"),
                about(connections(reachability, Reachability.Ranges.SHARED), "[External] => x/web[Pod]"));
        assertEquals(
                List.of(
                        "0.0.0.0-255.255.255.255[External] => x/web[Pod] : All Connections",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => x/web[Pod] : All Connections"),
                about(connections(reachability, Reachability.Ranges.MERGED), "[External] => x/web[Pod]"));
    }

    @Test
    void rangesOfOneDirectionAreNotCutByBlocksOfTheOther() {
        Reachability reachability = under(SERVE);

        assertEquals(4, reachability.ranges(Direction.INGRESS).size());
        assertEquals(2, reachability.ranges(Direction.EGRESS).size());
    }

    @Test
    void whatAWorkloadReachesOutsideStandsAmongTheWorkloadsItReachesByItsLabel() {
        Pod client = pod("client", "client", Map.of("app", "client"));
        Pod early = new Pod(
                "0-early",
                "p",
                new WorkloadName("0-early", "Deployment", "p"),
                client.traits(),
                ImmutableSortedSet.of());
        Pod late = pod("late", "late", Map.of("app", "late"));
        Reachability reachability = Reachability.of(
                Topology.of(Map.of(), List.of(client, early, late), Map.of()),
                policies("""
                        metadata: {name: p, namespace: n}
                        spec:
                          podSelector: {matchLabels: {app: client}}
                          policyTypes: [Egress]
                          egress:
                          - to: [{namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: 9.0.0.0/8}}]
                            ports: [{port: 1}]
                        """),
                PluginSemantics.upstream());

        assertEquals(
                List.of(
                        "n/client[Deployment] => 0-early/p[Deployment] : TCP 1",
                        "n/client[Deployment] => 10.0.0.0-10.255.255.255[External] : TCP 1",
                        "n/client[Deployment] => 9.0.0.0-9.255.255.255[External] : TCP 1",
                        "n/client[Deployment] => n/late[Deployment] : TCP 1"),
                about(connections(reachability, Reachability.Ranges.SHARED), "n/client[Deployment] =>"));
        assertEquals(
                List.of(
                        "n/client[Deployment] => 0-early/p[Deployment] : TCP 1",
                        "n/client[Deployment] => 9.0.0.0-10.255.255.255[External] : TCP 1",
                        "n/client[Deployment] => n/late[Deployment] : TCP 1"),
                about(connections(reachability, Reachability.Ranges.MERGED), "n/client[Deployment] =>"));
    }

    @Test
    void item54AddressesOfAFamilyThatNobodySpeaksOfAreLeftOut() {
        Pod plain = pod("a", "plain", Map.of());
        Pod dual = new Pod(
                "n",
                "b",
                plain.workload(),
                plain.traits(),
                ImmutableSortedSet.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1")));
        List<NetworkPolicy> ipv6 = policies("""
                metadata: {name: p, namespace: elsewhere}
                spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]}
                """);

        assertEquals(1, ranges(List.of(plain), List.of()));
        assertEquals(2, ranges(List.of(dual), List.of()));
        assertEquals(2, ranges(List.of(plain), ipv6));
    }

    /** Of egress, which no policy of these restricts. */
    private static int ranges(List<Pod> pods, List<NetworkPolicy> policies) {
        Reachability reachability =
                Reachability.of(Topology.of(Map.of(), pods, Map.of()), policies, PluginSemantics.upstream());
        assertEquals(
                reachability.ranges(Direction.EGRESS).size(),
                reachability
                        .outside(Direction.EGRESS, pods.get(0).workload(), Reachability.Ranges.MERGED)
                        .size());
        return reachability.ranges(Direction.EGRESS).size();
    }

    @Test
    void item50AnExceptionAtTheBorderOfABlockMovesTheBorder() {
        Reachability reachability = Reachability.of(
                Topology.of(Map.of(), List.of(pod("a", "a", Map.of())), Map.of()),
                policies("""
                        metadata: {name: p, namespace: n}
                        spec:
                          podSelector: {}
                          ingress:
                          - from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.0/26, 192.0.2.128/26, 192.0.2.192/26]}}]
                        """),
                PluginSemantics.upstream());

        assertEquals(
                List.of("0.0.0.0-192.0.2.63", "192.0.2.64-192.0.2.127", "192.0.2.128-255.255.255.255"),
                reachability.ranges(Direction.INGRESS).stream()
                        .map(Object::toString)
                        .toList());
        assertEquals(
                List.of("192.0.2.64-192.0.2.127[External] => n/a[Deployment] : All Connections"),
                about(connections(reachability, Reachability.Ranges.SHARED), "[External] =>"));
    }

    @Test
    void aWorkloadReachesAnotherWhereSomePodOfItDoes() {
        Pod one = pod("a", "fleet", Map.of("app", "one"));
        Pod two = pod("b", "fleet", Map.of("app", "two"));
        Pod target = pod("c", "target", Map.of("app", "target"));
        Reachability reachability = Reachability.of(
                Topology.of(Map.of(), List.of(one, two, target), Map.of()), policies("""
                        metadata: {name: p, namespace: n}
                        spec:
                          podSelector: {matchLabels: {app: target}}
                          ingress:
                          - {from: [{podSelector: {matchLabels: {app: one}}}], ports: [{port: 1}]}
                          - {from: [{podSelector: {matchLabels: {app: two}}}], ports: [{port: 2}]}
                        """), PluginSemantics.upstream());

        assertEquals(
                "TCP 1-2",
                reachability.between(one.workload(), target.workload()).toString());
        assertEquals(List.of(one, two), reachability.distinctPods(one.workload()));
        assertFalse(reachability.areAlike(one, two));
    }

    @Test
    void podsThatNoPolicyTellsApartAreOneKind() {
        Pod one = pod("a", "fleet", Map.of("app", "x", "pod-template-hash", "1"));
        Pod two = pod("b", "fleet", Map.of("app", "x", "pod-template-hash", "2"));
        Reachability reachability = Reachability.of(
                Topology.of(Map.of(), List.of(one, two), Map.of()), List.of(), PluginSemantics.upstream());

        assertEquals(List.of(one), reachability.distinctPods(one.workload()));
        assertTrue(reachability.areAlike(one, two));
        assertEquals(PortSet.all(), reachability.between(one.workload(), one.workload()));
    }

    @Test
    void whatIngressObjectsPublishIsListedWhereThePoliciesLetItIn() {
        Pod web = pod("a", "web", Map.of("app", "web"));
        Pod shut = pod("b", "shut", Map.of("app", "shut"));
        Reachability reachability = Reachability.of(
                Topology.of(
                        Map.of(),
                        List.of(web, shut),
                        Map.of(
                                web.workload(), PortSet.port(Protocol.TCP, 8080),
                                shut.workload(), PortSet.port(Protocol.TCP, 8080))),
                policies("{metadata: {name: p, namespace: n}, spec: {podSelector: {matchLabels: {app: shut}}}}"),
                PluginSemantics.upstream());

        assertEquals(
                List.of("{ingress-controller} => n/web[Deployment] : TCP 8080"),
                about(connections(reachability, Reachability.Ranges.SHARED), "{ingress-controller}"));
    }

    @Test
    void theLaterOfTwoPoliciesWithOneKeyCounts() {
        Reachability reachability = under(
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}}}",
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, ingress: [{}]}}");

        assertEquals(
                PortSet.all(), reachability.between(SmallCluster.workload("y/web"), SmallCluster.workload("x/db")));
    }

    @Test
    void theListedConnectionsAreTheVerdictsOnRandomClusters() {
        for (long seed = 100_000; seed < 100_200; seed++) {
            var world = RandomClusters.of(seed);
            List<Pod> pods = AgreesWithNaiveEngineTest.pods(world);
            var policies = AgreesWithNaiveEngineTest.policies(world);
            var namespaces = AgreesWithNaiveEngineTest.namespaces(world);
            Evaluator evaluator = Evaluator.of(namespaces, policies, PluginSemantics.upstream());
            Map<WorkloadName, List<Pod>> workloads =
                    Topology.of(namespaces, pods, Map.of()).workloads().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            List<String> expected = new ArrayList<>();
            workloads.forEach((source, from) -> workloads.forEach((destination, to) -> {
                PortSet ports = PortSet.none();
                for (Pod one : from) {
                    for (Pod other : to) {
                        ports = ports.union(evaluator.allowed(Endpoint.Pods.of(one), Endpoint.Pods.of(other)));
                    }
                }
                if (!source.equals(destination) && !ports.isEmpty()) {
                    expected.add(source + " => " + destination + " : " + ports);
                }
            }));
            List<String> listed = connections(
                            Reachability.of(
                                    Topology.of(namespaces, pods, Map.of()), policies, PluginSemantics.upstream()),
                            Reachability.Ranges.MERGED)
                    .stream()
                    .filter(line -> !line.contains("[External]"))
                    .toList();
            assertEquals(
                    expected.stream().sorted().toList(),
                    listed.stream().sorted().toList(),
                    "seed " + seed);
        }
    }

    private static Pod pod(String name, String workload, Map<String, String> labels) {
        return new Pod(
                "n",
                name,
                new WorkloadName("n", "Deployment", workload),
                new PodClass(ImmutableSortedMap.copyOf(labels), "default", ImmutableSortedSet.of(), false),
                ImmutableSortedSet.of());
    }

    @Test
    void aQuestionThatNobodyWaitsForAnyMoreEnds() {
        Reachability reachability = under(SERVE);
        Thread.currentThread().interrupt();
        assertThrows(
                AbandonedException.class, () -> reachability.connections(Reachability.Ranges.SHARED, connection -> {}));
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
        assertFalse(connections(reachability, Reachability.Ranges.SHARED).isEmpty(), "the next one is answered");
    }
}
