package dev.bulkhead.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another process. */
public final class Await {

    private static final long INTERVAL_MILLIS = 50;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @throws IllegalStateException if it does not come to hold within the limit
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!within(limit, condition)) {
            throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain: " + what);
        }
    }

    /** Whether the condition comes to hold within the limit; returns as soon as it does. */
    static boolean within(Duration limit, BooleanSupplier condition) {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
        return true;
    }
}
