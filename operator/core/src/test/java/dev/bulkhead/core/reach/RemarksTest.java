package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where upstream leaves the meaning open, the answer says so instead of guessing. */
class RemarksTest {

    private static final String FROM_BLOCK = """
            metadata: {name: p, namespace: x}
            spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]}
            """;

    private static Set<Remark> remarks(String policy, String source, String destination) {
        return SmallCluster.under(policy)
                .verdict(source, destination, Protocol.TCP, 80)
                .remarks();
    }

    @Test
    void nothingIsRemarkedWhereSelectorsDecide() {
        assertEquals(Set.of(), remarks("""
                        metadata: {name: p, namespace: x}
                        spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
                        """, "x/web", "x/db"));
    }

    @Test
    void item55AnIpBlockThatDecidesAboutAPodIsRemarked() {
        assertTrue(remarks(FROM_BLOCK, "x/web", "x/db").contains(Remark.IP_BLOCK_AGAINST_POD));
        assertFalse(remarks(FROM_BLOCK, "192.0.2.1", "x/db").contains(Remark.IP_BLOCK_AGAINST_POD));
    }

    @Test
    void item56AnIpBlockThatDecidesAboutAnAddressOutsideIsRemarkedWhetherItAllowsOrNot() {
        assertEquals(Set.of(Remark.ADDRESS_TRANSLATION), remarks(FROM_BLOCK, "10.244.9.9", "x/db"));
        assertEquals(Set.of(Remark.ADDRESS_TRANSLATION), remarks(FROM_BLOCK, "192.0.2.1", "x/db"));
        assertEquals(Set.of(), remarks(FROM_BLOCK, "192.0.2.1", "x/web"));
    }

    @Test
    void item65ANamespaceThatNobodyDescribedIsRemarkedWhereARuleAsksForItsLabels() {
        String byLabel = """
                metadata: {name: p, namespace: x}
                spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: red}}}]}]}
                """;
        String byName = byLabel.replace("team: red", "kubernetes.io/metadata.name: unknown");

        assertEquals(Set.of(Remark.MADE_UP_NAMESPACE), remarks(byLabel, "unknown/web", "x/web"));
        assertEquals(Set.of(), remarks(byName, "unknown/web", "x/web"));
        assertEquals(Set.of(), remarks(byLabel, "y/web", "x/web"));
    }

    @Test
    void item74AConnectionThatOneFamilyAloneAllowsIsRemarkedAndAllowed() {
        Endpoint.Pods client = pods("10.0.0.1", "fd00::1");
        Endpoint.Pods server = pods("10.0.0.2", "fd00::2");
        Evaluator evaluator = Evaluator.of(Map.of(), List.of(SmallCluster.policy("""
                        metadata: {name: p, namespace: n}
                        spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]}
                        """)), PluginSemantics.upstream());
        Verdict verdict = evaluator.verdict(client, server, Protocol.TCP, 80);

        assertTrue(verdict.allowed());
        assertTrue(verdict.remarks().contains(Remark.FAMILIES_DIFFER));
    }

    @Test
    void item74HalvesOfDifferentFamiliesMakeNoConnection() {
        Endpoint.Pods client = pods("10.0.0.1", "fd00::1");
        Endpoint.Pods server = pods("10.0.0.2", "fd00::2");
        Evaluator evaluator = Evaluator.of(Map.of(), List.of(SmallCluster.policy("""
                        metadata: {name: p, namespace: n}
                        spec:
                          podSelector: {}
                          policyTypes: [Ingress, Egress]
                          ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]
                          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
                        """)), PluginSemantics.upstream());

        assertTrue(evaluator.allowed(client, server).isEmpty());
    }

    @Test
    void item62APodWithoutAddressIsRemarkedWhereAnIpBlockMightHoldIt() {
        Evaluator evaluator = SmallCluster.under(FROM_BLOCK).evaluator();
        Verdict verdict = evaluator.verdict(pods(), SmallCluster.end("x/db"), Protocol.TCP, 80);

        assertFalse(verdict.allowed());
        assertTrue(verdict.remarks().contains(Remark.UNKNOWN_ADDRESS));
    }

    @Test
    void item49APortNameThatTwoContainersHaveIsRemarkedForTheirPortsAlone() {
        PodClass twice = new PodClass(
                ImmutableSortedMap.of(),
                "default",
                ImmutableSortedSet.of(
                        new ContainerPort("http", Protocol.TCP, 80), new ContainerPort("http", Protocol.TCP, 81)),
                false);
        Endpoint.Pods server = Endpoint.Pods.of("n", twice);
        Evaluator evaluator = Evaluator.of(
                Map.of(),
                List.of(
                        SmallCluster.policy(
                                "{metadata: {name: p, namespace: n}, spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}}")),
                PluginSemantics.upstream());

        for (int port : new int[] {80, 81}) {
            Verdict verdict = evaluator.verdict(SmallCluster.end("8.8.8.8"), server, Protocol.TCP, port);
            assertTrue(verdict.allowed());
            assertTrue(verdict.remarks().contains(Remark.AMBIGUOUS_PORT_NAME));
        }
        assertFalse(evaluator
                .verdict(SmallCluster.end("8.8.8.8"), server, Protocol.TCP, 82)
                .remarks()
                .contains(Remark.AMBIGUOUS_PORT_NAME));
    }

    @Test
    void item49APortNameIsRemarkedOnlyWhereAPolicyUsesItAndItIsNotAlone() {
        PodClass named = new PodClass(
                ImmutableSortedMap.of(),
                "default",
                ImmutableSortedSet.of(
                        new ContainerPort("http", Protocol.TCP, 80),
                        new ContainerPort("", Protocol.TCP, 81),
                        new ContainerPort("", Protocol.TCP, 82),
                        new ContainerPort("http", Protocol.UDP, 80)),
                false);
        PodClass twice = new PodClass(
                ImmutableSortedMap.of(),
                "default",
                ImmutableSortedSet.of(
                        new ContainerPort("http", Protocol.TCP, 80), new ContainerPort("http", Protocol.TCP, 81)),
                false);
        String byName =
                "{metadata: {name: p, namespace: n}, spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}}";
        String byNumber =
                "{metadata: {name: p, namespace: n}, spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}}";

        assertFalse(remarks(byName, Endpoint.Pods.of("n", named)).contains(Remark.AMBIGUOUS_PORT_NAME));
        assertFalse(remarks(byNumber, Endpoint.Pods.of("n", twice)).contains(Remark.AMBIGUOUS_PORT_NAME));
        for (String other : new String[] {"port: https", "port: http, protocol: UDP"}) {
            assertFalse(remarks(byName.replace("port: http", other), Endpoint.Pods.of("n", twice))
                    .contains(Remark.AMBIGUOUS_PORT_NAME));
        }
    }

    private static Set<Remark> remarks(String policy, Endpoint.Pods server) {
        return Evaluator.of(Map.of(), List.of(SmallCluster.policy(policy)), PluginSemantics.upstream())
                .verdict(SmallCluster.end("8.8.8.8"), server, Protocol.TCP, 80)
                .remarks();
    }

    @Test
    void everyRemarkExplainsItself() {
        for (Remark remark : Remark.values()) {
            assertFalse(remark.explanation().isBlank(), remark.name());
        }
    }

    private static Endpoint.Pods pods(String... addresses) {
        return new Endpoint.Pods(
                "n",
                new PodClass(ImmutableSortedMap.of(), "default", ImmutableSortedSet.of(), false),
                List.of(addresses).stream()
                        .map(IpAddress::parse)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo)));
    }
}
