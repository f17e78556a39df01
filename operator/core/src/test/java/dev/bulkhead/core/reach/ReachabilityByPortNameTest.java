package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.world.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A name is whatever number the destination has for it. */
class ReachabilityByPortNameTest {

    private static Reachability under(String policy) {
        return Reachability.of(
                SmallCluster.topology(), List.of(SmallCluster.policy(policy)), PluginSemantics.upstream());
    }

    private static String between(Reachability reachability, String source, String destination) {
        return reachability
                .between(SmallCluster.workload(source), SmallCluster.workload(destination))
                .toString();
    }

    private static List<String> outside(Reachability reachability, Direction direction, String workload) {
        return reachability.outside(direction, SmallCluster.workload(workload), Reachability.Ranges.SHARED).stream()
                .map(outside -> outside.range() + " " + outside.ports())
                .toList();
    }

    @Test
    void podsThatOnePolicySelectsEachServeOnTheirOwn() {
        Reachability reachability = under("""
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{port: http}]}]}
                """);

        assertEquals("TCP 8080", between(reachability, "x/db", "x/web"));
        assertEquals("TCP 80", between(reachability, "x/web", "x/db"));
    }

    @Test
    void podsServeAddressesOnTheirOwn() {
        Reachability reachability = under("""
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: http}]}]}
                """);

        assertEquals(List.of("192.0.2.0-192.0.2.255 TCP 8080"), outside(reachability, Direction.INGRESS, "x/web"));
        assertEquals(List.of("192.0.2.0-192.0.2.255 TCP 80"), outside(reachability, Direction.INGRESS, "x/db"));
    }

    @Test
    void anAddressHasNoNameForAnyPort() {
        Reachability reachability = under("""
                metadata: {name: p, namespace: x}
                spec:
                  podSelector: {}
                  policyTypes: [Egress]
                  egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: http}, {port: 443}]}]
                """);

        assertEquals(List.of("192.0.2.0-192.0.2.255 TCP 443"), outside(reachability, Direction.EGRESS, "x/web"));
    }
}
