package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryWeightsTest {

    private static final int LARGE = 5_000;
    /** Less than anything that can be repeated takes. */
    private static final int BYTES = 50;

    /** Names of labels are as much a team's own as their values, and may be five times as long. */
    @Test
    void ofWhatIsDeclaredNamesCountAsValuesDo() {
        long small = MemoryWeights.declared(Map.of("matchLabels", Map.of("a", "b")));
        assertEquals(small + 300, MemoryWeights.declared(Map.of("matchLabels", Map.of("a".repeat(301), "b"))));
        assertEquals(small + 60, MemoryWeights.declared(Map.of("matchLabels", Map.of("a", "b".repeat(61)))));
    }

    @Test
    void eachItemOfAListCounts() {
        long one = MemoryWeights.declared(List.of("a"));
        assertTrue(MemoryWeights.declared(List.of("a", "b")) > one + 1);
        assertTrue(MemoryWeights.declared(null) > 0, "what declares nothing is there all the same");
    }

    /** Whatever a team can make larger weighs more by at least as many bytes as it has characters more. */
    @Test
    void everythingThatATeamCanMakeLargerWeighsMore() {
        String large = "x".repeat(LARGE);
        PodClass pods = pods(Map.of("app", "web"), "web", "http");
        heavier(MemoryWeights.pods(pods), MemoryWeights.pods(pods(Map.of(large, "web"), "web", "http")));
        heavier(MemoryWeights.pods(pods), MemoryWeights.pods(pods(Map.of("app", large), "web", "http")));
        heavier(MemoryWeights.pods(pods), MemoryWeights.pods(pods(Map.of("app", "web"), large, "http")));
        heavier(
                MemoryWeights.pods(pods),
                MemoryWeights.pods(pods(Map.of("app", "web"), "web", numbered(LARGE / BYTES))));

        Workload workload = workload("web", "web", pods);
        heavier(MemoryWeights.workload(workload), MemoryWeights.workload(workload(large, "web", pods)));
        heavier(MemoryWeights.workload(workload), MemoryWeights.workload(workload("web", large, pods)));
        heavier(
                MemoryWeights.workload(workload),
                MemoryWeights.workload(workload("web", "web", pods(Map.of("app", large), "web", "http"))));

        Service service = service("web", "web", 1);
        heavier(MemoryWeights.service(service), MemoryWeights.service(service(large, "web", 1)));
        heavier(MemoryWeights.service(service), MemoryWeights.service(service("web", large, 1)));
        heavier(MemoryWeights.service(service), MemoryWeights.service(service("web", "web", 1 + LARGE / BYTES)));
    }

    @Test
    void soDoesEverythingOfAPolicy() {
        String large = "x".repeat(LARGE);
        PolicyRule nobody = rule(Ports.none());
        heavier(policy("a", "a", "a", "a", nobody), policy(large, "a", "a", "a", nobody));
        heavier(policy("a", "a", "a", "a", nobody), policy("a", large, "a", "a", nobody));
        heavier(policy("a", "a", "a", "a", nobody), policy("a", "a", large, "a", nobody));
        heavier(policy("a", "a", "a", "a", nobody), policy("a", "a", "a", large, nobody));
        PolicyRule[] many = Collections.nCopies(LARGE / BYTES, nobody).toArray(PolicyRule[]::new);
        heavier(policy("a", "a", "a", "a"), policy("a", "a", "a", "a", many));

        heavier(rules(rule(Ports.none())), rules(rule(Ports.of(everySecondPort()))));
        heavier(rules(rule(Ports.none())), rules(rule(Ports.named(Protocol.TCP, "http"))) + LARGE - 2 * BYTES);
        heavier(rules(rule(Ports.none())), rules(rule(Ports.none(), range(exceptions(LARGE / BYTES)))));
        heavier(rules(rule(Ports.none())), rules(rule(Ports.none(), peers(LARGE / BYTES, index -> range(List.of())))));
        heavier(rules(rule(Ports.none(), others("a", "a"))), rules(rule(Ports.none(), others(large, "a"))));
        heavier(rules(rule(Ports.none(), others("a", "a"))), rules(rule(Ports.none(), others("a", large))));
        heavier(rules(rule(Ports.none())), rules(rule(Ports.none(), peers(LARGE / BYTES, index -> others("a", "a")))));
    }

    private static void heavier(long light, long heavy) {
        assertTrue(heavy >= light + LARGE - BYTES, () -> heavy + " is not so much more than " + light);
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(index -> "p" + index).toArray(String[]::new);
    }

    private static PodClass pods(Map<String, String> labels, String account, String... ports) {
        return new PodClass(
                ImmutableSortedMap.copyOf(labels),
                account,
                Stream.of(ports)
                        .map(name -> new ContainerPort(name, Protocol.TCP, 80))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())),
                /* hostNetwork= */ false);
    }

    private static Workload workload(String name, String app, PodClass template) {
        return new Workload(new Workload.Key("Deployment", name), LabelSelector.labels(Map.of("app", app)), template);
    }

    private static Service service(String name, String app, int ports) {
        return new Service(
                name,
                /* selectsPods= */ true,
                LabelSelector.labels(Map.of("app", app)),
                IntStream.range(0, ports)
                        .mapToObj(index -> new Service.Port("", Protocol.TCP, 80, Ports.port(Protocol.TCP, 80)))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableSortedSet.of());
    }

    private static long policy(String name, String label, String annotation, String subject, PolicyRule... rules) {
        return MemoryWeights.policy(new NetworkPolicy(
                new NetworkPolicy.Key("shop", name),
                ImmutableSortedMap.of("a", label),
                ImmutableSortedMap.of("a", annotation),
                LabelSelector.labels(Map.of("app", subject)),
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.copyOf(rules),
                ImmutableList.of()));
    }

    private static long rules(PolicyRule rule) {
        return policy("a", "a", "a", "a", rule);
    }

    private static PolicyRule rule(Ports ports, PolicyPeer... peers) {
        return new PolicyRule(Optional.of(ImmutableList.copyOf(peers)), ports);
    }

    private static PolicyPeer[] peers(int count, IntFunction<PolicyPeer> peer) {
        return IntStream.range(0, count).mapToObj(peer).toArray(PolicyPeer[]::new);
    }

    private static PolicyPeer others(String namespace, String app) {
        return new PolicyPeer.Pods(
                Optional.of(LabelSelector.labels(Map.of("name", namespace))), LabelSelector.labels(Map.of("app", app)));
    }

    private static PolicyPeer range(List<Cidr> except) {
        return new PolicyPeer.Addresses(IpBlock.of(Cidr.parse("10.0.0.0/8"), except));
    }

    /** Every second address, so that none of them can be merged. */
    private static List<Cidr> exceptions(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> Cidr.parse("10.0." + index / 128 + "." + index % 128 * 2 + "/32"))
                .toList();
    }

    private static PortSet everySecondPort() {
        PortSet ports = PortSet.port(Protocol.TCP, 1);
        for (int port = 3; port < 3 + 2 * LARGE / BYTES; port += 2) {
            ports = ports.union(PortSet.port(Protocol.TCP, port));
        }
        return ports;
    }
}
