package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Map;
import java.util.Optional;

/**
 * Two segments claim the namespace with equal right: nobody can tell what it should hold, so it keeps what it has, and is
 * closed where no baseline of ours closes it yet.
 */
record ConflictingSegments() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        return proposal.compilation().held().map(reason -> {
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies =
                    HeldPolicies.of(proposal.compilation(), proposal.livePolicies());
            return policies.equals(ours(proposal)) ? Hold.namespace(reason) : Hold.allButBaseline(reason, policies);
        });
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> ours(ProposedWrites proposal) {
        return Maps.uniqueIndex(
                proposal.livePolicies().stream()
                        .filter(policy -> Marker.isManaged(policy.labels()))
                        .toList(),
                NetworkPolicy::key);
    }
}
