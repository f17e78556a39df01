package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What policies by others that cannot be read may mean. To each half of a connection they do one of three things: leave it
 * to the other policies, close it as far as those do not open it, or open it. So what holds for each of these in each
 * direction holds whatever they say.
 */
final class UnreadablePolicies {

    private enum Meaning {
        LEAVES,
        CLOSES,
        OPENS
    }

    /** By direction. */
    private final Map<Direction, Meaning> meanings;

    private UnreadablePolicies(Map<Direction, Meaning> meanings) {
        this.meanings = meanings;
    }

    static boolean isIn(Collection<NetworkPolicy> policies) {
        return policies.stream().anyMatch(policy -> Marker.isUnreadable(policy.annotations()));
    }

    /** Every way in which they may be read. */
    static ImmutableList<UnreadablePolicies> all() {
        return Lists.cartesianProduct(List.of(Meaning.values()), List.of(Meaning.values())).stream()
                .map(pair -> new UnreadablePolicies(
                        new EnumMap<>(Map.of(Direction.INGRESS, pair.get(0), Direction.EGRESS, pair.get(1)))))
                .collect(ImmutableList.toImmutableList());
    }

    /** The same policies, those that cannot be read replaced by what they may mean. */
    ImmutableList<NetworkPolicy> read(Collection<NetworkPolicy> policies) {
        return policies.stream()
                .map(policy -> Marker.isUnreadable(policy.annotations()) ? read(policy) : policy)
                .collect(ImmutableList.toImmutableList());
    }

    private NetworkPolicy read(NetworkPolicy policy) {
        return policy.withRules(
                LabelSelector.everything(),
                meanings.keySet().stream()
                        .filter(direction -> meanings.get(direction) != Meaning.LEAVES)
                        .collect(ImmutableSet.toImmutableSet()),
                rules(Direction.INGRESS),
                rules(Direction.EGRESS));
    }

    private ImmutableList<PolicyRule> rules(Direction direction) {
        return meanings.get(direction) == Meaning.OPENS
                ? ImmutableList.of(PolicyRule.everything())
                : ImmutableList.of();
    }
}
