package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.core.plan.Write;
import java.util.List;
import java.util.Optional;

/** One thing that can hold back what a pass would write. */
interface Gate {

    /** @return absent if it lets everything pass */
    Optional<Hold> check(Proposal proposal);

    /**
     * The pass is over, whether or not it succeeded; called on each gate that was asked.
     *
     * @param written what was carried out
     */
    default void passed(Proposal proposal, List<Write> written) {}
}
