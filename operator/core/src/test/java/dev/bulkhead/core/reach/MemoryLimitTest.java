package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What grows with the square of the workloads ends before it is kept. */
class MemoryLimitTest {

    private static final int WORKLOADS = 300;
    private static final long MOST = 100_000;

    private final MemoryLimit memory = MemoryLimit.bytes(MOST);

    /** Each with a label of its own. */
    private static Topology topology() {
        List<Pod> pods = IntStream.range(0, WORKLOADS)
                .mapToObj(i -> new Pod(
                        "n",
                        name(i).name() + "-0",
                        name(i),
                        new PodClass(ImmutableSortedMap.of("app", name(i).name()), "", ImmutableSortedSet.of(), false),
                        ImmutableSortedSet.of()))
                .toList();
        return Topology.of(Map.of(), pods, Map.of());
    }

    private static WorkloadName name(int number) {
        return new WorkloadName("n", "Deployment", "app-%03d".formatted(number));
    }

    private static NetworkPolicy policy(String name, String spec) {
        return SmallCluster.policy("metadata: {name: %s, namespace: n}\nspec: %s".formatted(name, spec));
    }

    /** One for each workload, so that no two workloads are isolated by the same policies. */
    private static List<NetworkPolicy> ofEachWorkload(String rules) {
        return IntStream.range(0, WORKLOADS)
                .mapToObj(i -> policy(
                        name(i).name(), "{podSelector: {matchLabels: {app: %s}}, %s}".formatted(name(i).name(), rules)))
                .toList();
    }

    private void assertEndsInTime(Executable calculation) {
        assertThrows(TooLargeException.class, calculation);
        assertTrue(memory.kept() <= MOST, memory.kept() + " bytes are kept");
    }

    @Test
    void whatIsCountedStopsAtTheLimit() {
        memory.keep(MOST - 1);
        assertThrows(TooLargeException.class, () -> memory.keep(2));
        assertEquals(MOST - 1, memory.kept());
        memory.keep(1);
        assertThrows(TooLargeException.class, () -> memory.keep(Long.MAX_VALUE));
    }

    @Test
    void changesBetweenAllWorkloadsAreNotKeptBeyondTheLimit() {
        Difference.Side closed =
                new Difference.Side(topology(), List.of(policy("closed", "{podSelector: {}, policyTypes: [Ingress]}")));
        Difference.Side open = new Difference.Side(topology(), List.of());
        assertEndsInTime(() -> Difference.between(closed, open, PluginSemantics.upstream(), memory));
    }

    @Test
    void changesWithTheOutsideAloneTakeNoMemoryForAllWorkloads() {
        Difference.Side closed =
                new Difference.Side(topology(), List.of(policy("closed", "{podSelector: {}, policyTypes: [Ingress]}")));
        Difference.Side open = new Difference.Side(topology(), List.of());
        int[] told = new int[1];
        Difference.outside(closed, open, PluginSemantics.upstream(), memory, change -> told[0]++);
        assertEquals(WORKLOADS, told[0], "from all addresses");
    }

    @Test
    void whatEachWorkloadIsAllowedTowardsAllIsNotKeptBeyondTheLimit() {
        Reachability reachability =
                Reachability.of(topology(), ofEachWorkload("ingress: [{}]"), PluginSemantics.upstream(), memory);
        assertEndsInTime(() -> reachability.connections(Reachability.Ranges.MERGED, connection -> {}));
    }

    /** As where Bulkhead has written policies: each row names few. */
    @Test
    void whatIsNotAllowedTakesNextToNoMemory() {
        Reachability reachability = Reachability.of(
                topology(),
                ofEachWorkload(
                        "ingress: [{from: [{podSelector: {matchLabels: {app: app-000}}}], ports: [{port: 80}]}]"),
                PluginSemantics.upstream(),
                MemoryLimit.bytes(WORKLOADS * 600L));
        int[] told = new int[1];
        new Connections(reachability, name(0)::equals).visit(connection -> told[0]++);
        assertEquals(WORKLOADS - 1 + 1, told[0], "to all others, and to the outside");
    }

    @Test
    void connectionsFromManyAddressesAreNotKeptBeyondTheLimit() {
        String blocks = IntStream.range(0, 50)
                .mapToObj("{ipBlock: {cidr: 203.0.113.%d/32}}"::formatted)
                .filter(block -> block.matches(".*[02468]/32.*"))
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
        Reachability reachability = Reachability.of(
                topology(),
                List.of(policy("some", "{podSelector: {}, ingress: [{from: [%s]}]}".formatted(blocks))),
                PluginSemantics.upstream());
        Connections all = new Connections(reachability, workload -> true);
        assertEndsInTime(() -> all.sorted(Reachability.Ranges.MERGED, memory, connection -> {}));
    }

    @Test
    void pathsOfAChainAreNotKeptBeyondTheLimit() {
        List<NetworkPolicy> chain = IntStream.range(0, WORKLOADS)
                .mapToObj(i -> policy(
                        name(i).name(),
                        "{podSelector: {matchLabels: {app: app-%03d}}, ingress: [{from: [{podSelector: {matchLabels: {app: app-%03d}}}]}]}"
                                .formatted(i, i - 1)))
                .toList();
        Reachability reachability = Reachability.of(topology(), chain, PluginSemantics.upstream());
        assertEquals(
                WORKLOADS - 1,
                new BlastRadius(reachability, MemoryLimit.none())
                        .reachableFrom(name(0), WORKLOADS)
                        .size());
        BlastRadius bounded = new BlastRadius(reachability, memory);
        assertEndsInTime(() -> bounded.reachableFrom(name(0), WORKLOADS));
    }

    @Test
    void setsOfPortsAreNotKeptBeyondTheLimit() {
        PortTable table = new PortTable(memory);
        assertEndsInTime(() ->
                IntStream.range(1, 10_000).forEach(port -> table.number(PortSet.port(Protocol.TCP, port))));
    }
}
