package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.change;
import static dev.bulkhead.core.plan.Policies.coming;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.going;
import static dev.bulkhead.core.plan.Policies.ingress;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {

    private final NetworkPolicy one = ingress("shop/cart", app("cart"), anybody(HTTP));
    private final NetworkPolicy both = ingress("shop/cart", app("cart"), anybody(HTTP), anybody(HTTPS));
    private final NetworkPolicy other = ingress("shop/cart", app("cart"), anybody(HTTPS));
    private final NetworkPolicy otherPods = ingress("shop/cart", app("web"), anybody(HTTP));
    private final NetworkPolicy otherDirection = egress("shop/cart", app("cart"), anybody(HTTP));

    @Test
    void whatComesGrowsAndIsCreated() {
        assertIs(coming(one), /* grows= */ true, /* shrinks= */ false, /* reshaped= */ false);
        assertEquals(new Write.Create(one), coming(one).write());
    }

    @Test
    void whatGoesShrinksAndIsDeleted() {
        assertIs(going(one), /* grows= */ false, /* shrinks= */ true, /* reshaped= */ false);
        assertEquals(new Write.Delete(one.key()), going(one).write());
    }

    @Test
    void whatAllowsMoreGrowsAndWhatAllowsLessShrinks() {
        assertIs(change(one, both), /* grows= */ true, /* shrinks= */ false, /* reshaped= */ false);
        assertIs(change(both, one), /* grows= */ false, /* shrinks= */ true, /* reshaped= */ false);
        assertIs(change(one, other), /* grows= */ true, /* shrinks= */ true, /* reshaped= */ false);
        assertEquals(new Write.Update(both), change(one, both).write());
    }

    @Test
    void whatSaysTheSameNeitherGrowsNorShrinks() {
        NetworkPolicy otherOrder = ingress("shop/cart", app("cart"), anybody(HTTPS), anybody(HTTP));

        assertIs(change(both, otherOrder), /* grows= */ false, /* shrinks= */ false, /* reshaped= */ false);
    }

    @Test
    void whatSelectsOtherPodsOrGovernsAnotherDirectionIsReshaped() {
        assertIs(change(one, otherPods), /* grows= */ true, /* shrinks= */ true, /* reshaped= */ true);
        assertIs(change(one, otherDirection), /* grows= */ true, /* shrinks= */ true, /* reshaped= */ true);
    }

    @Test
    void itsDirectionsAreThoseOfBeforeAndThoseOfAfter() {
        assertEquals(ImmutableSet.of(Direction.INGRESS), going(one).directions());
        assertEquals(ImmutableSet.of(Direction.EGRESS), coming(otherDirection).directions());
        assertEquals(
                ImmutableSet.of(Direction.INGRESS, Direction.EGRESS),
                change(one, otherDirection).directions());
    }

    @Test
    void whatComesToSelectOtherPodsGovernsAllItsDirectionsAnewAndGivesUpNone() {
        assertEquals(ImmutableSet.of(Direction.INGRESS), change(one, otherPods).gained());
        assertEquals(ImmutableSet.of(), change(one, otherPods).lost());
        assertEquals(
                ImmutableSet.of(Direction.EGRESS), change(one, otherDirection).gained());
        assertEquals(
                ImmutableSet.of(Direction.INGRESS), change(one, otherDirection).lost());
        assertEquals(ImmutableSet.of(), change(one, both).gained());
    }

    private static void assertIs(PolicyChange change, boolean grows, boolean shrinks, boolean reshaped) {
        assertEquals(grows, change.grows());
        assertEquals(shrinks, change.shrinks());
        assertEquals(reshaped, change.isReshaped());
    }
}
