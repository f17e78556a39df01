package dev.bulkhead.cluster.inventory;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How much memory what is kept of one namespace takes, and which of its objects there is no room for. They are called by kind and
 * name, as in {@code Pod web-1}.
 */
final class NamespaceMemory {

    private final long limit;
    private final SortedSet<String> leftOut = new TreeSet<>();
    private long used;
    private boolean freed;

    /** @param limit in bytes, as {@link MemoryWeights} count them */
    NamespaceMemory(long limit) {
        this.limit = limit;
    }

    /**
     * The object is there, or gone, and takes so much now.
     *
     * @param before what it took so far
     * @return the object if there is room for it; empty where it is left out, or gone
     */
    <T> Optional<T> keep(String object, Optional<T> seen, long before, ToLongFunction<T> weight) {
        long change = seen.map(weight::applyAsLong).orElse(0L) - before;
        if (!hasRoom(change)) {
            add(-before);
            leftOut.add(object);
            return Optional.empty();
        }
        add(change);
        leftOut.remove(object);
        return seen;
    }

    /** @param change by how much more is kept, or less */
    boolean hasRoom(long change) {
        return change <= 0 || used + change <= limit;
    }

    private void add(long change) {
        used += change;
        freed |= change < 0 && !leftOut.isEmpty();
    }

    /** It is there, and what it contains is not known, or not kept. */
    void leaveOut(String object) {
        leftOut.add(object);
    }

    /** One of those that are left out, and how many there are; empty where everything is known. */
    Optional<String> leftOut() {
        if (leftOut.isEmpty()) {
            return Optional.empty();
        }
        int others = leftOut.size() - 1;
        return Optional.of(leftOut.first() + (others == 0 ? "" : " and " + others + " more"));
    }

    /** The kinds of which something is left out though something else has gone since; each time is told once. */
    Set<String> kindsWithRoom() {
        if (!freed) {
            return Set.of();
        }
        freed = false;
        return leftOut.stream()
                .map(object -> object.substring(0, object.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
