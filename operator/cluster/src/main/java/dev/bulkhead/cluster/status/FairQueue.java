package dev.bulkhead.cluster.status;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
    record Report(String namespace, Object subject, Runnable sending, int attempts, long notBefore) {}

    private static final class Turns {

        private final Map<Object, Report> waiting = new LinkedHashMap<>();
        private long heldSince;
        private boolean held;
    }

    private record Subject(String namespace, Object subject) {

        static Subject of(Report report) {
            return new Subject(report.namespace(), report.subject());
        }
    }

    private final Predicate<String> busy;
    private final long longestHold;
    /** Those with reports whose time has come. */
    private final Map<String, Turns> namespaces = new LinkedHashMap<>();

    /** Those that have failed and whose time has not come, the earliest first. */
    private final PriorityQueue<Report> failed =
            new PriorityQueue<>((one, other) -> Long.signum(one.notBefore() - other.notBefore()));

    /** The same by subject; what is in the queue alone was superseded meanwhile. */
    private final Map<Subject, Report> failedOf = new HashMap<>();

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
        failedOf.remove(Subject.of(report));
        add(report);
    }

    private void add(Report report) {
        namespaces
                .computeIfAbsent(report.namespace(), unknown -> new Turns())
                .waiting
                .put(report.subject(), report);
    }

    /** Queues a failed report for its next attempt, unless a newer one for the same subject is already waiting. */
    void putBack(Report report) {
        Turns turns = namespaces.get(report.namespace());
        if (turns == null || !turns.waiting.containsKey(report.subject())) {
            failedOf.put(Subject.of(report), report);
            failed.add(report);
        }
    }

    boolean isEmpty() {
        return namespaces.isEmpty() && failedOf.isEmpty();
    }

    /** The next whose time has come; its namespace has its next turn after all others. */
    Optional<Report> next(long now) {
        retryDue(now);
        // Few can be held: no more than there are threads that write policies, and the cluster's own.
        Optional<Report> next = namespaces.entrySet().stream()
                .filter(entry -> !isHeld(entry.getKey(), entry.getValue(), now))
                .findFirst()
                .map(entry -> entry.getValue().waiting.values().iterator().next());
        next.ifPresent(this::take);
        return next;
    }

    /** Until there may be a next one, in nanoseconds; empty if that takes a report that is yet to come. */
    OptionalLong untilNext(long now) {
        LongStream held =
                namespaces.values().stream().mapToLong(turns -> turns.held ? turns.heldSince + longestHold - now : 0);
        LongStream due = Stream.ofNullable(earliestFailed()).mapToLong(report -> report.notBefore() - now);
        return LongStream.concat(held, due).map(left -> Math.max(0, left)).min();
    }

    /** Whether one waits for nothing but the policies of its namespace. */
    boolean isHolding() {
        return !namespaces.isEmpty();
    }

    private Report earliestFailed() {
        Report earliest = failed.peek();
        while (earliest != null && !earliest.equals(failedOf.get(Subject.of(earliest)))) {
            failed.remove();
            earliest = failed.peek();
        }
        return earliest;
    }

    private void retryDue(long now) {
        Report earliest = earliestFailed();
        while (earliest != null && earliest.notBefore() - now <= 0) {
            failed.remove();
            failedOf.remove(Subject.of(earliest));
            add(earliest);
            earliest = earliestFailed();
        }
    }

    private void take(Report report) {
        Turns turns = namespaces.remove(report.namespace());
        turns.held = false;
        turns.waiting.remove(report.subject());
        if (!turns.waiting.isEmpty()) {
            namespaces.put(report.namespace(), turns);
        }
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
