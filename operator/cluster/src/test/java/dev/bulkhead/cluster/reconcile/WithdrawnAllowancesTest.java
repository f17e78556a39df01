package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithdrawnAllowancesTest {

    private static final NetworkPolicy WIDE = TestCluster.allow("shop", "checkout", Direction.EGRESS, "a", "b", "c");
    private static final NetworkPolicy NARROW = TestCluster.allow("shop", "checkout", Direction.EGRESS, "c", "d");

    @Test
    void anUpdateLosesThePeersThatItNoLongerNames() {
        WithdrawnAllowances loss = WithdrawnAllowances.of(TestCluster.byName(WIDE), List.of(new Write.Update(NARROW)));
        assertEquals(2, loss.size());
        assertEquals(Set.of("checkout"), loss.policies());
    }

    @Test
    void aDeletionLosesEveryPeerAndAtLeastOne() {
        assertEquals(
                3,
                WithdrawnAllowances.of(TestCluster.byName(WIDE), List.of(new Write.Delete(WIDE.key())))
                        .size());
        NetworkPolicy baseline = TestCluster.isolating("shop", Direction.EGRESS);
        assertEquals(
                1,
                WithdrawnAllowances.of(TestCluster.byName(baseline), List.of(new Write.Delete(baseline.key())))
                        .size());
    }

    @Test
    void whatGrowsOnTheWayAndEndsAsBeforeLosesNothing() {
        assertTrue(WithdrawnAllowances.of(
                        TestCluster.byName(WIDE), List.of(new Write.Update(NARROW), new Write.Update(WIDE)))
                .isNothing());
    }

    @Test
    void growthLosesNothing() {
        NetworkPolicy wider = TestCluster.allow("shop", "checkout", Direction.EGRESS, "a", "b", "c", "d");
        NetworkPolicy other = TestCluster.allow("shop", "other", Direction.EGRESS, "a");
        assertTrue(WithdrawnAllowances.of(
                        TestCluster.byName(WIDE), List.of(new Write.Update(wider), new Write.Create(other)))
                .isNothing());
    }

    @Test
    void whoIsolatesInFewerDirectionsLosesSomethingAlsoIfItAllowedNothing() {
        NetworkPolicy both = baseline(Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy one = baseline(Direction.EGRESS);
        WithdrawnAllowances loss = WithdrawnAllowances.of(TestCluster.byName(both), List.of(new Write.Update(one)));
        assertEquals(1, loss.size());
        assertEquals(Set.of("baseline"), loss.policies());
        assertTrue(WithdrawnAllowances.of(TestCluster.byName(one), List.of(new Write.Update(both)))
                .isNothing());
    }

    @Test
    void portsAreLostAsPeersAre() {
        NetworkPolicy wide =
                allowing(TestCluster.peer("a"), Ports.port(Protocol.TCP, 80).union(Ports.port(Protocol.TCP, 443)));
        NetworkPolicy narrow = allowing(TestCluster.peer("a"), Ports.port(Protocol.TCP, 443));
        assertEquals(1, loss(wide, narrow));
        assertEquals(0, loss(narrow, wide));
    }

    @Test
    void whatSeveralRulesAllowIsLookedAtTogether() {
        PolicyPeer peer = TestCluster.peer("a");
        Ports http = Ports.port(Protocol.TCP, 80);
        Ports https = Ports.port(Protocol.TCP, 443);
        NetworkPolicy apart = egress(rule(peer, http), rule(peer, https));
        assertEquals(0, loss(apart, egress(rule(peer, http.union(https)))));
        assertEquals(1, loss(apart, egress(rule(peer, http))));
        assertEquals(1, WithdrawnAllowances.size(apart));
    }

    @Test
    void everybodyIsAPeer() {
        NetworkPolicy everybody = egress(new PolicyRule(Optional.empty(), Ports.port(Protocol.TCP, 80)));
        assertEquals(1, loss(everybody, egress()));
        assertEquals(0, loss(egress(), everybody));
        NetworkPolicy less = egress(new PolicyRule(Optional.empty(), Ports.port(Protocol.TCP, 443)));
        assertEquals(1, loss(everybody, less));
    }

    @Test
    void whatAnotherPolicyStandsForIsNotLost() {
        assertTrue(
                WithdrawnAllowances.of(TestCluster.byName(WIDE), List.of(new Write.Supersede(WIDE.key(), NARROW.key())))
                        .isNothing());
    }

    @Test
    void theSizeOfAPolicyIsThatOfAllItsPeersAndAtLeastOne() {
        assertEquals(3, WithdrawnAllowances.size(WIDE));
        assertEquals(1, WithdrawnAllowances.size(egress()));
    }

    private static long loss(NetworkPolicy before, NetworkPolicy after) {
        return WithdrawnAllowances.of(TestCluster.byName(before), List.of(new Write.Update(after)))
                .size();
    }

    private static NetworkPolicy allowing(PolicyPeer peer, Ports ports) {
        return egress(rule(peer, ports));
    }

    private static PolicyRule rule(PolicyPeer peer, Ports ports) {
        return new PolicyRule(Optional.of(ImmutableList.of(peer)), ports);
    }

    private static NetworkPolicy egress(PolicyRule... rules) {
        return WIDE.withRules(WIDE.subject(), WIDE.directions(), ImmutableList.of(), ImmutableList.copyOf(rules));
    }

    private static NetworkPolicy baseline(Direction... directions) {
        return new NetworkPolicy(
                new NetworkPolicy.Key("shop", "baseline"),
                Marker.labels(Marker.Role.BASELINE),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.copyOf(directions),
                ImmutableList.of(),
                ImmutableList.of());
    }

    @Test
    void aPolicyThatComesToSelectOtherPodsLosesAllItHad() {
        NetworkPolicy moved = WIDE.withRules(
                TestCluster.allow("shop", "other", Direction.EGRESS).subject(),
                WIDE.directions(),
                WIDE.ingress(),
                WIDE.egress());
        assertEquals(
                3,
                WithdrawnAllowances.of(TestCluster.byName(WIDE), List.of(new Write.Update(moved)))
                        .size());
    }
}
