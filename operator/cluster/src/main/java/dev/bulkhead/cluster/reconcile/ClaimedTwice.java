package dev.bulkhead.cluster.reconcile;

import java.util.Optional;

/** Two segments claim the namespace with equal right: nobody can tell what it should hold. */
record ClaimedTwice() implements Gate {

    @Override
    public Optional<Hold> check(Proposal proposal) {
        return proposal.compilation().held().map(Hold::namespace);
    }
}
