package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;

/**
 * Writes in order.
 *
 * @param writes each one safe to stop after
 * @param withdrawals how many of them, from the first, come before anything new is allowed
 * @param conflicts names that we would write and that an object without our marker holds; left untouched
 * @param caveats what could not be kept on the way: rare, where policies by others stand in it or everything changes at once
 */
public record Plan(
        ImmutableList<Write> writes,
        int withdrawals,
        ImmutableSortedSet<NetworkPolicy.Key> conflicts,
        ImmutableList<String> caveats) {

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /** What of it takes away. */
    public Plan withoutGrowth() {
        return new Plan(writes.subList(0, withdrawals), withdrawals, conflicts, caveats);
    }
}
