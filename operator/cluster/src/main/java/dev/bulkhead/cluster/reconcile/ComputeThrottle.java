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
final class ComputeThrottle {

    /** What takes less does not matter. */
    private static final long SHORT = Duration.ofMillis(20).toNanos();

    private static final long LONGEST_REST = Duration.ofSeconds(2).toNanos();

    /**
     * @param end until when it rests
     * @param wake the last that had come then
     */
    private record Rest(long end, long wake) {}

    private final Ticker ticker;
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();

    ComputeThrottle(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What {@link #computed} is to be told. */
    long begin() {
        return ticker.read();
    }

    /**
     * What the namespace should hold was computed, and took since {@code begin}.
     *
     * @param wake the last withdrawal that it was woken for by then
     */
    void computed(String namespace, long begin, long wake) {
        long now = ticker.read();
        long took = now - begin;
        if (took < SHORT) {
            resting.remove(namespace);
        } else {
            resting.put(namespace, new Rest(now + Math.min(took, LONGEST_REST), wake));
        }
    }

    /**
     * How long it should rest still. It should not where it may have something to withdraw that it has not seen yet.
     *
     * @param wake the last withdrawal that it was woken for
     */
    Optional<Duration> rest(String namespace, long wake) {
        return Optional.ofNullable(resting.get(namespace))
                .filter(rest -> wake <= rest.wake())
                .map(rest -> Duration.ofNanos(rest.end() - ticker.read()))
                .filter(rest -> !rest.isNegative() && !rest.isZero());
    }

    void forget(String namespace) {
        resting.remove(namespace);
    }
}
