package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a namespace that takes long to compute rest for as long as that took, so that it has half of a processor at most
 * however often something touches it, and what comes meanwhile is looked at in one go.
 */
final class Pace {

    /** What takes less does not matter. */
    private static final long SHORT = Duration.ofMillis(20).toNanos();

    private static final long LONGEST_REST = Duration.ofSeconds(2).toNanos();

    private final Ticker ticker;
    /** Until when each rests. */
    private final Map<String, Long> resting = new ConcurrentHashMap<>();

    Pace(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What {@link #computed} is to be told. */
    long begin() {
        return ticker.read();
    }

    /** What the namespace should hold was computed, and took since {@code begin}. */
    void computed(String namespace, long begin) {
        long now = ticker.read();
        long took = now - begin;
        if (took < SHORT) {
            resting.remove(namespace);
        } else {
            resting.put(namespace, now + Math.min(took, LONGEST_REST));
        }
    }

    /** How long it should rest still. */
    Optional<Duration> rest(String namespace) {
        return Optional.ofNullable(resting.get(namespace))
                .map(end -> Duration.ofNanos(end - ticker.read()))
                .filter(rest -> !rest.isNegative());
    }

    void forget(String namespace) {
        resting.remove(namespace);
    }
}
