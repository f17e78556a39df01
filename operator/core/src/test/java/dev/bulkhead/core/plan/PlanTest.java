package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.key;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final NetworkPolicy cart = ingress("shop/cart", app("cart"));
    private final NetworkPolicy web = ingress("shop/web", app("web"));

    @Test
    void withoutGrowthItEndsWithItsWithdrawals() {
        assertEquals(
                plan(1, deletion(cart)), plan(1, deletion(cart), creation(web)).withoutGrowth());
    }

    @Test
    void itIsEmptyWithoutWrites() {
        assertEquals(true, plan(0).isEmpty());
        assertEquals(false, plan(0, creation(web)).isEmpty());
    }

    @Test
    void everyWriteNamesItsPolicy() {
        assertEquals(key("shop/web"), new Write.Create(web).key());
        assertEquals(key("shop/web"), new Write.Update(web).key());
        assertEquals(key("shop/web"), new Write.Adopt(web).key());
    }

    private static Plan plan(int withdrawals, Write... writes) {
        return new Plan(
                ImmutableList.copyOf(writes),
                withdrawals,
                ImmutableSortedSet.of(key("shop/theirs")),
                ImmutableSortedMap.of(key("shop/legacy"), "it allows more"),
                ImmutableList.of("a caveat"));
    }
}
