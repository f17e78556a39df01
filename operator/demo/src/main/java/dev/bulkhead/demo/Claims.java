package dev.bulkhead.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks into what the story claims, for a while, since a cluster needs a moment to get there. */
final class Claims {

    private static final Duration INTERVAL = Duration.ofMillis(40);

    private final Narrator narrator;
    private final Duration limit;
    private int held;

    Claims(Narrator narrator, Duration limit) {
        this.narrator = narrator;
        this.limit = limit;
    }

    /** How many held so far. */
    int held() {
        return held;
    }

    /**
     * Tells whether the claim holds, as soon as it does.
     *
     * @param inquiry what is asked again and again
     * @throws ClaimFailedException if it never comes to hold within the limit
     */
    void that(String claim, Supplier<ClaimFinding> inquiry) {
        long end = System.nanoTime() + limit.toNanos();
        ClaimFinding finding = inquiry.get();
        while (!finding.holds() && System.nanoTime() < end) {
            pause(INTERVAL);
            finding = inquiry.get();
        }
        narrator.claim(finding.holds(), claim, finding.detail());
        if (!finding.holds()) {
            throw new ClaimFailedException(claim);
        }
        held++;
    }

    /** Lets time pass, where the claim will be that nothing happened in it. */
    void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of the story", e);
        }
    }
}
