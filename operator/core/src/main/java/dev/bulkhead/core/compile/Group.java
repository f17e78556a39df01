package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts together what was allowed to the same pods in the same direction. */
final class Group {

    /** The pods that one policy is for. */
    record Subject(Direction direction, LabelSelector selector) {}

    /** On which ports a target is allowed, and which intents asked for that. */
    record Grant(Ports ports, ImmutableSortedSet<AccessIntent.Key> intents) {
        private Grant and(Grant other) {
            return new Grant(
                    ports.union(other.ports),
                    ImmutableSortedSet.<AccessIntent.Key>naturalOrder()
                            .addAll(intents)
                            .addAll(other.intents)
                            .build());
        }
    }

    ImmutableMap<Subject, ImmutableMap<Half.Target, Grant>> group(Collection<Half> halves) {
        Map<Subject, Map<Half.Target, Grant>> groups = new LinkedHashMap<>();
        for (Half half : halves) {
            groups.computeIfAbsent(new Subject(half.direction(), half.subject()), key -> new LinkedHashMap<>())
                    .merge(half.target(), new Grant(half.ports(), ImmutableSortedSet.of(half.intent())), Grant::and);
        }
        ImmutableMap.Builder<Subject, ImmutableMap<Half.Target, Grant>> grouped = ImmutableMap.builder();
        groups.forEach((subject, grants) -> grouped.put(subject, ImmutableMap.copyOf(grants)));
        return grouped.buildOrThrow();
    }
}
