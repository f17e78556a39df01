package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.LivePolicy;
import java.util.Optional;

/**
 * A segment that was never understood while this process ran may be the one of a namespace that holds policies of ours, also
 * where another segment has it as it seems: what it holds may be what that segment wants.
 */
record UnknownSegments() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        if (proposal.live().values().stream().noneMatch(LivePolicy::isManaged)) {
            return Optional.empty();
        }
        return proposal.snapshot().segmentRejections().entrySet().stream()
                .filter(rejection -> !rejection.getValue().meaningKept())
                .map(rejection -> Hold.namespace("segment " + rejection.getKey() + " is not understood"))
                .findFirst();
    }
}
