package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.byKey;
import static dev.bulkhead.core.plan.Policies.byOthers;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Policies.web;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written as it is. The planner takes nothing for small enough to be proved, and says so where it would have to. */
class PlansWithoutProofTest {

    private static final Planner WITHOUT_PROOFS = new Planner(0);
    private static final NetworkPolicy BASELINE = baseline("shop/bulkhead-baseline", Direction.INGRESS);

    @Test
    void whatIsAsItShouldBeNeedsNoWrites() {
        assertPlan(plan(List.of(BASELINE, cart("a", WEB)), List.of(BASELINE, cart("a", WEB))), 0);
    }

    @Test
    void growingOnlyUnderABaselineIsWrittenAsItIs() {
        assertPlan(
                plan(List.of(BASELINE, cart("b")), List.of(BASELINE, cart("a", WEB), cart("b", WEB))),
                0,
                creation(cart("a", WEB)),
                update(cart("b", WEB)));
    }

    @Test
    void shrinkingOnlyUnderABaselineIsWrittenAsItIsAndAllOfItIsWithdrawal() {
        assertPlan(
                plan(List.of(BASELINE, cart("a", WEB), cart("b", WEB)), List.of(BASELINE, cart("b"))),
                2,
                deletion(cart("a", WEB)),
                update(cart("b")));
    }

    @Test
    void whatDoesNotStayIsolatedIsNotWrittenAsItIs() {
        List<NetworkPolicy> growth = List.of(cart("a", WEB), cart("b", DB));
        NetworkPolicy elsewhere = baseline("pay/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy forSome = byOthers(ingress("shop/others", app("web")));
        NetworkPolicy otherDirection = byOthers(baseline("shop/others", Direction.EGRESS));
        NetworkPolicy forAll = byOthers(baseline("shop/others", Direction.INGRESS));

        assertEquals(1, caveats(List.of(), growth));
        assertEquals(1, caveats(List.of(elsewhere), List.of(elsewhere, cart("a", WEB), cart("b", DB))));
        assertEquals(1, caveats(List.of(forSome), growth));
        assertEquals(1, caveats(List.of(otherDirection), growth));
        assertEquals(0, caveats(List.of(forAll), growth));
    }

    /** What both allowed would be denied after the first of them has gone, and everything is open once both have. */
    @Test
    void policiesForAllPodsThatGoTogetherDoNotKeepOneAnotherIsolated() {
        NetworkPolicy one = ingress("shop/one", EVERYTHING, WEB);
        NetworkPolicy other = ingress("shop/other", EVERYTHING, DB);

        assertEquals(1, caveats(List.of(one, other), List.of()));
        // The last is emptied, and goes once everything that had to be withdrawn is.
        assertEquals(2, plan(List.of(one, other), List.of()).withdrawals());
        assertEquals(
                List.of(deletion(one), update(ingress("shop/other", EVERYTHING)), deletion(other)),
                plan(List.of(one, other), List.of()).writes());
    }

    @Test
    void aSingleWriteNeedsNoProof() {
        assertPlan(plan(List.of(cart("a", WEB)), List.of(web("a", DB))), 0, update(web("a", DB)));
        assertPlan(plan(List.of(), List.of(BASELINE)), 0, creation(BASELINE));
        assertPlan(plan(List.of(cart("a", WEB)), List.of(cart("a"))), 1, update(cart("a")));
        assertPlan(plan(List.of(BASELINE, cart("a", WEB)), List.of(BASELINE)), 1, deletion(cart("a")));
    }

    @Test
    void aDeletionThatLeavesPodsUnisolatedIsNoWithdrawal() {
        assertPlan(plan(List.of(BASELINE), List.of()), 0, deletion(BASELINE));
        assertPlan(plan(List.of(cart("a", WEB)), List.of()), 0, deletion(cart("a")));
    }

    @Test
    void forANamespaceWithoutPodsTheBaselineIsFirst() {
        World empty = world(namespace("shop"));

        assertPlan(
                WITHOUT_PROOFS.plan(empty, List.of(), byKey(List.of(cart("a", WEB), BASELINE)), ImmutableSet.of()),
                0,
                creation(BASELINE),
                creation(cart("a", WEB)));
        assertPlan(
                WITHOUT_PROOFS.plan(world(), List.of(), byKey(List.of(cart("a", WEB), BASELINE)), ImmutableSet.of()),
                0,
                creation(BASELINE),
                creation(cart("a", WEB)));
    }

    private static int caveats(List<NetworkPolicy> live, List<NetworkPolicy> desired) {
        return plan(live, desired).caveats().size();
    }

    private static Plan plan(List<NetworkPolicy> live, List<NetworkPolicy> desired) {
        return WITHOUT_PROOFS.plan(
                world(namespace("shop", pod("web"), pod("cart"), pod("db"))), live, byKey(desired), ImmutableSet.of());
    }

    private static void assertPlan(Plan planned, int withdrawals, Write... writes) {
        assertEquals(Policies.plan(withdrawals, writes), planned);
    }
}
