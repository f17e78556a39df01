package dev.bulkhead.cluster.audit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Which namespace is looked at next. One that takes long rests for ten times as long before it is looked at again, and others go
 * on meanwhile. A change in one namespace may matter to others: these are looked at one by one after it, for a tenth of the time.
 * Times are in nanoseconds, on a clock that does not go back. Not thread-safe.
 */
final class AuditSchedule {

    /** Changes come in bursts. */
    static final long SETTLING = 200_000_000;

    private static final long REST_PER_WORK = 10;

    /** Of a namespace that waits or is being looked at. */
    private static final class Turn {

        private final String namespace;
        private boolean other;
        private long from;
        private long order;
        private long worked;
        private boolean begun;
        private boolean changedMeanwhile;

        /** @param other whether it has not changed itself, and those after it wait for it */
        private Turn(String namespace, boolean other, long from) {
            this.namespace = namespace;
            this.other = other;
            this.from = from;
        }
    }

    private final Map<String, Turn> turns = new HashMap<>();
    private final PriorityQueue<Turn> waiting = new PriorityQueue<>(
            Comparator.<Turn>comparingLong(turn -> turn.from).thenComparingLong(turn -> turn.order));
    private final Map<String, Long> restsUntil = new HashMap<>();
    private final Deque<String> others = new ArrayDeque<>();
    private boolean othersDue = true;
    private boolean otherBegun;
    private long othersFrom = Long.MIN_VALUE;
    private long order;

    void changed(String namespace, long now) {
        othersDue = true;
        Turn turn = turns.get(namespace);
        if (turn == null) {
            add(new Turn(namespace, /* other= */ false, earliest(namespace, now + SETTLING)));
        } else if (turn.begun) {
            turn.changedMeanwhile = true;
        }
    }

    /** Whether something has changed since {@link #others} was called, and those of then have had their turn. */
    boolean asksForOthers() {
        return othersDue && others.isEmpty();
    }

    /** These may be concerned by changes elsewhere. */
    void others(Collection<String> namespaces) {
        othersDue = false;
        others.addAll(namespaces);
    }

    /** Begins or goes on with a namespace, if the time of any has come. */
    Optional<String> next(long now) {
        if (!otherBegun && now >= othersFrom) {
            addOther(now);
        }
        Turn first = waiting.peek();
        if (first == null || first.from > now) {
            return Optional.empty();
        }
        waiting.remove();
        first.begun = true;
        return Optional.of(first.namespace);
    }

    private void addOther(long now) {
        while (!others.isEmpty() && !otherBegun) {
            String other = others.remove();
            if (!turns.containsKey(other)) {
                add(new Turn(other, /* other= */ true, earliest(other, now)));
                otherBegun = true;
            }
        }
    }

    /** It is not at its end, and goes on after those that wait. */
    void interrupted(String namespace, long worked, long now) {
        Turn turn = turns.get(namespace);
        turn.worked += worked;
        turn.from = now;
        letOthersGoOn(turn, now);
        enqueue(turn);
    }

    void done(String namespace, long worked, long now) {
        Turn turn = turns.remove(namespace);
        turn.worked += worked;
        letOthersGoOn(turn, now);
        restsUntil.values().removeIf(until -> until <= now);
        restsUntil.put(namespace, now + REST_PER_WORK * turn.worked);
        if (turn.changedMeanwhile) {
            changed(namespace, now);
        }
    }

    private void letOthersGoOn(Turn turn, long now) {
        if (turn.other) {
            turn.other = false;
            otherBegun = false;
            othersFrom = now + REST_PER_WORK * turn.worked;
        }
    }

    /** How long until there may be a turn; empty where nothing waits. */
    OptionalLong untilNext(long now) {
        long first = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().from;
        long next = others.isEmpty() || otherBegun ? first : Math.min(first, othersFrom);
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next <= now ? 0 : next - now);
    }

    private long earliest(String namespace, long from) {
        return Math.max(from, restsUntil.getOrDefault(namespace, Long.MIN_VALUE));
    }

    private void add(Turn turn) {
        turns.put(turn.namespace, turn);
        enqueue(turn);
    }

    private void enqueue(Turn turn) {
        turn.order = order++;
        waiting.add(turn);
    }
}
