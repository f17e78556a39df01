package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.world.Direction;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Which namespace is in which segment.
 *
 * @param segments by namespace; one that no segment claims is not listed
 * @param conflicts the names of the segments that claim a namespace with equal right, by namespace
 */
public record Enrolment(
        ImmutableSortedMap<String, Segment> segments,
        ImmutableSortedMap<String, ImmutableSortedSet<String>> conflicts) {

    public Optional<Segment> segment(String namespace) {
        return Optional.ofNullable(segments.get(namespace));
    }

    /** The directions in which pods of the namespace are isolated; empty where nothing is enforced. */
    public ImmutableSet<Direction> enforced(String namespace) {
        return segment(namespace).map(Segment::enforced).orElse(ImmutableSet.of());
    }

    /** The namespaces of a segment; none where there is no such segment. */
    public ImmutableSortedSet<String> members(String segment) {
        return segments.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(segment))
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }
}
