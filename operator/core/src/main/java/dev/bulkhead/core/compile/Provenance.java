package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says on a policy which intents stand behind it, and behind which rule where there are several. */
final class Provenance {

    /** Names listed at most in one place; annotations of an object share 256 KiB. */
    private static final int MAXIMUM_NAMES = 100;

    static ImmutableSortedMap<String, String> annotations(
            String namespace, Direction direction, List<Set<AccessIntent.Key>> rules) {
        Set<AccessIntent.Key> all = new TreeSet<>();
        rules.forEach(all::addAll);
        ImmutableSortedMap.Builder<String, String> annotations = ImmutableSortedMap.naturalOrder();
        annotations.put(Marker.INTENTS, names(namespace, all));
        if (all.size() > 1) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                String place = (direction == Direction.EGRESS ? "egress[" : "ingress[") + i + "]";
                lines.add(place + "=" + names(namespace, rules.get(i)));
            }
            annotations.put(Marker.PROVENANCE, String.join("; ", lines));
        }
        return annotations.build();
    }

    private static String names(String namespace, Collection<AccessIntent.Key> intents) {
        String listed = intents.stream()
                .limit(MAXIMUM_NAMES)
                .map(key -> key.namespace().equals(namespace) ? key.name() : key.toString())
                .collect(Collectors.joining(","));
        int more = intents.size() - MAXIMUM_NAMES;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }

    private Provenance() {}
}
