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
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.open;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Policies.web;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written while nothing may grow. */
class PlanningWithdrawalsTest {

    private static final World WORLD =
            world(namespace("pay", pod("web")), namespace("shop", pod("web"), pod("cart"), pod("db")));
    private static final NetworkPolicy INGRESS = baseline("shop/bulkhead-baseline", Direction.INGRESS);
    private static final NetworkPolicy EGRESS = baseline("shop/bulkhead-baseline", Direction.EGRESS);
    private static final NetworkPolicy BOTH = baseline("shop/bulkhead-baseline", Direction.EGRESS, Direction.INGRESS);

    @Test
    void whatGoesGoesThoughSomethingElseWouldCome() {
        assertWithdrawn(List.of(INGRESS, cart("a", WEB)), List.of(INGRESS, web("b", DB)), deletion(cart("a")));
    }

    @Test
    void ofAnUpdateThatGrowsAndShrinksThePartThatShrinksIsWritten() {
        assertWithdrawn(
                List.of(INGRESS, cart("a", WEB, DB)),
                List.of(INGRESS, cart("a", DB, rule("cart"))),
                update(cart("a", DB)));
    }

    @Test
    void growthAloneIsNothing() {
        assertWithdrawn(List.of(INGRESS, cart("a")), List.of(INGRESS, cart("a", WEB), web("b", DB)));
        assertWithdrawn(List.of(INGRESS), List.of(INGRESS));
    }

    @Test
    void whatMovesToAnotherPolicyIsThereBeforeItGoes() {
        assertWithdrawn(
                List.of(INGRESS, cart("a", WEB, DB)),
                List.of(INGRESS, cart("b", WEB, rule("cart"))),
                creation(cart("b", WEB)),
                deletion(cart("a")));
    }

    @Test
    void aDirectionThatComesToBeEnforcedComesWholly() {
        assertWithdrawn(
                List.of(),
                List.of(INGRESS, cart("a", WEB)),
                creation(open(INGRESS, EVERYTHING, Direction.INGRESS)),
                creation(cart("a", WEB)),
                update(INGRESS));
    }

    @Test
    void aBaselineThatSomebodyDeletedComesBack() {
        assertWithdrawn(List.of(cart("a", WEB)), List.of(INGRESS, cart("a", WEB)), creation(INGRESS));
        assertWithdrawn(List.of(cart("a", WEB)), List.of(INGRESS, cart("a", WEB, DB)), creation(INGRESS));
    }

    @Test
    void aDirectionThatIsReleasedStaysAsItIs() {
        assertWithdrawn(List.of(INGRESS, cart("a", WEB)), List.of());
        assertWithdrawn(List.of(INGRESS), List.of());
    }

    @Test
    void aNewDirectionClosesAndTheOldOneStaysClosed() {
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);

        assertWithdrawn(
                List.of(INGRESS, cart("a", WEB)),
                List.of(EGRESS, toDb),
                update(open(BOTH, EVERYTHING, Direction.EGRESS)),
                creation(toDb),
                update(BOTH));
        // Once it is there, nothing more.
        assertWithdrawn(List.of(BOTH, cart("a", WEB), toDb), List.of(EGRESS, toDb));
    }

    @Test
    void podsThatOthersIsolateGetNothingFromADirectionThatComes() {
        NetworkPolicy theirs = byOthers(ingress("shop/theirs", app("db")));
        NetworkPolicy all = ingress("shop/a", EVERYTHING, WEB);

        assertWithdrawn(
                List.of(theirs),
                List.of(INGRESS, all),
                creation(open(INGRESS, EVERYTHING.and("app", Requirement.notIn(List.of("db"))), Direction.INGRESS)),
                creation(ingress("shop/a", EVERYTHING.and("app", Requirement.notIn(List.of("db"))), WEB)),
                update(INGRESS));
    }

    @Test
    void podsThatOthersIsolateLoseWhatADirectionThatIsReleasedGaveThem() {
        NetworkPolicy theirs = byOthers(ingress("shop/theirs", app("db")));
        NetworkPolicy all = ingress("shop/a", EVERYTHING, WEB);

        assertWithdrawn(
                List.of(theirs, INGRESS, all),
                List.of(),
                update(ingress("shop/a", EVERYTHING.and("app", Requirement.notIn(List.of("db"))), WEB)));
    }

    @Test
    void whereNobodyIsTheBaselineIsFirst() {
        Plan plan = new Planner()
                .withdrawals(
                        world(namespace("shop")),
                        List.of(),
                        byKey(List.of(cart("a", WEB), INGRESS)),
                        ImmutableSet.of());

        assertEquals(Policies.plan(2, creation(INGRESS), creation(cart("a", WEB))), plan);
    }

    @Test
    void policiesByOthersAreNotTakenOver() {
        NetworkPolicy offered = byOthers(cart("theirs", WEB));
        NetworkPolicy wider = byOthers(cart("wider", WEB, DB));
        Plan plan = new Planner()
                .withdrawals(
                        WORLD,
                        List.of(INGRESS, cart("a", WEB), offered, wider),
                        byKey(List.of(INGRESS, cart("a", WEB))),
                        ImmutableSet.of(offered.key(), wider.key()));

        assertEquals(List.of(), plan.writes());
        assertEquals(ImmutableSet.of(wider.key()), plan.notAdopted().keySet());
    }

    @Test
    void aLookAlikeGoesWhileNothingMayGrow() {
        NetworkPolicy copy = baseline("shop/copy", Direction.INGRESS)
                .withRules(
                        EVERYTHING,
                        ImmutableSet.of(Direction.INGRESS),
                        cart("x", WEB).ingress(),
                        cart("x").egress());

        assertWithdrawn(List.of(INGRESS, copy), List.of(INGRESS, cart("a", DB)), deletion(copy));
    }

    private static PolicyRule rule(String app) {
        return Policies.rule(Policies.HTTP, Policies.here(app(app)));
    }

    private static void assertWithdrawn(List<NetworkPolicy> live, List<NetworkPolicy> desired, Write... writes) {
        assertEquals(
                Policies.plan(writes.length, writes),
                new Planner().withdrawals(WORLD, live, byKey(desired), ImmutableSet.of()));
    }
}
