package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes in order.
 *
 * @param writes each one safe to stop after
 * @param withdrawals how many of them, from the first, come before anything new is allowed
 * @param conflicts names that we would write and that an object without our marker holds, and keeps
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

    /**
     * What one write does to one namespace, told from selectors alone: it says yes where they leave it open.
     *
     * @param grows whether pods may be allowed something that they were not
     * @param shrinks whether pods may no longer be allowed something that they were
     */
    public record Step(Write write, boolean grows, boolean shrinks) {}

    /** @param live every policy of the namespaces that the plan was made for */
    public ImmutableList<Step> steps(Collection<NetworkPolicy> live) {
        Map<NetworkPolicy.Key, NetworkPolicy> state = byKey(live);
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        for (Write write : writes) {
            List<NetworkPolicy> before = List.copyOf(state.values());
            apply(write, state);
            String namespace = write.key().namespace();
            steps.add(new Step(
                    write,
                    !NewConnections.of(namespace, before, state.values()).isEmpty(),
                    !NewConnections.of(namespace, state.values(), before).isEmpty()));
        }
        return steps.build();
    }

    /**
     * After how many writes, from the first, everything is withdrawn that the plan withdraws; also where something grows
     * before that.
     */
    public int untilWithdrawn(Collection<NetworkPolicy> live) {
        ImmutableList<Step> steps = steps(live);
        int last = steps.size();
        while (last > 0 && !steps.get(last - 1).shrinks()) {
            last--;
        }
        return last;
    }

    /** With whom the pods of a namespace may come to connect once the whole plan is carried out. */
    public NewConnections growth(String namespace, Collection<NetworkPolicy> live) {
        Map<NetworkPolicy.Key, NetworkPolicy> state = byKey(live);
        writes.forEach(write -> apply(write, state));
        return NewConnections.of(namespace, live, state.values());
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> byKey(Collection<NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> byKey = new TreeMap<>();
        policies.forEach(policy -> byKey.put(policy.key(), policy));
        return byKey;
    }

    private static void apply(Write write, Map<NetworkPolicy.Key, NetworkPolicy> state) {
        write.written().ifPresentOrElse(policy -> state.put(policy.key(), policy), () -> state.remove(write.key()));
    }

    /** The same, with what is offered and left alone. */
    Plan refusing(Adoption adoption) {
        return new Plan(writes, withdrawals, conflicts, adoption.refused(), caveats);
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
