package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulkhead.core.world.Protocol;
import org.junit.jupiter.api.Test;

/** Which ports a rule means, and whose: items 34 to 46 of the NetworkPolicy semantics. */
class PortsOfRulesTest {

    private static final String NONE = "No Connections";

    private static SmallCluster ingress(String namespace, String ports) {
        return SmallCluster.under("{metadata: {name: p, namespace: " + namespace
                + "}, spec: {podSelector: {}, ingress: [{ports: " + ports + "}]}}");
    }

    private static SmallCluster egressOfX(String ports) {
        return SmallCluster.under(
                "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: "
                        + ports + "}]}}");
    }

    @Test
    void item34AnAbsentProtocolIsTcp() {
        assertEquals("TCP 80", ingress("x", "[{port: 80}]").ports("y/web", "x/web"));
    }

    @Test
    void item35AProtocolAloneMeansAllItsPortsAndNoOthers() {
        assertEquals("UDP 1-65535", ingress("x", "[{protocol: UDP}]").ports("y/web", "x/web"));
    }

    @Test
    void item36AnEmptyEntryMeansAllTcpPorts() {
        assertEquals("TCP 1-65535", ingress("x", "[{}]").ports("y/web", "x/web"));
    }

    @Test
    void item37EndPortIsIncluded() {
        assertEquals("TCP 80-82", ingress("x", "[{port: 80, endPort: 82}]").ports("y/web", "x/web"));
        assertEquals("TCP 80", ingress("x", "[{port: 80, endPort: 80}]").ports("y/web", "x/web"));
    }

    @Test
    void item40EachDestinationPodSaysWhatANameMeans() {
        SmallCluster cluster = egressOfX("[{port: http}]");
        assertEquals("TCP 80", cluster.ports("x/web", "x/db"));
        assertEquals("TCP 8081", cluster.ports("x/web", "y/web"));
    }

    @Test
    void item41ThePortsOfAnIngressRuleAreTheSelectedPodsAndOfAnEgressRuleThePeers() {
        assertEquals("TCP 8080", ingress("x", "[{port: http}]").ports("y/web", "x/web"));
        assertEquals("TCP 8081", egressOfX("[{port: http}]").ports("x/web", "y/web"));
    }

    @Test
    void item42ANameThePodLacksOrHasForAnotherProtocolMatchesNothingAndThePodStaysIsolated() {
        assertEquals(NONE, ingress("x", "[{port: nope}]").ports("y/web", "x/web"));
        assertEquals(NONE, ingress("y", "[{port: dns}]").ports("x/web", "y/web"));
        assertEquals("UDP 53", ingress("y", "[{port: dns, protocol: UDP}]").ports("x/web", "y/web"));
    }

    @Test
    void item43NamesMeanNothingOutsideTheCluster() {
        assertEquals("TCP 443", egressOfX("[{port: http}, {port: 443}]").ports("x/web", "8.8.8.8"));
    }

    @Test
    void item44PortsAreThePodsOwnAndNotThoseOfAServiceBeforeThem() {
        SmallCluster cluster = ingress("x", "[{port: 80}]");
        assertFalse(cluster.verdict("y/web", "x/web", Protocol.TCP, 8080).allowed());
    }

    @Test
    void item46AnSctpEntryIsolatesForTcpToo() {
        assertEquals("SCTP 7777", ingress("x", "[{port: 7777, protocol: SCTP}]").ports("y/web", "x/web"));
    }
}
