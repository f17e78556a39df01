package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the one segment of each namespace: an exact name beats a glob, and among globs the one that spells out more. */
public final class Enrol {

    private static final int EXACT = Integer.MAX_VALUE;

    private record Claim(Segment segment, int strength) {}

    public Enrolment enrol(Collection<String> namespaces, Declarations declarations) {
        ImmutableSortedMap.Builder<String, Segment> enrolled = ImmutableSortedMap.naturalOrder();
        ImmutableSortedMap.Builder<String, ImmutableSortedSet<String>> conflicts = ImmutableSortedMap.naturalOrder();
        for (String namespace : namespaces) {
            if (declarations.excluded().contains(namespace)) {
                continue;
            }
            List<Segment> winners = winners(namespace, declarations.segments().values());
            if (winners.size() == 1) {
                enrolled.put(namespace, winners.get(0));
            } else if (winners.size() > 1) {
                conflicts.put(
                        namespace,
                        winners.stream()
                                .map(Segment::name)
                                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())));
            }
        }
        return new Enrolment(enrolled.build(), conflicts.build());
    }

    private static List<Segment> winners(String namespace, Collection<Segment> segments) {
        List<Claim> claims = new ArrayList<>();
        for (Segment segment : segments) {
            if (strength(namespace, segment.except()).isEmpty()) {
                strength(namespace, segment.namespaces()).ifPresent(s -> claims.add(new Claim(segment, s)));
            }
        }
        int strongest = claims.stream().mapToInt(Claim::strength).max().orElse(0);
        return claims.stream()
                .filter(claim -> claim.strength() == strongest)
                .map(Claim::segment)
                .toList();
    }

    private static Optional<Integer> strength(String namespace, List<String> patterns) {
        return patterns.stream()
                .filter(pattern -> matches(pattern, namespace))
                .map(pattern -> pattern.indexOf('*') < 0
                        ? EXACT
                        : pattern.replace("*", "").length())
                .max(Comparator.naturalOrder());
    }

    /** Whether a glob on names means this one. Greedy from the left; linear for each star, so that no pattern of a bounded length can be made slow. */
    public static boolean matches(String pattern, String name) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(name);
        }
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (name.length() < first.length() + last.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = name.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int at = name.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > end) {
                return false;
            }
            from = at + parts[i].length();
        }
        return true;
    }
}
