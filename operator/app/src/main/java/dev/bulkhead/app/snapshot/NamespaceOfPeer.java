package dev.bulkhead.app.snapshot;

import dev.bulkhead.core.intent.Peer;
import java.util.Optional;

/** The one namespace that a peer is in; absent where it is in several, or in none. */
public final class NamespaceOfPeer implements Peer.Cases<Optional<String>> {

    @Override
    public Optional<String> workload(Peer.OfWorkload peer) {
        return Optional.of(peer.namespace());
    }

    @Override
    public Optional<String> service(Peer.OfService peer) {
        return Optional.of(peer.namespace());
    }

    @Override
    public Optional<String> namespace(Peer.OfNamespace peer) {
        return Optional.of(peer.name());
    }

    @Override
    public Optional<String> segment(Peer.OfSegment peer) {
        return Optional.empty();
    }

    @Override
    public Optional<String> network(Peer.OfNetwork peer) {
        return Optional.empty();
    }

    @Override
    public Optional<String> wellKnown(Peer.OfWellKnown peer) {
        return Optional.empty();
    }
}
