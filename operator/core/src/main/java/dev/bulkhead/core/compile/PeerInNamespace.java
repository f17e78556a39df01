package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WellKnownPlaces;

/**
 * Tells by what is declared whether a peer may be pods of one namespace.
 *
 * @param segment that the namespace is in; empty where it is in none
 */
record PeerInNamespace(String namespace, String segment, WellKnownPlaces places) implements Peer.Cases<Boolean> {

    @Override
    public Boolean workload(Peer.OfWorkload peer) {
        return peer.namespace().equals(namespace);
    }

    @Override
    public Boolean service(Peer.OfService peer) {
        return peer.namespace().equals(namespace);
    }

    @Override
    public Boolean namespace(Peer.OfNamespace peer) {
        return peer.name().equals(namespace);
    }

    @Override
    public Boolean segment(Peer.OfSegment peer) {
        return peer.name().equals(segment);
    }

    @Override
    public Boolean network(Peer.OfNetwork peer) {
        return false;
    }

    @Override
    public Boolean wellKnown(Peer.OfWellKnown peer) {
        return places.namespaces(peer.name()).contains(namespace);
    }
}
