package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Names that belong to a segment, told in such a way that a name can be held against it by somebody who knows no other
 * segment, and whether the namespace is there or not.
 *
 * @param patterns names, which belong to it, and globs, which do unless the name is excepted
 * @param except names and globs
 */
public record SegmentClaim(ImmutableSortedSet<String> patterns, ImmutableSortedSet<String> except) {

    /**
     * Together they mean no name that {@link SegmentAssigner} would not give the segment, be it in dispute. They may mean fewer: a name
     * that a stronger glob of another segment means, but which that segment leaves out, is left out here, too.
     */
    public static ImmutableList<SegmentClaim> of(String segment, Declarations declarations) {
        DeclaredSegment own = declarations.segments().get(segment);
        if (own == null) {
            return ImmutableList.of();
        }
        Map<ImmutableSortedSet<String>, TreeSet<String>> byExceptions = new LinkedHashMap<>();
        for (String pattern : ImmutableSortedSet.copyOf(own.namespaces())) {
            if (!Glob.isExact(pattern)) {
                byExceptions
                        .computeIfAbsent(exceptions(Glob.parse(pattern), own, declarations), none -> new TreeSet<>())
                        .add(pattern);
            } else if (!isAny(own.except(), pattern) && !declarations.excluded().contains(pattern)) {
                byExceptions
                        .computeIfAbsent(ImmutableSortedSet.of(), none -> new TreeSet<>())
                        .add(pattern);
            }
        }
        return byExceptions.entrySet().stream()
                .map(entry -> new SegmentClaim(ImmutableSortedSet.copyOf(entry.getValue()), entry.getKey()))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableSortedSet<String> exceptions(Glob glob, DeclaredSegment own, Declarations declarations) {
        ImmutableSortedSet.Builder<String> exceptions = ImmutableSortedSet.naturalOrder();
        exceptions.addAll(own.except());
        declarations.excluded().stream().filter(glob::matches).forEach(exceptions::add);
        for (DeclaredSegment other : declarations.segments().values()) {
            if (!other.name().equals(own.name())) {
                other.namespaces().stream()
                        .filter(pattern -> Glob.isExact(pattern)
                                ? glob.matches(pattern) && !isAny(other.except(), pattern)
                                : isStronger(Glob.parse(pattern), glob))
                        .forEach(exceptions::add);
            }
        }
        return exceptions.build();
    }

    private static boolean isAny(Collection<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> SegmentAssigner.matches(pattern, name));
    }

    private static boolean isStronger(Glob one, Glob other) {
        return one.length() > other.length() && one.mayMeet(other);
    }

    /** Whether it means the name. */
    public boolean means(String name) {
        return patterns.contains(name) || (isAny(patterns, name) && !isAny(except, name));
    }
}
