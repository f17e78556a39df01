package dev.bulkhead.cluster.reconcile;

import java.util.Optional;
import java.util.function.Function;

/**
 * A namespace with more in it than there is room for in memory: what opens there might open to something that is not known.
 *
 * @param leftOut by namespace, one of the objects that are not known, and how many there are; empty where everything is
 */
record UnknownContents(Function<String, Optional<String>> leftOut) implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        return leftOut.apply(proposal.namespace())
                .map(objects ->
                        Hold.growth("there is more in it than there is room for in memory, and nobody knows what is in "
                                + objects + "; delete what is not needed"));
    }
}
