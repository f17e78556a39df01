package dev.bulkhead.cluster.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is being worked on, and when it last got on. */
public final class Progress {

    private final Clock clock;
    private final Map<String, Instant> running = new ConcurrentHashMap<>();

    public Progress(Clock clock) {
        this.clock = clock;
    }

    void begin(String namespace) {
        running.put(namespace, clock.instant());
    }

    /** What is being done there takes long and gets on. */
    void goesOn(String namespace) {
        running.replace(namespace, clock.instant());
    }

    void end(String namespace) {
        running.remove(namespace);
    }

    /** Whether the namespace is being worked on; or any, if it is the empty name. */
    public boolean isBusy(String namespace) {
        return namespace.isEmpty() ? !running.isEmpty() : running.containsKey(namespace);
    }

    /** How many namespaces are being worked on. */
    public int running() {
        return running.size();
    }

    /** Whether something has not come to an end for so long. */
    public boolean isStuck(Duration limit) {
        Instant begin = clock.instant().minus(limit);
        return running.values().stream().anyMatch(started -> started.isBefore(begin));
    }
}
