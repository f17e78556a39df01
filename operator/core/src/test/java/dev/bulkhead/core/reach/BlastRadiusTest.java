package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A chain a, b, c, d, each serving the one before it on a port of its own; e serves b too, and nobody serves a. */
class BlastRadiusTest {

    private static final BlastRadius RADIUS = new BlastRadius(
            Reachability.of(
                    Topology.of(
                            Map.of(),
                            Stream.of("a", "b", "c", "d", "e")
                                    .map(BlastRadiusTest::pod)
                                    .toList(),
                            Map.of()),
                    policies("a:x:9", "b:a:1", "c:b:2", "d:c:3", "e:b:4"),
                    PluginSemantics.upstream()),
            MemoryLimit.none());

    private static List<NetworkPolicy> policies(String... serving) {
        List<NetworkPolicy> policies = new ArrayList<>();
        for (String text : serving) {
            String[] parts = text.split(":", -1);
            policies.add(SmallCluster.policy("""
                    metadata: {name: %s, namespace: n}
                    spec:
                      podSelector: {matchLabels: {app: %s}}
                      ingress: [{from: [{podSelector: {matchLabels: {app: %s}}}], ports: [{port: %s}]}]
                    """.formatted(parts[0], parts[0], parts[1], parts[2])));
        }
        return policies;
    }

    private static Pod pod(String name) {
        return new Pod(
                "n",
                name,
                workload(name),
                new PodClass(ImmutableSortedMap.of("app", name), "default", ImmutableSortedSet.of(), false),
                ImmutableSortedSet.of());
    }

    private static WorkloadName workload(String name) {
        return new WorkloadName("n", WorkloadName.POD, name);
    }

    private static List<String> told(List<BlastRadius.Reached> reached) {
        return reached.stream()
                .map(one -> one.hops() + " " + one.workload().name() + " on " + one.ports() + " by "
                        + one.path().stream().map(WorkloadName::name).collect(Collectors.joining("")))
                .toList();
    }

    @Test
    void oneHopIsWhatIsReachedDirectly() {
        assertEquals(List.of("1 b on TCP 1 by ab"), told(RADIUS.reachableFrom(workload("a"), 1)));
        assertEquals(List.of("1 c on TCP 3 by cd"), told(RADIUS.whoCanReach(workload("d"), 1)));
    }

    @Test
    void furtherHopsGoOnFromThereByTheShortestPath() {
        assertEquals(
                List.of("1 b on TCP 1 by ab", "2 c on TCP 2 by abc", "2 e on TCP 4 by abe"),
                told(RADIUS.reachableFrom(workload("a"), 2)));
        assertEquals(
                List.of("1 b on TCP 1 by ab", "2 c on TCP 2 by abc", "2 e on TCP 4 by abe", "3 d on TCP 3 by abcd"),
                told(RADIUS.reachableFrom(workload("a"), Integer.MAX_VALUE)));
    }

    @Test
    void whoCanReachTellsThePortOfTheDestination() {
        assertEquals(
                List.of("1 c on TCP 3 by cd", "2 b on TCP 3 by bcd", "3 a on TCP 3 by abcd"),
                told(RADIUS.whoCanReach(workload("d"), Integer.MAX_VALUE)));
    }

    @Test
    void whoReachesNobodyAndWhoIsReachedByNobodyIsToldSo() {
        assertEquals(List.of(), told(RADIUS.reachableFrom(workload("d"), Integer.MAX_VALUE)));
        assertEquals(List.of(), told(RADIUS.whoCanReach(workload("a"), Integer.MAX_VALUE)));
    }

    private static List<String> toldOutside(BlastRadius radius, Direction direction, String name, int hops) {
        List<BlastRadius.Reached> reached = direction == Direction.EGRESS
                ? radius.reachableFrom(workload(name), hops)
                : radius.whoCanReach(workload(name), hops);
        return radius.outside(direction, workload(name), reached, hops).stream()
                .map(one -> one.hops() + " " + one.range() + " on " + one.ports() + " by "
                        + one.path().stream().map(WorkloadName::name).collect(Collectors.joining("")))
                .toList();
    }

    /** The internet reaches a, a reaches b, and b alone may leave, to one address. */
    private static BlastRadius exposed() {
        List<NetworkPolicy> policies = List.of(SmallCluster.policy("""
                        metadata: {name: a, namespace: n}
                        spec:
                          podSelector: {matchLabels: {app: a}}
                          policyTypes: [Ingress, Egress]
                          ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}]
                          egress: [{to: [{podSelector: {matchLabels: {app: b}}}]}]
                        """), SmallCluster.policy("""
                        metadata: {name: b, namespace: n}
                        spec:
                          podSelector: {matchLabels: {app: b}}
                          policyTypes: [Ingress, Egress]
                          ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 1}]}]
                          egress: [{to: [{ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 25}]}]
                        """));
        return new BlastRadius(
                Reachability.of(
                        Topology.of(
                                Map.of(),
                                Stream.of("a", "b").map(BlastRadiusTest::pod).toList(),
                                Map.of()),
                        policies,
                        PluginSemantics.upstream()),
                MemoryLimit.none());
    }

    @Test
    void addressesOutsideReachAWorkloadOverOthers() {
        BlastRadius exposed = exposed();

        assertEquals(List.of(), toldOutside(exposed, Direction.INGRESS, "b", 1));
        assertEquals(
                List.of("2 0.0.0.0-255.255.255.255 on TCP 443 by ab"),
                toldOutside(exposed, Direction.INGRESS, "b", Integer.MAX_VALUE));
        assertEquals(
                List.of("1 0.0.0.0-255.255.255.255 on TCP 443 by a"),
                toldOutside(exposed, Direction.INGRESS, "a", Integer.MAX_VALUE));
    }

    @Test
    void aWorkloadReachesAddressesOutsideOverOthers() {
        BlastRadius exposed = exposed();

        assertEquals(List.of(), toldOutside(exposed, Direction.EGRESS, "a", 1));
        assertEquals(
                List.of("2 203.0.113.7-203.0.113.7 on TCP 25 by ab"), toldOutside(exposed, Direction.EGRESS, "a", 2));
    }

    @Test
    void addressesThatReachItDirectlyAreNotToldAgainOnALongerPath() {
        BlastRadius everythingOpen = new BlastRadius(
                Reachability.of(
                        Topology.of(
                                Map.of(),
                                Stream.of("a", "b").map(BlastRadiusTest::pod).toList(),
                                Map.of()),
                        List.of(),
                        PluginSemantics.upstream()),
                MemoryLimit.none());

        assertEquals(
                toldOutside(everythingOpen, Direction.INGRESS, "a", 1),
                toldOutside(everythingOpen, Direction.INGRESS, "a", Integer.MAX_VALUE));
    }
}
