package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.coming;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.going;
import static dev.bulkhead.core.plan.Policies.ingress;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgesTest {

    @Test
    void withoutABaselineThereIsNone() {
        assertEquals(
                List.of(Optional.empty()),
                new Bridges(List.of(), List.of(), Map.of())
                        .kinds().stream()
                                .map(kind -> kind.coming().apply("shop"))
                                .toList());
    }

    @Test
    void theFirstIsForAllPodsAndTheLastForNone() {
        assertEquals(Optional.of(EVERYTHING), bridge(0));
        assertEquals(Optional.empty(), bridge(2));
    }

    @Test
    void theSecondIsForThePodsThatNoPolicySelects() {
        assertEquals(Optional.of(EVERYTHING), bridge(1));
        assertEquals(
                Optional.of(EVERYTHING.and("app", Requirement.notIn(List.of("db", "cart")))),
                bridge(1, ingress("shop/db", app("db")), ingress("shop/cart", app("cart"))));
    }

    @Test
    void policiesOfOtherNamespacesDoNotNarrowIt() {
        assertEquals(Optional.of(EVERYTHING), bridge(1, ingress("pay/db", app("db"))));
    }

    @Test
    void whereAPolicySelectsAllPodsThereIsNone() {
        assertEquals(Optional.empty(), bridge(1, ingress("shop/all", EVERYTHING)));
    }

    @Test
    void aRequirementWhoseOppositeCannotBeSaidIsPassedOver() {
        LabelSelector presentButNotCart =
                EVERYTHING.and("app", Requirement.exists()).and("app", Requirement.notIn(List.of("cart")));

        assertEquals(
                Optional.of(EVERYTHING.and("tier", Requirement.notIn(List.of("front")))),
                bridge(1, ingress("shop/front", presentButNotCart.and(LabelSelector.label("tier", "front")))));
        assertEquals(Optional.empty(), bridge(1, ingress("shop/others", presentButNotCart)));
    }

    @Test
    void aPolicyForAnotherDirectionIsolatesNobodyInThisOne() {
        assertEquals(Optional.of(EVERYTHING), bridge(1, egress("shop/db", app("db"))));
    }

    @Test
    void whileADirectionIsReleasedThoseAreLeftOutThatStayIsolated() {
        NetworkPolicy stays = ingress("shop/db", app("db"));
        NetworkPolicy goes = ingress("shop/cart", app("cart"));
        Bridge bridge = new Bridges(
                        List.of(stays, goes),
                        List.of(stays),
                        Map.of("shop", going(baseline("shop/bulkhead-baseline", Direction.INGRESS))))
                .safe();

        assertEquals(
                Optional.of(EVERYTHING.and("app", Requirement.notIn(List.of("db")))),
                bridge.going().apply("shop"));
    }

    private static Optional<LabelSelector> bridge(int kind, NetworkPolicy... before) {
        PolicyChange baseline = coming(baseline("shop/bulkhead-baseline", Direction.INGRESS));
        return new Bridges(List.of(before), List.of(before), Map.of("shop", baseline))
                .kinds()
                .get(kind)
                .coming()
                .apply("shop");
    }
}
