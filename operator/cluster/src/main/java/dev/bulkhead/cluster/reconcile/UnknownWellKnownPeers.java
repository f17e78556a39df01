package dev.bulkhead.cluster.reconcile;

import java.util.Optional;

/** Where well-known peers are was declared and never understood while this process ran. */
record UnknownWellKnownPeers() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        return proposal.snapshot().wellKnownRejections().entrySet().stream()
                .filter(rejection -> !rejection.getValue().meaningKept())
                .map(rejection -> Hold.namespace("WellKnownPeers " + rejection.getKey() + " is not understood"))
                .findFirst();
    }
}
