package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.Comparator;

/** The intents of one namespace, by name, and whom they speak of. */
public record NamespaceIntents(
        ImmutableSortedMap<String, DeclaredIntent> intents,
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

    public static NamespaceIntents of(Collection<DeclaredIntent> intents) {
        Mentions mentions = new Mentions();
        for (DeclaredIntent intent : intents) {
            intent.rules().forEach(rule -> rule.peer().fold(mentions));
        }
        return new NamespaceIntents(
                intents.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                intent -> intent.key().name(),
                                intent -> intent)),
                mentions.namespaces.build(),
                mentions.segments.build(),
                mentions.wellKnown.build());
    }

    /** Collects whom peers speak of; those that a network holds are not in the cluster. */
    private static final class Mentions implements Peer.Cases<Mentions> {

        private final ImmutableSet.Builder<String> namespaces = ImmutableSet.builder();
        private final ImmutableSet.Builder<String> segments = ImmutableSet.builder();
        private final ImmutableSet.Builder<WellKnown> wellKnown = ImmutableSet.builder();

        @Override
        public Mentions workload(Peer.OfWorkload peer) {
            namespaces.add(peer.namespace());
            return this;
        }

        @Override
        public Mentions service(Peer.OfService peer) {
            namespaces.add(peer.namespace());
            return this;
        }

        @Override
        public Mentions namespace(Peer.OfNamespace peer) {
            namespaces.add(peer.name());
            return this;
        }

        @Override
        public Mentions segment(Peer.OfSegment peer) {
            segments.add(peer.name());
            return this;
        }

        @Override
        public Mentions network(Peer.OfNetwork peer) {
            return this;
        }

        @Override
        public Mentions wellKnown(Peer.OfWellKnown peer) {
            wellKnown.add(peer.name());
            return this;
        }
    }
}
