package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Optional;

/** The orders of one transition in a small shop, by their style and as they are tried. */
record Styles(
        WriteSequence.Order growthFirst,
        WriteSequence.Order throughTheUnion,
        WriteSequence.Order lossFirst,
        WriteSequence.Order throughTheIntersection) {

    static final Optional<LabelSelector> NO_BRIDGE = Optional.empty();

    private static final World WORLD =
            world(namespace("pay", pod("web")), namespace("shop", pod("web"), pod("cart"), pod("db")));

    /** @param bridged whom the bridge is for */
    static Styles of(Optional<LabelSelector> bridged, List<NetworkPolicy> before, List<NetworkPolicy> after) {
        List<WriteSequence.Order> orders =
                orders(before, after).under(Bridge.of(bridged)).toList();
        return new Styles(orders.get(0), orders.get(1), orders.get(2), orders.get(3));
    }

    /** Whatever is called {@code bulkhead-baseline} is one. */
    static WriteOrders orders(List<NetworkPolicy> before, List<NetworkPolicy> after) {
        Transition transition = Policies.transition(WORLD, before, after);
        return new WriteOrders(
                transition,
                Proof.of(transition, Witnesses.of(WORLD, transition.policies())).overlap(100_000));
    }

    ImmutableList<WriteSequence.Order> all() {
        return ImmutableList.of(growthFirst, throughTheUnion, lossFirst, throughTheIntersection);
    }

    static void assertOrder(WriteSequence.Order order, int withdrawals, Write... writes) {
        assertEquals(new WriteSequence.Order(ImmutableList.copyOf(writes), withdrawals), order);
    }
}
