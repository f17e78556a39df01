package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.core.compile.UnresolvedGuardrails;
import java.util.Optional;

/** A guardrail that names a well-known peer of which nobody can tell where it is may forbid whatever would open. */
record UnlocatedGuardrails() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        return UnresolvedGuardrails.of(
                        proposal.snapshot().world(), proposal.snapshot().declarations())
                .entrySet()
                .stream()
                .map(unresolved -> Hold.growth(
                        "guardrail " + unresolved.getKey() + " may forbid what would open: " + unresolved.getValue()))
                .findFirst();
    }
}
