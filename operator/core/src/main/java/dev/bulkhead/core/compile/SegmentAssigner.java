package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Finds the one segment of each namespace: an exact name beats a glob, and among globs the one that spells out more. */
public final class SegmentAssigner {

    /** Names and globs on names, taken apart once for all namespaces. */
    private record Patterns(ImmutableSet<String> names, ImmutableList<Glob> globs) {

        static Patterns of(Collection<String> patterns) {
            return new Patterns(
                    patterns.stream().filter(Glob::isExact).collect(ImmutableSet.toImmutableSet()),
                    patterns.stream()
                            .filter(pattern -> !Glob.isExact(pattern))
                            .map(Glob::parse)
                            .collect(ImmutableList.toImmutableList()));
        }

        /** How much the best glob for the name spells out; absent where none means it. */
        OptionalInt strength(String name) {
            return globs.stream()
                    .filter(glob -> glob.matches(name))
                    .mapToInt(Glob::length)
                    .max();
        }

        boolean match(String name) {
            return names.contains(name) || strength(name).isPresent();
        }
    }

    private record Claimant(DeclaredSegment segment, Patterns claimed, Patterns excepted) {

        static Claimant of(DeclaredSegment segment) {
            return new Claimant(segment, Patterns.of(segment.namespaces()), Patterns.of(segment.except()));
        }
    }

    public Enrolment enrol(Collection<String> namespaces, Declarations declarations) {
        List<Claimant> claimants =
                declarations.segments().values().stream().map(Claimant::of).toList();
        ImmutableListMultimap.Builder<String, Claimant> byName = ImmutableListMultimap.builder();
        claimants.forEach(claimant -> claimant.claimed().names().forEach(name -> byName.put(name, claimant)));
        ImmutableListMultimap<String, Claimant> exact = byName.build();
        ImmutableSortedMap.Builder<String, DeclaredSegment> enrolled = ImmutableSortedMap.naturalOrder();
        ImmutableSortedMap.Builder<String, Enrolment.Conflict> conflicts = ImmutableSortedMap.naturalOrder();
        for (String namespace : namespaces) {
            if (declarations.excluded().contains(namespace)) {
                continue;
            }
            List<DeclaredSegment> winners = exact(namespace, exact.get(namespace));
            if (winners.isEmpty()) {
                winners = strongest(namespace, claimants);
            }
            if (winners.size() == 1) {
                enrolled.put(namespace, winners.get(0));
            } else if (winners.size() > 1) {
                conflicts.put(namespace, Enrolment.Conflict.of(winners));
            }
        }
        return new Enrolment(enrolled.build(), conflicts.build());
    }

    private static List<DeclaredSegment> exact(String namespace, Collection<Claimant> claimants) {
        return claimants.stream()
                .filter(claimant -> !claimant.excepted().match(namespace))
                .map(Claimant::segment)
                .toList();
    }

    private static List<DeclaredSegment> strongest(String namespace, Collection<Claimant> claimants) {
        List<DeclaredSegment> winners = new ArrayList<>();
        int strongest = -1;
        for (Claimant claimant : claimants) {
            int strength = claimant.claimed().strength(namespace).orElse(-1);
            if (strength >= 0 && strength >= strongest && !claimant.excepted().match(namespace)) {
                if (strength > strongest) {
                    winners.clear();
                    strongest = strength;
                }
                winners.add(claimant.segment());
            }
        }
        return winners;
    }

    /** Whether a glob on names means this one. */
    public static boolean matches(String pattern, String name) {
        return Glob.parse(pattern).matches(name);
    }
}
