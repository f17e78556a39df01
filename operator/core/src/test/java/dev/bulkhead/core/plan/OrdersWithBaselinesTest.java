package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.open;
import static dev.bulkhead.core.plan.Policies.update;
import static dev.bulkhead.core.plan.Styles.NO_BRIDGE;
import static dev.bulkhead.core.plan.Styles.assertOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written when directions come to be enforced, or are released. */
class OrdersWithBaselinesTest {

    private static final Optional<LabelSelector> FOR_ALL = Optional.of(EVERYTHING);

    @Test
    void aBaselineThatComesOpensABridgeFirstAndClosesItLast() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        for (WriteSequence.Order order :
                Styles.of(FOR_ALL, List.of(), List.of(cart("a", WEB), baseline)).all()) {
            assertEquals(
                    List.of(
                            creation(open(baseline, EVERYTHING, Direction.INGRESS)),
                            creation(cart("a", WEB)),
                            update(baseline)),
                    order.writes());
        }
    }

    @Test
    void withoutABridgeTheBaselineFollowsGrowthOrPrecedesIt() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        Styles orders = Styles.of(NO_BRIDGE, List.of(), List.of(cart("a", WEB), baseline));

        assertOrder(orders.growthFirst(), 0, creation(cart("a", WEB)), creation(baseline));
        assertOrder(orders.throughTheUnion(), 0, creation(cart("a", WEB)), creation(baseline));
        assertOrder(orders.lossFirst(), 1, creation(baseline), creation(cart("a", WEB)));
        assertOrder(orders.throughTheIntersection(), 2, creation(cart("a", WEB)), creation(baseline));
    }

    @Test
    void aBridgeForSomePodsClosesForAll() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        Styles orders = Styles.of(Optional.of(app("web")), List.of(), List.of(cart("a", WEB), baseline));

        assertOrder(
                orders.growthFirst(),
                0,
                creation(open(baseline, app("web"), Direction.INGRESS)),
                creation(cart("a", WEB)),
                update(baseline));
    }

    @Test
    void underABridgeOnlyThoseAreWrittenThatGovernWhatItIsFor() {
        NetworkPolicy old = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);
        Styles orders = Styles.of(FOR_ALL, List.of(cart("a", WEB), old), List.of(cart("a"), toDb, both));

        assertOrder(
                orders.lossFirst(),
                4,
                update(open(both, EVERYTHING, Direction.EGRESS)),
                creation(toDb),
                update(both),
                update(cart("a")));
    }

    @Test
    void aBaselineThatGoesOpensFirstAndIsDeletedLast() {
        NetworkPolicy baseline = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        for (WriteSequence.Order order :
                Styles.of(FOR_ALL, List.of(cart("a", WEB), baseline), List.of()).all()) {
            assertOrder(
                    order,
                    0,
                    update(open(baseline, EVERYTHING, Direction.INGRESS)),
                    deletion(cart("a")),
                    deletion(baseline));
        }
    }

    @Test
    void aDirectionThatIsReleasedOpensBeforeItsPoliciesGo() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy left = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);
        Styles orders = Styles.of(FOR_ALL, List.of(cart("a", WEB), toDb, both), List.of(cart("a", DB), left));

        assertOrder(
                orders.growthFirst(),
                0,
                update(cart("a", DB)),
                update(open(both, EVERYTHING, Direction.EGRESS)),
                deletion(toDb),
                update(left));
        assertOrder(
                orders.throughTheIntersection(),
                1,
                update(cart("a")),
                update(cart("a", DB)),
                update(open(both, EVERYTHING, Direction.EGRESS)),
                deletion(toDb),
                update(left));
    }

    @Test
    void oneDirectionComesBeforeAnotherGoes() {
        NetworkPolicy old = baseline("shop/bulkhead-baseline", Direction.EGRESS);
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.EGRESS, Direction.INGRESS);
        NetworkPolicy left = baseline("shop/bulkhead-baseline", Direction.INGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);
        for (WriteSequence.Order order : Styles.of(FOR_ALL, List.of(toDb, old), List.of(cart("a", WEB), left))
                .all()) {
            assertEquals(
                    List.of(
                            update(open(both, EVERYTHING, Direction.INGRESS)),
                            creation(cart("a", WEB)),
                            update(both),
                            update(open(both, EVERYTHING, Direction.EGRESS)),
                            deletion(toDb),
                            update(left)),
                    order.writes());
        }
    }

    /** As after a plan that was broken off. */
    @Test
    void whatABaselineAllowsAlreadyItAllowsUntilTheBridgeCloses() {
        NetworkPolicy both = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
        NetworkPolicy stillOpen =
                open(baseline("shop/bulkhead-baseline", Direction.INGRESS), EVERYTHING, Direction.INGRESS);
        NetworkPolicy toDb = egress("shop/b", app("cart"), DB);

        assertOrder(
                Styles.of(FOR_ALL, List.of(stillOpen), List.of(toDb, both)).growthFirst(),
                0,
                update(open(both, EVERYTHING, Direction.INGRESS, Direction.EGRESS)),
                creation(toDb),
                update(both));
    }
}
