package dev.bulkhead.cluster.inventory;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.WellKnown;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which namespaces have intents that speak of which others. Kept up intent by intent, so that one more costs no more in a namespace that has thousands. */
final class Referrals {

    private final Map<String, Multiset<String>> toNamespaces = new HashMap<>();
    private final Map<String, Multiset<String>> toSegments = new HashMap<>();
    private final Map<WellKnown, Multiset<String>> toWellKnown = new EnumMap<>(WellKnown.class);

    void add(AccessIntent intent) {
        String home = intent.key().namespace();
        NamespaceIntents spoken = NamespaceIntents.of(List.of(intent));
        spoken.referredNamespaces().forEach(name -> add(toNamespaces, name, home));
        spoken.referredSegments().forEach(name -> add(toSegments, name, home));
        spoken.referredWellKnown().forEach(name -> add(toWellKnown, name, home));
    }

    void remove(AccessIntent intent) {
        String home = intent.key().namespace();
        NamespaceIntents spoken = NamespaceIntents.of(List.of(intent));
        spoken.referredNamespaces().forEach(name -> remove(toNamespaces, name, home));
        spoken.referredSegments().forEach(name -> remove(toSegments, name, home));
        spoken.referredWellKnown().forEach(name -> remove(toWellKnown, name, home));
    }

    /** The namespaces that speak of this one. */
    Set<String> toNamespace(String name) {
        return of(toNamespaces, name);
    }

    /** The namespaces that speak of this segment. */
    Set<String> toSegment(String name) {
        return of(toSegments, name);
    }

    /** The namespaces that speak of this well-known peer. */
    Set<String> toWellKnown(WellKnown name) {
        return of(toWellKnown, name);
    }

    private static <K> Set<String> of(Map<K, Multiset<String>> map, K name) {
        Multiset<String> homes = map.get(name);
        return homes == null ? Set.of() : homes.elementSet();
    }

    private static <K> void add(Map<K, Multiset<String>> map, K name, String home) {
        map.computeIfAbsent(name, unknown -> HashMultiset.create()).add(home);
    }

    private static <K> void remove(Map<K, Multiset<String>> map, K name, String home) {
        map.computeIfPresent(name, (unchanged, homes) -> {
            homes.remove(home);
            return homes.isEmpty() ? null : homes;
        });
    }
}
