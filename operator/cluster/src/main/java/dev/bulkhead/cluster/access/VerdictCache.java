package dev.bulkhead.cluster.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Verdicts of a short while ago. Refusals have a place of their own: whoever makes tokens up displaces nobody who may. */
final class VerdictCache {

    private static final int MAXIMUM = 128;
    private static final Duration ALLOWED = Duration.ofMinutes(1);
    /** Somebody who was just given the right should not wait for long. */
    private static final Duration REFUSED = Duration.ofSeconds(10);

    private record Remembered(AccessVerdict verdict, Instant until) {}

    private static final class Recent extends LinkedHashMap<String, Remembered> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MAXIMUM;
        }
    }

    private final Clock clock;
    private final Recent allowed = new Recent();
    private final Recent refused = new Recent();

    VerdictCache(Clock clock) {
        this.clock = clock;
    }

    /** @param asking asks anew; what it throws is not remembered */
    AccessVerdict get(String key, Supplier<AccessVerdict> asking) {
        Optional<AccessVerdict> known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        AccessVerdict verdict = asking.get();
        remember(key, verdict);
        return verdict;
    }

    private synchronized Optional<AccessVerdict> known(String key) {
        Remembered remembered = allowed.getOrDefault(key, refused.get(key));
        return Optional.ofNullable(remembered)
                .filter(verdict -> clock.instant().isBefore(verdict.until()))
                .map(Remembered::verdict);
    }

    private synchronized void remember(String key, AccessVerdict verdict) {
        allowed.remove(key);
        refused.remove(key);
        boolean may = verdict == AccessVerdict.ALLOWED;
        (may ? allowed : refused)
                .put(key, new Remembered(verdict, clock.instant().plus(may ? ALLOWED : REFUSED)));
    }
}
