package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.DeletionBlockers;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdoptionTrackerTest {

    private static final NetworkPolicy LEGACY = LivePolicies.policy("shop", "legacy");
    private static final NetworkPolicy OURS = LivePolicies.policy("shop", "bulkhead-egress-cart");
    private static final Write TAKEN_OVER = new Write.Supersede(LEGACY.key(), OURS.key());
    private static final Map<NetworkPolicy.Key, NetworkPolicy> DESIRED = Map.of(OURS.key(), OURS);

    private final PolicyReporter reporter = mock();
    private final SetTicker ticker = new SetTicker();
    private final AdoptionTracker offers = new AdoptionTracker(reporter, ticker);

    @Test
    void whatIsOfferedMayBeTakenOverAndIsTold() {
        assertEquals(Set.of(LEGACY.key()), offers.open(live(offered("1"))));
        offers.written(List.of(TAKEN_OVER));
        verify(reporter).adopted(LEGACY.key(), OURS.key());
    }

    @Test
    void whatIsNotOfferedIsLeftAlone() {
        assertEquals(Set.of(), offers.open(live(LivePolicies.byOthers(LEGACY, "somebody", "1", "1"))));
    }

    @Test
    void whatComesBackAfterItWasTakenOverIsLeftAloneForAWhileAndThatIsTold() {
        offers.written(List.of(TAKEN_OVER));
        Map<String, LivePolicy> live = live(offered("2"));
        assertEquals(Set.of(), offers.open(live));
        offers.settle("shop", plan(), live, DESIRED);
        verify(reporter).notAdopted(eq(LEGACY.key()), any());

        ticker.advance(Duration.ofMinutes(10));
        assertEquals(Set.of(), offers.open(live));
        ticker.advance(Duration.ofNanos(1));
        assertEquals(Set.of(LEGACY.key()), offers.open(live));
    }

    @Test
    void oneThatBecameOursUnderItsOwnNameMayBeOfferedAgain() {
        offers.written(List.of(new Write.Adopt(LEGACY)));
        assertEquals(Set.of(LEGACY.key()), offers.open(live(offered("2"))));
    }

    @Test
    void whyOneIsNotTakenOverIsToldOnceForEachReasonAndObject() {
        Map<String, LivePolicy> live = live(offered("1"));
        offers.settle("shop", plan("one"), live, DESIRED);
        offers.settle("shop", plan("one"), live, DESIRED);
        verify(reporter, times(1)).notAdopted(LEGACY.key(), "one");
        offers.settle("shop", plan("two"), live, DESIRED);
        verify(reporter, times(1)).notAdopted(LEGACY.key(), "two");
        offers.settle("shop", plan("two"), live(offered("other")), DESIRED);
        verify(reporter, times(2)).notAdopted(LEGACY.key(), "two");
    }

    @Test
    void whatWasTakenBackMeanwhileIsToldAnew() {
        Map<String, LivePolicy> live = live(offered("1"));
        offers.settle("shop", plan("one"), live, DESIRED);
        offers.settle("shop", plan(), Map.of(), DESIRED);
        offers.settle("shop", plan("one"), live, DESIRED);
        verify(reporter, times(2)).notAdopted(LEGACY.key(), "one");
    }

    @Test
    void oneWithAnOwnerIsToldToBeKept() {
        LivePolicy kept = live(true, "1", false);
        offers.settle("shop", plan(), live(kept), DESIRED);
        verify(reporter).notAdopted(LEGACY.key(), "it has an owner or a finalizer, or is being deleted");
    }

    @Test
    void whereTheNamespaceShouldHoldNothingNobodyIsToldAnything() {
        offers.settle("shop", plan("one"), live(offered("1")), Map.of());
        verify(reporter, never()).notAdopted(any(), any());
    }

    @Test
    void otherNamespacesAreNotConcerned() {
        Map<String, LivePolicy> live = live(offered("1"));
        offers.settle("shop", plan("one"), live, DESIRED);
        offers.settle("pay", plan(), Map.of(), DESIRED);
        offers.forget("pay");
        offers.settle("shop", plan("one"), live, DESIRED);
        verify(reporter, times(1)).notAdopted(LEGACY.key(), "one");
    }

    @Test
    void aNamespaceThatIsMadeAgainBeginsAnew() {
        Map<String, LivePolicy> live = live(offered("1"));
        offers.written(List.of(TAKEN_OVER));
        offers.settle("shop", plan("one"), live, DESIRED);
        offers.forget("shop");
        assertEquals(Set.of(LEGACY.key()), offers.open(live));
        offers.settle("shop", plan("one"), live, DESIRED);
        verify(reporter, times(2)).notAdopted(eq(LEGACY.key()), any());
    }

    private static Plan plan() {
        return plan(ImmutableSortedMap.of());
    }

    private static Plan plan(String why) {
        return plan(ImmutableSortedMap.of(LEGACY.key(), why));
    }

    private static Plan plan(ImmutableSortedMap<NetworkPolicy.Key, String> notAdopted) {
        return new Plan(ImmutableList.of(), 0, ImmutableSortedSet.of(), notAdopted, ImmutableList.of());
    }

    private static Map<String, LivePolicy> live(LivePolicy policy) {
        return Map.of(policy.policy().key().name(), policy);
    }

    private static LivePolicy offered(String uid) {
        return live(true, uid, true);
    }

    private static LivePolicy live(boolean annotated, String uid, boolean offered) {
        NetworkPolicy theirs = new NetworkPolicy(
                LEGACY.key(),
                ImmutableSortedMap.of("team", "shop"),
                ImmutableSortedMap.of(Marker.ADOPT, "true"),
                LEGACY.subject(),
                LEGACY.directions(),
                LEGACY.ingress(),
                LEGACY.egress());
        return new LivePolicy(
                theirs,
                uid,
                "1",
                Instant.EPOCH,
                annotated,
                offered,
                "somebody",
                DeletionBlockers.NONE,
                Optional.empty());
    }
}
