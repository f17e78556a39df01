package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.Optional;

/**
 * A policy without its rules, which can stand in for its deletion while something keeps the object from going, such as a
 * finalizer or an admission policy: what is withdrawn is not to be allowed for as long as that lasts.
 */
public final class EmptiedPolicy {

    private EmptiedPolicy() {}

    /**
     * Absent where the policy is the only one that isolates some of its pods: without its rules it would close what its
     * deletion opens. Where another one isolates them all, in each direction, neither the object nor its deletion makes a
     * difference to who is isolated, and without rules it allows nothing: it is as good as gone.
     *
     * @param others the policies that stand beside it; it may be among them
     */
    public static Optional<NetworkPolicy> of(NetworkPolicy policy, Collection<NetworkPolicy> others) {
        return others.stream().anyMatch(other -> isolatesAllPodsOf(policy, other))
                ? Optional.of(
                        policy.withRules(policy.subject(), policy.directions(), ImmutableList.of(), ImmutableList.of()))
                : Optional.empty();
    }

    private static boolean isolatesAllPodsOf(NetworkPolicy policy, NetworkPolicy other) {
        return !other.key().equals(policy.key())
                && other.key().namespace().equals(policy.key().namespace())
                && policy.subject().implies(other.subject())
                && other.directions().containsAll(policy.directions());
    }
}
