package dev.bulkhead.cluster.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a namespace that takes long to compute rest for as long as that took, so that it has half of a processor at most
 * however often something touches it, and what comes meanwhile is looked at in one go.
 */
final class Pace {

    /** What takes less does not matter. */
    private static final Duration SHORT = Duration.ofMillis(20);

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final Clock clock;
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    Pace(Clock clock) {
        this.clock = clock;
    }

    /** What {@link #computed} is to be told. */
    Instant begin() {
        return clock.instant();
    }

    /** What the namespace should hold was computed, and took since {@code begin}. */
    void computed(String namespace, Instant begin) {
        Instant now = clock.instant();
        Duration took = Duration.between(begin, now);
        if (took.compareTo(SHORT) < 0) {
            resting.remove(namespace);
        } else {
            resting.put(namespace, now.plus(took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST));
        }
    }

    /** How long it should rest still. */
    Optional<Duration> rest(String namespace) {
        Instant end = resting.get(namespace);
        if (end == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), end);
        // The longest, in case that the clock was set back.
        return Optional.of(left.compareTo(LONGEST_REST) < 0 ? left : LONGEST_REST)
                .filter(rest -> !rest.isNegative());
    }
}
