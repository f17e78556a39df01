package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts together what was allowed to the same pods in the same direction. */
final class Group {

    /** The pods that one policy is for. */
    record Subject(Direction direction, LabelSelector selector) {}

    /** On which ports a target is allowed, and which intents asked for that. */
    record Grant(Ports ports, ImmutableSortedSet<AccessIntent.Key> intents) {}

    /** What is granted to a target, as long as more may come: thousands of rules may ask for one and the same. */
    private static final class Gathered {

        private final Set<Ports> ports = new LinkedHashSet<>();
        private final SortedSet<AccessIntent.Key> intents = new TreeSet<>();

        private void add(Half half) {
            ports.add(half.ports());
            intents.add(half.intent());
        }

        private Grant grant() {
            return new Grant(Ports.union(ports), ImmutableSortedSet.copyOfSorted(intents));
        }
    }

    ImmutableMap<Subject, ImmutableMap<Half.Target, Grant>> group(Collection<Half> halves) {
        Map<Subject, Map<Half.Target, Gathered>> groups = new LinkedHashMap<>();
        for (Half half : halves) {
            groups.computeIfAbsent(new Subject(half.direction(), half.subject()), key -> new LinkedHashMap<>())
                    .computeIfAbsent(half.target(), key -> new Gathered())
                    .add(half);
        }
        ImmutableMap.Builder<Subject, ImmutableMap<Half.Target, Grant>> grouped = ImmutableMap.builder();
        groups.forEach((subject, targets) ->
                grouped.put(subject, ImmutableMap.copyOf(Maps.transformValues(targets, Gathered::grant))));
        return grouped.buildOrThrow();
    }
}
