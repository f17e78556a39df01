package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingWithdrawalsTest {

    private final PendingWithdrawals pending = new PendingWithdrawals();

    @Test
    void aNamespaceIsExpectedUntilItHasSettledWhatWasKnown() {
        pending.expect(List.of("shop", "pay"));
        assertEquals(Set.of("pay", "shop"), pending.namespaces());
        pending.settle("shop", pending.latestWake("shop"));
        assertFalse(pending.isExpected("shop"));
        assertTrue(pending.isExpected("pay"));
        assertEquals(Set.of("pay"), pending.namespaces());
    }

    @Test
    void aPassThatBeganBeforeTheLatestChangeSettlesNothing() {
        pending.expect(List.of("shop"));
        long seen = pending.latestWake("shop");
        pending.expect(List.of("shop"));
        pending.settle("shop", seen);
        assertTrue(pending.isExpected("shop"));
        pending.settle("shop", pending.latestWake("shop"));
        assertFalse(pending.isExpected("shop"));
    }

    @Test
    void aPassThatBeganWhenNothingWasExpectedSettlesNothingThatCameSince() {
        long seen = pending.latestWake("shop");
        pending.expect(List.of("shop"));
        pending.settle("shop", seen);
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void aNamespaceThatIsForgottenIsNotExpected() {
        pending.expect(List.of("shop"));
        pending.forget("shop");
        assertFalse(pending.isExpected("shop"));
        assertEquals(Set.of(), pending.namespaces());
    }
}
