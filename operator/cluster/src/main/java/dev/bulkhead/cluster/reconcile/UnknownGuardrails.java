package dev.bulkhead.cluster.reconcile;

import java.util.Optional;

/** A guardrail that was never understood while this process ran may forbid whatever would open. */
record UnknownGuardrails() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        return proposal.snapshot().guardrailRejections().entrySet().stream()
                .filter(rejection -> !rejection.getValue().meaningKept())
                .map(rejection -> Hold.growth(
                        "guardrail " + rejection.getKey() + " is not understood, and may forbid what would open"))
                .findFirst();
    }
}
