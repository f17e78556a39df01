package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** Policies that somebody changes as often as they are put right stay as that leaves them until their turn comes. */
record ContestedPolicies(ConflictBackoff fights) implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        ImmutableSortedMap<NetworkPolicy.Key, Duration> resting =
                fights.resting(proposal.desired().keySet());
        return resting.values().stream()
                .min(Comparator.naturalOrder())
                .map(next -> Hold.policies(
                                "somebody changes them as often as they are put right",
                                proposal.asTheyAre(resting.keySet()))
                        .again(next));
    }
}
