package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.intent.DeclaredIntent;
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
final class GrantsBySubject {

    /** The pods that one policy is for. */
    record Subject(Direction direction, LabelSelector selector) {}

    /** On which ports a target is allowed, and which intents asked for that. */
    record Combined(Ports ports, ImmutableSortedSet<DeclaredIntent.Key> intents) {}

    /** What is granted to a target, as long as more may come: thousands of rules may ask for one and the same. */
    private static final class Gathered {

        private final Set<Ports> ports = new LinkedHashSet<>();
        private final SortedSet<DeclaredIntent.Key> intents = new TreeSet<>();

        private void add(Grant grant) {
            ports.add(grant.ports());
            intents.add(grant.intent());
        }

        private Combined combined() {
            return new Combined(Ports.union(ports), ImmutableSortedSet.copyOfSorted(intents));
        }
    }

    ImmutableMap<Subject, ImmutableMap<Grant.Target, Combined>> group(Collection<Grant> grants) {
        Map<Subject, Map<Grant.Target, Gathered>> groups = new LinkedHashMap<>();
        for (Grant grant : grants) {
            groups.computeIfAbsent(new Subject(grant.direction(), grant.subject()), key -> new LinkedHashMap<>())
                    .computeIfAbsent(grant.target(), key -> new Gathered())
                    .add(grant);
        }
        ImmutableMap.Builder<Subject, ImmutableMap<Grant.Target, Combined>> grouped = ImmutableMap.builder();
        groups.forEach((subject, targets) ->
                grouped.put(subject, ImmutableMap.copyOf(Maps.transformValues(targets, Gathered::combined))));
        return grouped.buildOrThrow();
    }
}
