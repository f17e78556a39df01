package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.world.Protocol;
import org.junit.jupiter.api.Test;

/** Addresses, pods on the host's network and pods that talk to themselves: items 50 to 60 of the NetworkPolicy semantics. */
class AddressesTest {

    private static final String ALL = "All Connections";
    private static final String NONE = "No Connections";

    private static final String CLOSE_X = "{metadata: {name: close, namespace: x}, spec: {podSelector: {}}}";

    private static String egressOfX(String peers) {
        return "{metadata: {name: p, namespace: x}, spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: "
                + peers + "}]}}";
    }

    @Test
    void item50ExceptionsAreTakenOutOfTheRange() {
        SmallCluster cluster =
                SmallCluster.under(egressOfX("[{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.8/29]}}]"));
        assertEquals(ALL, cluster.ports("x/web", "203.0.113.7"));
        assertEquals(NONE, cluster.ports("x/web", "203.0.113.8"));
        assertEquals(NONE, cluster.ports("x/web", "203.0.113.15"));
        assertEquals(ALL, cluster.ports("x/web", "203.0.113.16"));
        assertEquals(NONE, cluster.ports("x/web", "203.0.114.1"));
    }

    @Test
    void item51AnotherRuleMayAllowWhatOneExcepts() {
        SmallCluster cluster = SmallCluster.under(
                egressOfX("[{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}, {ipBlock: {cidr: 10.1.0.0/16}}]"));
        assertEquals(ALL, cluster.ports("x/web", "10.1.2.3"));
        assertEquals(NONE, cluster.ports("x/web", "10.2.2.3"));
    }

    @Test
    void item52ExceptionsMayOverlapAndRepeat() {
        SmallCluster cluster = SmallCluster.under(egressOfX(
                "[{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.1.2.0/24, 10.1.0.0/16, 10.3.0.0/16]}}]"));
        assertEquals(NONE, cluster.ports("x/web", "10.1.2.3"));
        assertEquals(NONE, cluster.ports("x/web", "10.1.9.9"));
        assertEquals(NONE, cluster.ports("x/web", "10.3.0.1"));
        assertEquals(ALL, cluster.ports("x/web", "10.2.0.1"));
    }

    @Test
    void item53HostBitsAndLeadingZerosAreReadAsTheDataPlanesDo() {
        SmallCluster cluster =
                SmallCluster.under(egressOfX("[{ipBlock: {cidr: 192.168.0.5/24}}, {ipBlock: {cidr: 010.0.0.0/8}}]"));
        assertEquals(ALL, cluster.ports("x/web", "192.168.0.200"));
        assertEquals(ALL, cluster.ports("x/web", "10.7.7.7"));
        assertEquals(NONE, cluster.ports("x/web", "8.7.7.7"));
    }

    @Test
    void item54ARangeOfOneFamilyNeverMatchesTheOther() {
        SmallCluster four = SmallCluster.under(egressOfX("[{ipBlock: {cidr: 0.0.0.0/0}}]"));
        assertEquals(ALL, four.ports("x/web", "8.8.8.8"));
        assertEquals(NONE, four.ports("x/web", "2001:db8::1"));
        SmallCluster six = SmallCluster.under(egressOfX("[{ipBlock: {cidr: '::/0'}}]"));
        assertEquals(NONE, six.ports("x/web", "8.8.8.8"));
        assertEquals(ALL, six.ports("x/web", "2001:db8::1"));
    }

    @Test
    void item55WhetherARangeMatchesPodsIsAMatterOfReading() {
        String policy = egressOfX("[{ipBlock: {cidr: 10.244.0.4/32}}]");
        PluginSemantics never = PluginSemantics.upstream().with(PluginSemantics.IpBlocks.NEVER_MATCH_PODS);
        assertEquals(ALL, SmallCluster.under(policy).ports("x/web", "y/db"));
        assertEquals(NONE, SmallCluster.under(policy).ports("x/web", "y/web"));
        assertEquals(NONE, SmallCluster.under(never, policy).ports("x/web", "y/db"));
        assertEquals(ALL, SmallCluster.under(never, policy).ports("x/web", "10.244.0.4"));
    }

    @Test
    void item57APodOnTheHostsNetworkIsItsNodeUnlessReadLikeAPod() {
        PluginSemantics likePods = PluginSemantics.upstream().with(PluginSemantics.HostNetwork.LIKE_PODS);
        assertEquals(ALL, SmallCluster.under(CLOSE_X).ports("y/web", "x/agent"));
        assertEquals(NONE, SmallCluster.under(likePods, CLOSE_X).ports("y/web", "x/agent"));

        String toPods = egressOfX("[{namespaceSelector: {}}]");
        assertEquals(NONE, SmallCluster.under(toPods).ports("x/web", "x/agent"));
        assertEquals(ALL, SmallCluster.under(likePods, toPods).ports("x/web", "x/agent"));
    }

    @Test
    void item57ANodeIsKnownByItsAddressInEveryReadingOfRanges() {
        String toNode = egressOfX("[{ipBlock: {cidr: 172.18.0.0/16}}]");
        PluginSemantics never = PluginSemantics.upstream().with(PluginSemantics.IpBlocks.NEVER_MATCH_PODS);
        assertEquals(ALL, SmallCluster.under(toNode).ports("x/web", "x/agent"));
        assertEquals(ALL, SmallCluster.under(never, toNode).ports("x/web", "x/agent"));
        assertEquals(
                NONE,
                SmallCluster.under(never.with(PluginSemantics.HostNetwork.LIKE_PODS), toNode)
                        .ports("x/web", "x/agent"));
    }

    @Test
    void item57AVerdictSaysWhenAnEndIsOnTheHostsNetwork() {
        SmallCluster cluster = SmallCluster.under(CLOSE_X);
        assertTrue(
                cluster.verdict("x/agent", "x/web", Protocol.TCP, 80).remarks().contains(Remark.HOST_NETWORK));
        assertTrue(cluster.verdict("8.8.8.8", "x/agent", Protocol.TCP, 80)
                .remarks()
                .contains(Remark.HOST_NETWORK));
        assertFalse(
                cluster.verdict("y/web", "x/web", Protocol.TCP, 80).remarks().contains(Remark.HOST_NETWORK));
    }

    @Test
    void item60TrafficWithinAClassIsJudgedSinceItMayHaveSeveralPods() {
        assertEquals(NONE, SmallCluster.under(CLOSE_X).ports("x/web", "x/web"));
    }
}
