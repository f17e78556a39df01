package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.Map;
import java.util.Optional;

/** What every enforced namespace has, whatever its intents: the baseline, and the carve-outs of its segment. */
final class BaselineBuilder {

    /** The policies that every enforced namespace has, whatever its intents. */
    Map<NetworkPolicy.Key, NetworkPolicy> shape(
            String namespace, ImmutableSet<Direction> enforced, Optional<ResolvedPeer> dns) {
        ImmutableSortedMap.Builder<NetworkPolicy.Key, NetworkPolicy> policies = ImmutableSortedMap.naturalOrder();
        NetworkPolicy.Key baseline = new NetworkPolicy.Key(namespace, PolicyNames.BASELINE);
        policies.put(
                baseline,
                new NetworkPolicy(
                        baseline,
                        Marker.labels(Marker.Role.BASELINE),
                        ImmutableSortedMap.of(),
                        LabelSelector.everything(),
                        enforced,
                        ImmutableList.of(),
                        ImmutableList.of()));
        dns.ifPresent(peer -> {
            NetworkPolicy.Key key = new NetworkPolicy.Key(namespace, PolicyNames.DNS);
            policies.put(
                    key,
                    new NetworkPolicy(
                            key,
                            Marker.labels(Marker.Role.CARVE_OUT),
                            ImmutableSortedMap.of(),
                            PolicyBuilder.withoutQuarantined(LabelSelector.everything()),
                            ImmutableSet.of(Direction.EGRESS),
                            ImmutableList.of(),
                            rules(peer)));
        });
        return policies.build();
    }

    private static ImmutableList<PolicyRule> rules(ResolvedPeer peer) {
        return peer.fold(
                pods -> ImmutableList.of(rule(
                        PolicyBuilder.pods(pods.namespaces(), pods.selection().selector()), pods.ports())),
                addresses -> addresses.blocks().stream()
                        .map(block -> rule(new PolicyPeer.Addresses(block.block()), block.ports()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static PolicyRule rule(PolicyPeer peer, Ports ports) {
        return new PolicyRule(Optional.of(ImmutableList.of(peer)), ports);
    }
}
