package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes in the making, with the state they lead to; a write that would change nothing is none. */
final class WriteSequence {

    private final Map<NetworkPolicy.Key, NetworkPolicy> state = new HashMap<>();
    /** Of single objects: one by others may be large, and is asked about for each write. */
    private final IdentityHashMap<NetworkPolicy, Allowances> takenApart = new IdentityHashMap<>();

    private final ImmutableList.Builder<Write> writes = ImmutableList.builder();
    private int size;
    private int withdrawals;

    WriteSequence(Collection<NetworkPolicy> before) {
        before.forEach(policy -> state.put(policy.key(), policy));
    }

    Optional<NetworkPolicy> current(NetworkPolicy.Key key) {
        return Optional.ofNullable(state.get(key));
    }

    /** Whether its pods would stay isolated without this policy, since another one has all of them. */
    boolean isDispensable(NetworkPolicy policy) {
        return EmptiedPolicy.of(policy, state.values()).isPresent();
    }

    /** What of these its pods would not be allowed without this policy: no other one that has all of them allows it. */
    Allowances onlyHere(NetworkPolicy policy, Allowances allowances) {
        if (allowances.isEmpty()) {
            return allowances;
        }
        return others(policy)
                .map(other -> takenApart.computeIfAbsent(other, Allowances::of))
                .reduce(
                        allowances,
                        (left, theirs) -> left.beyond(theirs, policy.key().namespace()));
    }

    private Stream<NetworkPolicy> others(NetworkPolicy policy) {
        return state.values().stream()
                .filter(other -> !other.key().equals(policy.key())
                        && other.key().namespace().equals(policy.key().namespace())
                        && policy.subject().implies(other.subject()));
    }

    void put(NetworkPolicy policy) {
        NetworkPolicy old = state.put(policy.key(), policy);
        if (!policy.equals(old)) {
            add(old == null ? new Write.Create(policy) : new Write.Update(policy));
        }
    }

    void delete(NetworkPolicy.Key key) {
        if (state.remove(key) != null) {
            add(new Write.Delete(key));
        }
    }

    /** What follows may allow something new. */
    void endOfWithdrawals() {
        withdrawals = size;
    }

    private void add(Write write) {
        writes.add(write);
        size++;
    }

    /** One way to go. */
    record Order(ImmutableList<Write> writes, int withdrawals) {}

    Order order() {
        return new Order(writes.build(), withdrawals);
    }
}
