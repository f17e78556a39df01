package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which namespaces are being worked on, and when each of them last made progress. */
public final class Progress {

    private final Ticker ticker;
    private final Map<String, Long> running = new ConcurrentHashMap<>();

    public Progress(Ticker ticker) {
        this.ticker = ticker;
    }

    void begin(String namespace) {
        running.put(namespace, ticker.read());
    }

    /** What is being done there takes long and makes progress. */
    void goesOn(String namespace) {
        running.replace(namespace, ticker.read());
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

    /** Whether something has made no progress for longer than this. */
    public boolean isStuck(Duration limit) {
        long now = ticker.read();
        return running.values().stream().anyMatch(started -> now - started > limit.toNanos());
    }
}
