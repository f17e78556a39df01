package dev.bulkhead.cluster.inventory;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which namespaces have intents that speak of which others. Kept up intent by intent, so that one more costs no more in a namespace that has thousands. */
final class Referrals {

    private final Map<String, Multiset<String>> toNamespaces = new HashMap<>();
    private final Map<String, Multiset<String>> toSegments = new HashMap<>();

    void add(AccessIntent intent) {
        String home = intent.key().namespace();
        NamespaceIntents spoken = NamespaceIntents.of(List.of(intent));
        spoken.referredNamespaces().forEach(name -> add(toNamespaces, name, home));
        spoken.referredSegments().forEach(name -> add(toSegments, name, home));
    }

    void remove(AccessIntent intent) {
        String home = intent.key().namespace();
        NamespaceIntents spoken = NamespaceIntents.of(List.of(intent));
        spoken.referredNamespaces().forEach(name -> remove(toNamespaces, name, home));
        spoken.referredSegments().forEach(name -> remove(toSegments, name, home));
    }

    /** The namespaces that speak of this one. */
    Set<String> toNamespace(String name) {
        return of(toNamespaces, name);
    }

    /** The namespaces that speak of this segment. */
    Set<String> toSegment(String name) {
        return of(toSegments, name);
    }

    private static Set<String> of(Map<String, Multiset<String>> map, String name) {
        Multiset<String> homes = map.get(name);
        return homes == null ? Set.of() : homes.elementSet();
    }

    private static void add(Map<String, Multiset<String>> map, String name, String home) {
        map.computeIfAbsent(name, unknown -> HashMultiset.create()).add(home);
    }

    private static void remove(Map<String, Multiset<String>> map, String name, String home) {
        map.computeIfPresent(name, (unchanged, homes) -> {
            homes.remove(home);
            return homes.isEmpty() ? null : homes;
        });
    }
}
