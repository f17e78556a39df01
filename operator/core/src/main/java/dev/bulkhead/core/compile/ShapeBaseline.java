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
import java.util.Map;
import java.util.Optional;

/** What every enforced namespace has, whatever its intents: the baseline, and the carve-outs of its segment. */
final class ShapeBaseline {

    /** The policies that every enforced namespace has, whatever its intents. */
    Map<NetworkPolicy.Key, NetworkPolicy> shape(
            String namespace, ImmutableSet<Direction> enforced, Optional<ResolvedPeer.Pods> dns) {
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
            PolicyPeer pods = Shape.pods(peer.namespaces(), peer.selection().selector());
            policies.put(
                    key,
                    new NetworkPolicy(
                            key,
                            Marker.labels(Marker.Role.CARVE_OUT),
                            ImmutableSortedMap.of(),
                            Shape.withoutQuarantined(LabelSelector.everything()),
                            ImmutableSet.of(Direction.EGRESS),
                            ImmutableList.of(),
                            ImmutableList.of(new PolicyRule(Optional.of(ImmutableList.of(pods)), peer.ports()))));
        });
        return policies.build();
    }
}
