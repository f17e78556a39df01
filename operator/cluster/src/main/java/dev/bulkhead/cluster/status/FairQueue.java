package dev.bulkhead.cluster.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reports by namespace, of which the latest for each subject wins. Namespaces take turns, one report each, so that one
 * with thousands is late with its own alone; and one whose policies are being written lets them go first, for a while.
 * For one thread at a time.
 */
final class FairQueue {

    /** The namespace of what belongs to none. */
    static final String CLUSTER = "";

    /**
     * @param attempts how often it has failed
     * @param notBefore on the clock of {@link System#nanoTime()}, for one that has failed
     */
    record Report(String namespace, Object subject, Runnable sending, int attempts, long notBefore) {

        private boolean isDue(long now) {
            return attempts == 0 || notBefore - now <= 0;
        }
    }

    private static final class Turns {

        private final Map<Object, Report> waiting = new LinkedHashMap<>();
        private long heldSince;
        private boolean held;
    }

    private final Predicate<String> busy;
    private final long longestHold;
    private final Map<String, Turns> namespaces = new LinkedHashMap<>();

    /**
     * @param busy whether policies are being written in a namespace now; in any, if it is {@link #CLUSTER}
     * @param longestHold how long reports wait for policies, in nanoseconds
     */
    FairQueue(Predicate<String> busy, long longestHold) {
        this.busy = busy;
        this.longestHold = longestHold;
    }

    /** Takes the place of one that waits about the same subject. */
    void put(Report report) {
        turns(report).waiting.put(report.subject(), report);
    }

    /** Unless another waits about the same subject, which knows better. */
    void putBack(Report report) {
        turns(report).waiting.putIfAbsent(report.subject(), report);
    }

    private Turns turns(Report report) {
        return namespaces.computeIfAbsent(report.namespace(), unknown -> new Turns());
    }

    boolean isEmpty() {
        return namespaces.isEmpty();
    }

    /** The next whose time has come; its namespace has its next turn after all others. */
    Optional<Report> next(long now) {
        Optional<Report> next = namespaces.entrySet().stream()
                .flatMap(
                        entry -> due(entry.getValue(), now)
                                .filter(report -> !isHeld(entry.getKey(), entry.getValue(), now))
                                .stream())
                .findFirst();
        next.ifPresent(this::take);
        return next;
    }

    private void take(Report report) {
        Turns turns = namespaces.remove(report.namespace());
        turns.held = false;
        turns.waiting.remove(report.subject());
        if (!turns.waiting.isEmpty()) {
            namespaces.put(report.namespace(), turns);
        }
    }

    private static Optional<Report> due(Turns turns, long now) {
        return turns.waiting.values().stream()
                .filter(report -> report.isDue(now))
                .findFirst();
    }

    private boolean isHeld(String namespace, Turns turns, long now) {
        if (!busy.test(namespace)) {
            return false;
        }
        if (!turns.held) {
            turns.held = true;
            turns.heldSince = now;
        }
        return now - turns.heldSince < longestHold;
    }
}
