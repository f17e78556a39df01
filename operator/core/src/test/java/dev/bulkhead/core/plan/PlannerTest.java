package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.byKey;
import static dev.bulkhead.core.plan.Policies.byOthers;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.everyPod;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.open;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.unreadable;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Policies.web;
import static dev.bulkhead.core.plan.Policies.withDeployment;
import static dev.bulkhead.core.plan.Policies.withRole;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final World WORLD =
            world(namespace("pay", pod("web")), namespace("shop", pod("web"), pod("cart"), pod("db")));
    private static final NetworkPolicy BASELINE = baseline("shop/bulkhead-baseline", Direction.INGRESS);

    private final Planner planner = new Planner();

    @Test
    void growingAndShrinkingIsProvedAlthoughABaselineStands() {
        NetworkPolicy toCart = egress("shop/web", app("web"), rule(HTTP, here(app("cart"))));
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);

        // Were egress first, it would meet the ingress that is about to go.
        assertPlan(
                plan(planner, List.of(both, cart("zone", WEB)), List.of(both, toCart)),
                1,
                deletion(cart("zone", WEB)),
                creation(toCart));
    }

    @Test
    void aSwapBetweenTwoPoliciesOfAWorkloadGoesWithoutGap() {
        assertPlan(
                plan(
                        planner,
                        List.of(BASELINE, cart("a", WEB), cart("b")),
                        List.of(BASELINE, cart("a"), cart("b", WEB))),
                0,
                update(cart("b", WEB)),
                update(cart("a")));
        assertPlan(
                plan(
                        planner,
                        List.of(BASELINE, cart("a", WEB), cart("b", DB)),
                        List.of(BASELINE, cart("a", DB), cart("b", WEB))),
                0,
                update(cart("a", DB, WEB)),
                update(cart("b", WEB, DB)),
                update(cart("a", DB)),
                update(cart("b", WEB)));
    }

    @Test
    void anAddressOutsideThatOnlyOneOfTwoPoliciesAllowsMakesTheDifference() {
        PolicyRule wide = rule(HTTPS, range("10.0.0.0/8"));
        PolicyRule narrow = rule(HTTPS, range("10.1.0.0/16"));

        assertPlan(
                plan(
                        planner,
                        List.of(BASELINE, cart("a", wide), cart("b", narrow)),
                        List.of(BASELINE, cart("a", narrow), cart("b", wide))),
                0,
                update(cart("a", narrow, wide)),
                update(cart("b", wide, narrow)),
                update(cart("a", narrow)),
                update(cart("b", wide)));
    }

    /** Restored from a backup, copied by hand, or put there by somebody who wants the namespace to stay as it is. */
    @Test
    void whatLooksLikeABaselineAndIsNoneIsDeletedLikeAnythingThatIsNotDesired() {
        NetworkPolicy x = baseline("shop/x", Direction.INGRESS);
        NetworkPolicy y = baseline("shop/y", Direction.EGRESS)
                .withRules(
                        app("db"),
                        ImmutableSet.copyOf(Direction.values()),
                        ImmutableList.of(PolicyRule.everything()),
                        ImmutableList.of(DB));

        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        assertPlan(
                plan(planner, List.of(both, x, y, cart("a", WEB)), List.of(both)),
                3,
                deletion(cart("a")),
                deletion(x),
                deletion(y));
    }

    @Test
    void lookAlikesDoNotKeepABaselineFromChanging() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy x = baseline("shop/x", Direction.INGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);

        assertPlan(
                plan(planner, List.of(BASELINE, x), List.of(both, toDb)),
                0,
                update(open(both, EVERYTHING, Direction.EGRESS)),
                creation(toDb),
                update(both),
                deletion(x));
    }

    @Test
    void fiftyLookAlikesAreNoMoreThanFiftyDeletions() {
        List<NetworkPolicy> live = IntStream.range(0, 50)
                .mapToObj(i -> baseline("shop/x" + i, i % 2 == 0 ? Direction.INGRESS : Direction.EGRESS))
                .toList();

        Plan plan = plan(planner, live, List.of(BASELINE, cart("a", WEB)));

        assertEquals(List.of(), plan.caveats());
        assertEquals(
                ImmutableSet.copyOf(live.stream().map(Policies::deletion).toList()),
                plan.writes().stream().filter(Write.Delete.class::isInstance).collect(ImmutableSet.toImmutableSet()));
    }

    @Test
    void theBaselineIsOneWhateverItsRoleSays() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);

        assertPlan(
                plan(planner, List.of(withRole(BASELINE, "allow")), List.of(both, toDb)),
                0,
                update(open(both, EVERYTHING, Direction.EGRESS)),
                creation(toDb),
                update(both));
    }

    @Test
    void aBaselineThatLostItsMarksIsTakenBack() {
        assertPlan(
                plan(planner, List.of(byOthers(BASELINE), cart("a", WEB)), List.of(BASELINE, cart("a", WEB))),
                1,
                update(BASELINE));
    }

    @Test
    void whateverHasTheNameOfTheBaselineIsReplacedByIt() {
        NetworkPolicy theirs = byOthers(ingress("shop/bulkhead-baseline", app("nobody"), anybody(Ports.all())));

        assertPlan(
                plan(planner, List.of(theirs, cart("a", WEB)), List.of(BASELINE, cart("a", WEB))), 0, update(BASELINE));
        assertPlan(
                planner.withdrawals(
                        WORLD,
                        List.of(theirs, cart("a", WEB)),
                        byKey(List.of(BASELINE, cart("a", WEB))),
                        ImmutableSet.of()),
                1,
                update(BASELINE));
    }

    @Test
    void whereNoBaselineIsDueItsNameIsAnybodys() {
        assertPlan(plan(planner, List.of(byOthers(BASELINE)), List.of()), 0);
    }

    /** What it isolates stays so until the baseline does it, and what it leaves open is not closed before its allowances are there. */
    @Test
    void anAllowanceIsTheBridgeWhereSomethingElseHasTheNameOfTheBaseline() {
        NetworkPolicy theirs = byOthers(ingress("shop/bulkhead-baseline", app("db"), WEB));
        NetworkPolicy alsoForWeb = cart("b", rule(HTTP, here(app("cart"))));

        assertPlan(
                plan(planner, List.of(theirs), List.of(BASELINE, cart("a", WEB), alsoForWeb)),
                0,
                creation(open(cart("a"), EVERYTHING.and("app", Requirement.notIn(List.of("db"))), Direction.INGRESS)),
                creation(alsoForWeb),
                update(BASELINE),
                update(cart("a", WEB)));
    }

    @Test
    void aBaselineThatComesOpensABridgeFirstAndClosesItLast() {
        assertPlan(
                plan(planner, List.of(), List.of(BASELINE, cart("a", WEB))),
                0,
                creation(open(BASELINE, EVERYTHING, Direction.INGRESS)),
                creation(cart("a", WEB)),
                update(BASELINE));
    }

    @Test
    void theBridgeIsNotForPodsThatAPolicyByOthersIsolates() {
        NetworkPolicy theirs = byOthers(ingress("shop/theirs", app("db")));

        assertPlan(
                plan(planner, List.of(theirs), List.of(BASELINE, cart("a", WEB))),
                0,
                creation(open(BASELINE, EVERYTHING.and("app", Requirement.notIn(List.of("db"))), Direction.INGRESS)),
                creation(cart("a", WEB)),
                update(BASELINE));
    }

    @Test
    void theBridgeDoesNotLeadOutsideWhereOnlyPodsAreAllowed() {
        NetworkPolicy theirs = byOthers(egress("shop/theirs", app("db"), rule(Ports.all(), everyPod())));
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.EGRESS);
        NetworkPolicy toDb = egress("shop/cart", app("cart"), DB);

        assertPlan(
                plan(planner, List.of(theirs), List.of(baseline, toDb)),
                0,
                creation(open(baseline, EVERYTHING.and("app", Requirement.notIn(List.of("db"))), Direction.EGRESS)),
                creation(toDb),
                update(baseline));
    }

    @Test
    void whereAPolicyByOthersIsolatesAllPodsThereIsNoBridge() {
        NetworkPolicy theirs = byOthers(baseline("shop/theirs", Direction.INGRESS));

        assertPlan(
                plan(planner, List.of(theirs), List.of(BASELINE, cart("a", WEB))),
                0,
                creation(cart("a", WEB)),
                creation(BASELINE));
    }

    @Test
    void aDirectionThatIsReleasedOpensBeforeItsPoliciesGo() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy toDb = egress("shop/z", app("cart"), DB);

        assertPlan(
                plan(planner, List.of(both, cart("a", WEB), toDb), List.of(BASELINE, cart("a", WEB))),
                0,
                update(open(both, EVERYTHING, Direction.EGRESS)),
                deletion(toDb),
                update(BASELINE));
    }

    @Test
    void whereAWorkloadIsAboutToHavePodsTheBridgeStandsAllTheSame() {
        assertPlan(
                planner.plan(
                        world(withDeployment(namespace("shop"), pod("cart"))),
                        List.of(),
                        byKey(List.of(cart("a", WEB), BASELINE)),
                        ImmutableSet.of()),
                0,
                creation(open(BASELINE, EVERYTHING, Direction.INGRESS)),
                creation(cart("a", WEB)),
                update(BASELINE));
    }

    @Test
    void aPodThatComesToAnEmptyNamespaceFindsWhatIsolatesItNeverOpen() {
        assertPlan(
                planner.plan(
                        world(namespace("shop")),
                        List.of(cart("z", WEB)),
                        byKey(List.of(cart("a", WEB), BASELINE)),
                        ImmutableSet.of()),
                0,
                creation(open(BASELINE, EVERYTHING.and("app", Requirement.notIn(List.of("cart"))), Direction.INGRESS)),
                creation(cart("a", WEB)),
                deletion(cart("z")),
                update(BASELINE));
    }

    @Test
    void aPolicyByOthersOfTheSameNameIsLeftAlone() {
        NetworkPolicy theirs = byOthers(cart("a", DB));
        Plan plan = plan(planner, List.of(BASELINE, theirs), List.of(BASELINE, cart("a", WEB), cart("b", WEB)));

        assertEquals(List.of(creation(cart("b", WEB))), plan.writes());
        assertEquals(ImmutableSortedSet.of(theirs.key()), plan.conflicts());
    }

    @Test
    void whatIsTooLargeToProveNeverOpensAndHasACaveat() {
        List<NetworkPolicy> before = List.of(BASELINE, cart("a", WEB), cart("b"));
        List<NetworkPolicy> after = List.of(BASELINE, cart("a", DB), cart("b", WEB));
        Transition transition = Policies.transition(WORLD, before, after);
        Witnesses witnesses = new Witnesses(WORLD, transition.policies());
        long size = Proof.Size.of(transition, witnesses.pods(), witnesses).total();
        String caveat = "too many connections to prove the order of the writes: nothing opens on the way that is closed"
                + " before and after, but something that is allowed before and after may be denied for a moment";

        assertPlan(plan(new Planner(size), before, after), 0, update(cart("b", WEB)), update(cart("a", DB)));
        assertEquals(
                new Plan(
                        ImmutableList.of(update(cart("b", WEB)), update(cart("a", DB, WEB)), update(cart("a", DB))),
                        1,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of(caveat)),
                plan(new Planner(size - 1), before, after));
    }

    /** Each policy takes the pods of the other: whichever is written first, some pods have none for a moment. */
    @Test
    void whereEveryOrderHasAGapTheCheapestIsTakenWithACaveat() {
        assertEquals(
                new Plan(
                        ImmutableList.of(update(cart("a", DB)), update(web("b", DB)), update(cart("c"))),
                        0,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of(Proof.Outcome.GAP.caveat())),
                plan(
                        planner,
                        List.of(BASELINE, web("a", DB), cart("b", DB), cart("c", WEB)),
                        List.of(BASELINE, cart("a", DB), web("b", DB), cart("c"))));
    }

    @Test
    void whereEveryOrderHasAHoleTheCheapestIsTakenWithACaveat() {
        assertEquals(
                new Plan(
                        ImmutableList.of(update(cart("a", DB)), update(web("b", DB))),
                        0,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of(Proof.Outcome.HOLE.caveat())),
                plan(planner, List.of(web("a", DB), cart("b", DB)), List.of(cart("a", DB), web("b", DB))));
    }

    @Test
    void aGapIsTakenBeforeAHole() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy toDb = egress("shop/c", app("cart"), DB);
        NetworkPolicy fromDb = egress("shop/e", app("db"), anybody(HTTP));
        NetworkPolicy ofDb = ingress("shop/d", app("db"), rule(HTTP, here(app("cart"))));

        assertEquals(
                new Plan(
                        ImmutableList.of(deletion(ofDb), update(cart("a", DB)), update(web("b", DB)), creation(toDb)),
                        1,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of(Proof.Outcome.GAP.caveat())),
                plan(
                        planner,
                        List.of(both, fromDb, web("a", DB), cart("b", DB), ofDb),
                        List.of(both, fromDb, cart("a", DB), web("b", DB), toDb)));
    }

    /** Whichever of its pods a policy by somebody else isolates must not be open while the others come to be. */
    @Test
    void whileADirectionIsReleasedPodsThatOthersIsolateStayClosed() {
        NetworkPolicy theirs = byOthers(ingress("shop/theirs", app("db"), rule(HTTPS, here(app("cart")))));
        NetworkPolicy toDb = ingress("shop/a", app("db"), WEB);

        assertPlan(
                plan(planner, List.of(BASELINE, toDb, cart("b", WEB), theirs), List.of()),
                0,
                update(open(BASELINE, EVERYTHING.and("app", Requirement.notIn(List.of("db"))), Direction.INGRESS)),
                deletion(toDb),
                deletion(cart("b")),
                deletion(BASELINE));
    }

    /** The baseline cannot leave pods out that it goes on isolating in the other direction. */
    @Test
    void ifTheBaselineStaysForTheOtherDirectionAnAllowanceThatGoesIsTheBridge() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy theirs = byOthers(egress("shop/theirs", app("db"), rule(HTTPS, here(app("cart")))));
        NetworkPolicy ofDb = egress("shop/a", app("db"), WEB);
        NetworkPolicy ofAll = egress("shop/b", EVERYTHING, DB);
        LabelSelector butDb = EVERYTHING.and("app", Requirement.notIn(List.of("db")));

        assertPlan(
                plan(planner, List.of(both, ofDb, ofAll, theirs), List.of(BASELINE)),
                0,
                update(egress("shop/a", butDb, anybody(Ports.all()))),
                update(BASELINE),
                deletion(ofAll),
                deletion(ofDb));
    }

    @Test
    void whileTheOtherDirectionIsEnforcedAnAllowanceThatComesIsTheBridge() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy theirs = byOthers(egress("shop/theirs", app("db"), rule(HTTPS, here(app("cart")))));
        NetworkPolicy ofDb = egress("shop/a", app("db"), WEB);
        NetworkPolicy ofAll = egress("shop/b", EVERYTHING, DB);
        LabelSelector butDb = EVERYTHING.and("app", Requirement.notIn(List.of("db")));

        assertPlan(
                plan(planner, List.of(BASELINE, theirs), List.of(both, ofDb, ofAll)),
                0,
                creation(egress("shop/a", butDb, anybody(Ports.all()))),
                creation(ofAll),
                update(both),
                update(ofDb));
    }

    @Test
    void whereASelectorCannotLeavePodsOutAReleaseIsAGapRatherThanAHole() {
        LabelSelector labelledButNotCart =
                EVERYTHING.and("app", Requirement.exists()).and("app", Requirement.notIn(List.of("cart", "web")));
        NetworkPolicy theirs = byOthers(ingress("shop/theirs", labelledButNotCart));
        NetworkPolicy ofDb = ingress("shop/a", app("db"), WEB);

        assertEquals(
                new Plan(
                        ImmutableList.of(deletion(BASELINE), deletion(ofDb), deletion(cart("b")), deletion(cart("c"))),
                        0,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of(Proof.Outcome.GAP.caveat())),
                plan(planner, List.of(BASELINE, ofDb, cart("b", WEB), cart("c", DB), theirs), List.of()));
    }

    /** Whatever it isolates would be open meanwhile; that nothing isolates it is no less possible. */
    @Test
    void nothingStandsOpenOnTheWayWhereAPolicyCannotBeRead() {
        List<NetworkPolicy> desired = List.of(BASELINE, cart("a", WEB));
        NetworkPolicy doubtful = unreadable("shop/doubtful");

        assertEquals(
                creation(open(BASELINE, EVERYTHING, Direction.INGRESS)),
                plan(planner, List.of(), desired).writes().get(0));
        for (Planner each : List.of(planner, new Planner(0))) {
            assertEquals(
                    ImmutableSet.of(creation(BASELINE), creation(cart("a", WEB))),
                    ImmutableSet.copyOf(plan(each, List.of(doubtful), desired).writes()));
            List<NetworkPolicy> enforced = List.of(doubtful, BASELINE, cart("a", WEB));
            assertEquals(
                    ImmutableSet.of(deletion(BASELINE), deletion(cart("a", WEB))),
                    ImmutableSet.copyOf(plan(each, enforced, List.of()).writes()));
        }
    }

    /** If it isolates the web pods, what they are newly allowed would meet what the carts still allow. */
    @Test
    void whatAPolicyThatCannotBeReadMayCloseCountsAsClosed() {
        NetworkPolicy toCart = egress("shop/web", app("web"), rule(HTTP, here(app("cart"))));

        assertEquals(
                deletion(cart("zone", WEB)),
                plan(
                                planner,
                                List.of(unreadable("shop/doubtful"), BASELINE, cart("zone", WEB)),
                                List.of(BASELINE, toCart))
                        .writes()
                        .get(0));
        assertEquals(
                false,
                NewConnections.of(
                                "shop",
                                List.of(unreadable("shop/doubtful")),
                                List.of(unreadable("shop/doubtful"), toCart))
                        .isEmpty());
    }

    private static Plan plan(Planner planner, List<NetworkPolicy> live, List<NetworkPolicy> desired) {
        return planner.plan(WORLD, live, byKey(desired), ImmutableSet.of());
    }

    private static void assertPlan(Plan planned, int withdrawals, Write... writes) {
        assertEquals(Policies.plan(withdrawals, writes), planned);
    }
}
