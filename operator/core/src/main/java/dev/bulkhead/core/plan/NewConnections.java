package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With whom the pods of a namespace may come to connect by a change of its policies. Told from selectors alone, so that it
 * holds for pods that do not exist yet: it names more than is new where selectors leave that open, never less.
 *
 * @param peers by the direction of the pods' own half; absent for anybody, as where pods cease to be isolated
 */
public record NewConnections(String namespace, ImmutableSetMultimap<Direction, Optional<PolicyPeer>> peers) {

    public static NewConnections none(String namespace) {
        return new NewConnections(namespace, ImmutableSetMultimap.of());
    }

    /**
     * @param before every policy of the namespace, by whomever; those of other namespaces are passed over
     * @param after every policy there is once the change is made
     */
    public static NewConnections of(
            String namespace, Collection<NetworkPolicy> before, Collection<NetworkPolicy> after) {
        if (!UnreadablePolicies.isIn(before) && !UnreadablePolicies.isIn(after)) {
            return known(namespace, before, after);
        }
        ImmutableSetMultimap.Builder<Direction, Optional<PolicyPeer>> peers = ImmutableSetMultimap.builder();
        UnreadablePolicies.all()
                .forEach(doubt -> peers.putAll(
                        known(namespace, doubt.read(before), doubt.read(after)).peers()));
        return new NewConnections(namespace, peers.build());
    }

    private static NewConnections known(
            String namespace, Collection<NetworkPolicy> before, Collection<NetworkPolicy> after) {
        ImmutableSetMultimap.Builder<Direction, Optional<PolicyPeer>> peers = ImmutableSetMultimap.builder();
        for (Direction direction : Direction.values()) {
            Map<NetworkPolicy.Key, NetworkPolicy> old = isolating(namespace, direction, before);
            Map<NetworkPolicy.Key, NetworkPolicy> fresh = isolating(namespace, direction, after);
            if (differing(old, fresh).anyMatch(policy -> mayRelease(direction, policy, fresh.values()))) {
                peers.put(direction, Optional.empty());
            }
            differing(fresh, old)
                    .filter(policy -> old.values().stream().anyMatch(other -> mayShareSomePods(policy, other)))
                    .forEach(policy -> fresh(policy, old.values()).ports().keySet().stream()
                            .filter(item -> item.direction() == direction)
                            .forEach(item -> peers.put(direction, item.peer())));
        }
        return new NewConnections(namespace, peers.build());
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> isolating(
            String namespace, Direction direction, Collection<NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> isolating = new HashMap<>();
        for (NetworkPolicy policy : policies) {
            if (policy.key().namespace().equals(namespace)
                    && policy.directions().contains(direction)) {
                isolating.put(policy.key(), policy);
            }
        }
        return isolating;
    }

    private static Stream<NetworkPolicy> differing(
            Map<NetworkPolicy.Key, NetworkPolicy> policies, Map<NetworkPolicy.Key, NetworkPolicy> others) {
        return policies.values().stream().filter(policy -> !policy.equals(others.get(policy.key())));
    }

    /** Whether pods that were held by this policy may be isolated no more. */
    private static boolean mayRelease(Direction direction, NetworkPolicy policy, Collection<NetworkPolicy> after) {
        boolean heldNothing = Allowances.of(policy)
                .ports()
                .getOrDefault(new Allowances.Item(direction, Optional.empty()), Ports.none())
                .equals(Ports.all());
        return !heldNothing && after.stream().noneMatch(other -> hasAllPodsOf(policy, other));
    }

    /** What none of the old policies that had all of its pods allowed them. */
    private static Allowances fresh(NetworkPolicy policy, Collection<NetworkPolicy> before) {
        Allowances left = Allowances.of(policy);
        for (NetworkPolicy old : before) {
            if (hasAllPodsOf(policy, old)) {
                left = left.beyond(Allowances.of(old), policy.key().namespace());
            }
        }
        return left;
    }

    private static boolean mayShareSomePods(NetworkPolicy policy, NetworkPolicy other) {
        return !policy.subject().and(other.subject()).isImpossible();
    }

    private static boolean hasAllPodsOf(NetworkPolicy policy, NetworkPolicy other) {
        return policy.subject().implies(other.subject());
    }

    public boolean isEmpty() {
        return peers.isEmpty();
    }

    /**
     * Whether what is new may be a connection with a pod of that namespace.
     *
     * @param direction of the growing namespace's half: EGRESS for connections to the other one
     */
    public boolean reaches(Direction direction, Namespace other, ClusterFacts facts) {
        return peers.get(direction).stream().anyMatch(peer -> PeerIntersection.mayMean(peer, namespace, other, facts));
    }
}
