package dev.bulkhead.cluster.reconcile;

import java.util.Optional;

/** One thing that can hold back what a pass would write. */
interface Gate {

    /** @return absent if it lets everything pass */
    Optional<Hold> check(ProposedWrites proposal);
}
