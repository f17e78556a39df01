package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.Comparator;

/** The intents of one namespace, by name, and whom they speak of. */
public record NamespaceIntents(
        ImmutableSortedMap<String, AccessIntent> intents,
        ImmutableSet<String> referredNamespaces,
        ImmutableSet<String> referredSegments,
        ImmutableSet<WellKnown> referredWellKnown) {

    private static final NamespaceIntents NONE =
            new NamespaceIntents(ImmutableSortedMap.of(), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());

    public static NamespaceIntents none() {
        return NONE;
    }

    /** Whether what is in the namespace may make a difference to them. */
    public boolean referTo(String namespace, WellKnownPlaces places) {
        return referredNamespaces.contains(namespace)
                || referredWellKnown.stream()
                        .anyMatch(name -> places.namespaces(name).contains(namespace));
    }

    public static NamespaceIntents of(Collection<AccessIntent> intents) {
        ImmutableSet.Builder<String> namespaces = ImmutableSet.builder();
        ImmutableSet.Builder<String> segments = ImmutableSet.builder();
        ImmutableSet.Builder<WellKnown> wellKnown = ImmutableSet.builder();
        for (AccessIntent intent : intents) {
            for (Rule rule : intent.rules()) {
                if (rule.peer() instanceof Peer.OfWorkload peer) {
                    namespaces.add(peer.namespace());
                } else if (rule.peer() instanceof Peer.OfService peer) {
                    namespaces.add(peer.namespace());
                } else if (rule.peer() instanceof Peer.OfNamespace peer) {
                    namespaces.add(peer.name());
                } else if (rule.peer() instanceof Peer.OfSegment peer) {
                    segments.add(peer.name());
                } else if (rule.peer() instanceof Peer.OfWellKnown peer) {
                    wellKnown.add(peer.name());
                }
            }
        }
        return new NamespaceIntents(
                intents.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                intent -> intent.key().name(),
                                intent -> intent)),
                namespaces.build(),
                segments.build(),
                wellKnown.build());
    }
}
