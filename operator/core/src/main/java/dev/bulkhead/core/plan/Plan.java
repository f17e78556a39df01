package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;

/**
 * Writes in order.
 *
 * @param writes each one safe to stop after
 * @param withdrawals how many of them, from the first, come before anything new is allowed
 * @param conflicts names that we would write and that an object without our marker holds; left untouched
 * @param notAdopted policies by others that are offered to us and left alone, and why
 * @param caveats what could not be kept on the way: rare, where policies by others stand in it or everything changes at once
 */
public record Plan(
        ImmutableList<Write> writes,
        int withdrawals,
        ImmutableSortedSet<NetworkPolicy.Key> conflicts,
        ImmutableSortedMap<NetworkPolicy.Key, String> notAdopted,
        ImmutableList<String> caveats) {

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /** What of it takes away. */
    public Plan withoutGrowth() {
        return new Plan(writes.subList(0, withdrawals), withdrawals, conflicts, notAdopted, caveats);
    }

    /** The same, and then what needs no order, since it changes nothing that is allowed. */
    Plan with(Adoption adoption, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        ImmutableList.Builder<Write> all = ImmutableList.<Write>builder().addAll(writes);
        adoption.adopted().forEach((theirs, ours) -> {
            if (theirs.equals(ours)) {
                all.add(new Write.Adopt(desired.get(ours)));
            }
        });
        adoption.adopted().forEach((theirs, ours) -> {
            if (!theirs.equals(ours)) {
                all.add(new Write.Supersede(theirs, ours));
            }
        });
        return new Plan(all.build(), withdrawals, conflicts, adoption.refused(), caveats);
    }
}
