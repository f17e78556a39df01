package dev.bulkhead.cluster.inventory;

import java.util.List;

/** Withdrawals that a test expects, without an inventory. */
public final class Expected {

    private Expected() {}

    public static PendingWithdrawals of(String... namespaces) {
        PendingWithdrawals pending = new PendingWithdrawals();
        pending.expect(List.of(namespaces));
        return pending;
    }

    public static void expect(PendingWithdrawals pending, String... namespaces) {
        pending.expect(List.of(namespaces));
    }
}
