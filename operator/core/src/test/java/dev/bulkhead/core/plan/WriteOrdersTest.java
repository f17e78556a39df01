package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Policies.web;
import static dev.bulkhead.core.plan.Styles.NO_BRIDGE;
import static dev.bulkhead.core.plan.Styles.assertOrder;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each style writes. */
class WriteOrdersTest {

    @Test
    void whatMovesBetweenTwoPoliciesComesBeforeItGoesUnlessLossIsFirst() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(cart("a", WEB), cart("b")), List.of(cart("a"), cart("b", WEB)));

        assertOrder(orders.growthFirst(), 0, update(cart("b", WEB)), update(cart("a")));
        assertOrder(orders.throughTheUnion(), 0, update(cart("b", WEB)), update(cart("a")));
        assertOrder(orders.lossFirst(), 1, update(cart("a")), update(cart("b", WEB)));
        assertOrder(orders.throughTheIntersection(), 1, update(cart("b", WEB)), update(cart("a")));
    }

    @Test
    void onePolicyThatGrowsAndShrinksIsWrittenAtOnceOrInTwoSteps() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(cart("a", WEB)), List.of(cart("a", DB)));

        assertOrder(orders.growthFirst(), 0, update(cart("a", DB)));
        assertOrder(orders.throughTheUnion(), 0, update(cart("a", DB, WEB)), update(cart("a", DB)));
        assertOrder(orders.lossFirst(), 0, update(cart("a", DB)));
        assertOrder(orders.throughTheIntersection(), 1, update(cart("a")), update(cart("a", DB)));
    }

    @Test
    void ofSeveralThoseThatOnlyGrowAreFirstOrThoseThatOnlyShrink() {
        Styles orders = Styles.of(
                NO_BRIDGE,
                List.of(cart("a", WEB), web("b"), db("c", WEB)),
                List.of(cart("a", DB), web("b", DB), db("c")));

        assertOrder(orders.growthFirst(), 0, update(web("b", DB)), update(cart("a", DB)), update(db("c")));
        assertOrder(
                orders.throughTheUnion(),
                0,
                update(cart("a", DB, WEB)),
                update(web("b", DB)),
                update(cart("a", DB)),
                update(db("c")));
        assertOrder(orders.lossFirst(), 1, update(db("c")), update(cart("a", DB)), update(web("b", DB)));
        assertOrder(
                orders.throughTheIntersection(),
                2,
                update(cart("a")),
                update(db("c")),
                update(cart("a", DB)),
                update(web("b", DB)));
    }

    @Test
    void withLossFirstThoseThatAlsoShrinkAreBeforeThoseThatOnlyGrow() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(web("a"), cart("b", WEB)), List.of(web("a", DB), cart("b", DB)));

        assertOrder(orders.lossFirst(), 0, update(cart("b", DB)), update(web("a", DB)));
        assertOrder(orders.growthFirst(), 0, update(web("a", DB)), update(cart("b", DB)));
    }

    @Test
    void withGrowthFirstThoseThatAlsoGrowAreBeforeThoseThatOnlyShrink() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(web("a", DB), cart("b", WEB)), List.of(web("a"), cart("b", DB)));

        assertOrder(orders.growthFirst(), 0, update(cart("b", DB)), update(web("a")));
        assertOrder(orders.lossFirst(), 1, update(web("a")), update(cart("b", DB)));
    }

    @Test
    void aPolicyThatAnotherReplacesStaysUntilItIsThere() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(cart("a", WEB)), List.of(cart("b", WEB)));

        assertOrder(orders.growthFirst(), 0, creation(cart("b", WEB)), deletion(cart("a")));
        assertOrder(orders.throughTheUnion(), 0, creation(cart("b", WEB)), deletion(cart("a")));
        assertOrder(orders.lossFirst(), 1, deletion(cart("a")), creation(cart("b", WEB)));
        assertOrder(orders.throughTheIntersection(), 2, creation(cart("b", WEB)), deletion(cart("a")));
    }

    @Test
    void throughTheIntersectionAPolicyThatGoesKeepsNothingThatAnotherOneHasTakenOver() {
        NetworkPolicy everyPod = cart("a", rule(HTTP, in("shop", EVERYTHING)));
        NetworkPolicy onlyWeb = cart("b", rule(HTTP, in("shop", app("web"))));
        Styles orders = Styles.of(NO_BRIDGE, List.of(everyPod), List.of(onlyWeb));

        assertOrder(orders.throughTheIntersection(), 2, creation(onlyWeb), deletion(everyPod));
    }

    @Test
    void throughTheIntersectionAPolicyKeepsForAWhileWhatSeveralTakeOver() {
        NetworkPolicy ofAll = ingress("shop/a", EVERYTHING, WEB, DB);
        List<NetworkPolicy> ofEach = List.of(cart("b", WEB), web("c", WEB), db("d", WEB));
        Styles orders = Styles.of(NO_BRIDGE, List.of(ofAll), ofEach);

        assertOrder(
                orders.throughTheIntersection(),
                4,
                creation(cart("b", WEB)),
                creation(web("c", WEB)),
                creation(db("d", WEB)),
                update(ingress("shop/a", EVERYTHING, WEB)),
                deletion(ofAll));
    }

    @Test
    void throughTheIntersectionWhatNobodyKeepsGoesAtOnce() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(cart("a", WEB), cart("b")), List.of(cart("b", DB)));

        assertOrder(orders.throughTheIntersection(), 1, deletion(cart("a")), update(cart("b", DB)));
    }

    @Test
    void throughTheIntersectionItLeavesToItsNeighboursWhatTheyAllow() {
        NetworkPolicy everybody = cart("a", anybody(HTTP));
        NetworkPolicy everyPay = cart("b", rule(HTTP, in("pay", EVERYTHING)));
        NetworkPolicy ofPay = ingress("pay/c", app("web"), rule(HTTP, in("pay", EVERYTHING)));

        assertOrder(
                Styles.of(NO_BRIDGE, List.of(everybody), List.of(everyPay)).throughTheIntersection(),
                2,
                creation(everyPay),
                deletion(everybody));
        // One that stays as it is may be such a neighbour too.
        assertOrder(
                Styles.of(NO_BRIDGE, List.of(everybody, everyPay), List.of(everyPay, ofPay))
                        .throughTheIntersection(),
                2,
                creation(ofPay),
                deletion(everybody));
    }

    @Test
    void throughTheIntersectionWhatStaysIsNotTakenAwayThoughNoPodIsThere() {
        NetworkPolicy before = ingress("shop/a", app("nobody"), WEB, DB);
        NetworkPolicy after = ingress("shop/a", app("nobody"), WEB);

        assertOrder(Styles.of(NO_BRIDGE, List.of(before), List.of(after)).throughTheIntersection(), 1, update(after));
    }

    @Test
    void aPolicyForOtherPodsHasNothingInBetween() {
        Styles orders = Styles.of(NO_BRIDGE, List.of(cart("a", DB)), List.of(web("a", DB)));

        assertOrder(orders.growthFirst(), 0, update(web("a", DB)));
        assertOrder(orders.throughTheUnion(), 0, update(web("a", DB)));
        assertOrder(orders.lossFirst(), 0, update(web("a", DB)));
        assertOrder(orders.throughTheIntersection(), 0, update(web("a", DB)));
    }

    @Test
    void throughTheIntersectionAPolicyForOtherPodsIsEmptiedWhereTheyStayIsolated() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        Styles orders = Styles.of(NO_BRIDGE, List.of(baseline, cart("a", DB)), List.of(baseline, web("a", DB)));

        assertOrder(orders.throughTheIntersection(), 1, update(cart("a")), update(web("a", DB)));
    }

    @Test
    void theSafestGoesThroughTheIntersection() {
        NetworkPolicy before = cart("a", WEB);
        NetworkPolicy after = cart("a", DB);

        assertOrder(
                Styles.orders(List.of(before), List.of(after)).safest(Bridge.of(NO_BRIDGE)),
                1,
                update(cart("a")),
                update(after));
    }

    private static NetworkPolicy db(String name, PolicyRule... rules) {
        return ingress("shop/" + name, app("db"), rules);
    }
}
