package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Requirement;
import java.util.Optional;

/**
 * What a policy allows whom, however it is written: in whatever order its rules stand, and whether they name their own
 * namespace or leave it out. Pods in quarantine are set aside, since nobody but us writes them down.
 *
 * @param subject the pods that it isolates
 */
record CanonicalPolicy(LabelSelector subject, ImmutableSet<Direction> directions, Allowances allowances) {

    static CanonicalPolicy of(NetworkPolicy policy) {
        NetworkPolicy canonical = new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                withoutQuarantined(policy.subject()),
                policy.directions(),
                rules(policy, Direction.INGRESS),
                rules(policy, Direction.EGRESS));
        return new CanonicalPolicy(canonical.subject(), canonical.directions(), Allowances.of(canonical));
    }

    /** Whether both isolate the same pods in the same directions. */
    boolean concernsTheSameAs(CanonicalPolicy other) {
        return subject.equals(other.subject) && directions.equals(other.directions);
    }

    private static ImmutableList<PolicyRule> rules(NetworkPolicy policy, Direction direction) {
        return policy.rules(direction).stream()
                .map(rule -> new PolicyRule(
                        rule.peers()
                                .map(peers -> peers.stream()
                                        .map(peer -> peer(peer, policy.key().namespace()))
                                        .collect(ImmutableList.toImmutableList())),
                        rule.ports()))
                .collect(ImmutableList.toImmutableList());
    }

    private static PolicyPeer peer(PolicyPeer peer, String home) {
        return peer.fold(
                pods -> new PolicyPeer.Pods(
                        Optional.of(pods.namespaces().orElse(LabelSelector.label(Namespace.NAME_LABEL, home))),
                        withoutQuarantined(pods.pods())),
                addresses -> addresses);
    }

    private static LabelSelector withoutQuarantined(LabelSelector selector) {
        return selector.and(Marker.QUARANTINE, Requirement.doesNotExist());
    }
}
