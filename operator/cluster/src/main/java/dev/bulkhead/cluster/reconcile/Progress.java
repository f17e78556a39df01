package dev.bulkhead.cluster.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is being worked on, and since when. */
public final class Progress {

    private final Clock clock;
    private final Map<String, Instant> running = new ConcurrentHashMap<>();

    public Progress(Clock clock) {
        this.clock = clock;
    }

    void begin(String namespace) {
        running.put(namespace, clock.instant());
    }

    void end(String namespace) {
        running.remove(namespace);
    }

    /** Whether anything is being worked on. */
    public boolean isBusy() {
        return !running.isEmpty();
    }

    /** Whether something has not come to an end for so long. */
    public boolean isStuck(Duration limit) {
        Instant begin = clock.instant().minus(limit);
        return running.values().stream().anyMatch(started -> started.isBefore(begin));
    }
}
