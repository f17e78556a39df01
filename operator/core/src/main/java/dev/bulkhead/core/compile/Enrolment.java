package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Which namespace is in which segment.
 *
 * @param segments by namespace; one that no segment claims is not listed
 * @param conflicts the claims with equal right to a namespace, by namespace
 */
public record Enrolment(
        ImmutableSortedMap<String, DeclaredSegment> segments, ImmutableSortedMap<String, Conflict> conflicts) {

    /**
     * A claim to one namespace by several segments.
     *
     * @param segments their names
     * @param closed the directions in which the namespace is closed where nothing isolates it yet: those that any of them
     *     enforces; none where one of them only observes, since what it observes must not be cut off by a mistake
     */
    public record Conflict(ImmutableSortedSet<String> segments, ImmutableSet<Direction> closed) {

        static Conflict of(Collection<DeclaredSegment> segments) {
            boolean observed =
                    segments.stream().anyMatch(segment -> segment.enforced().isEmpty());
            return new Conflict(
                    segments.stream()
                            .map(DeclaredSegment::name)
                            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())),
                    observed
                            ? ImmutableSet.of()
                            : segments.stream()
                                    .flatMap(segment -> segment.enforced().stream())
                                    .collect(ImmutableSet.toImmutableSet()));
        }
    }

    public Optional<DeclaredSegment> segment(String namespace) {
        return Optional.ofNullable(segments.get(namespace));
    }

    /** The directions in which pods of the namespace are isolated; empty where nothing is enforced. */
    public ImmutableSet<Direction> enforced(String namespace) {
        return segment(namespace).map(DeclaredSegment::enforced).orElse(ImmutableSet.of());
    }

    /** The namespaces of a segment; none where there is no such segment. */
    public ImmutableSortedSet<String> members(String segment) {
        return segments.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(segment))
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
}
