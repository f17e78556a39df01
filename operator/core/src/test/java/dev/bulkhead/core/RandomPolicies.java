package dev.bulkhead.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Policies that whoever may edit a namespace could put into it: with our marks on them, or without. */
final class RandomPolicies {

    private static final List<String> ROLES = List.of("baseline", "baseline", "allow", "carve-out", "", "Baseline");

    private final Dice dice;

    RandomPolicies(long seed) {
        dice = new Dice(seed);
    }

    /** The same policies after somebody put look-alikes of ours beside them, and changed the labels or the rules of some. */
    Map<NetworkPolicy.Key, NetworkPolicy> withLookAlikes(Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> all = new TreeMap<>();
        policies.forEach((key, policy) -> {
            if (!dice.rarely()) {
                all.put(key, dice.rarely() ? marked(dice.even() ? policy : policy(key)) : policy);
            }
        });
        List<NetworkPolicy> originals = List.copyOf(policies.values());
        for (int i = dice.seldom() ? 50 : dice.from(0, 4); i > 0; i--) {
            NetworkPolicy original = originals.isEmpty() || dice.even()
                    ? policy(new NetworkPolicy.Key(dice.of(RandomWorlds.NAMESPACES), "x"))
                    : dice.of(originals);
            String name = dice.rarely() ? PolicyNames.BASELINE : "copy-" + i;
            NetworkPolicy copy = marked(renamed(original, name));
            all.put(copy.key(), copy);
        }
        return all;
    }

    /** The same policies with some by others beside them. */
    Map<NetworkPolicy.Key, NetworkPolicy> withOthers(Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> all = new TreeMap<>(policies);
        for (int i = dice.from(0, 3); i > 0; i--) {
            NetworkPolicy policy = policy(new NetworkPolicy.Key(dice.of(RandomWorlds.NAMESPACES), "theirs-" + i));
            all.put(policy.key(), policy);
        }
        return all;
    }

    /** The same policies, with one by somebody else in the place of a namespace's baseline, whether it has one or not. */
    Map<NetworkPolicy.Key, NetworkPolicy> withAnotherAsBaseline(Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> all = new TreeMap<>(policies);
        NetworkPolicy policy = policy(new NetworkPolicy.Key(dice.of(RandomWorlds.NAMESPACES), PolicyNames.BASELINE));
        all.put(policy.key(), policy);
        return all;
    }

    private static NetworkPolicy renamed(NetworkPolicy policy, String name) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(policy.key().namespace(), name),
                policy.labels(),
                policy.annotations(),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    private NetworkPolicy marked(NetworkPolicy policy) {
        return new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of(Marker.MANAGED_BY, Marker.BULKHEAD, Marker.ROLE, dice.of(ROLES)),
                policy.annotations(),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    private NetworkPolicy policy(NetworkPolicy.Key key) {
        ImmutableSet<Direction> directions = dice.rarely()
                ? ImmutableSet.copyOf(Direction.values())
                : ImmutableSet.of(dice.of(List.of(Direction.values())));
        return new NetworkPolicy(
                key,
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                dice.rarely() ? LabelSelector.everything() : selector(),
                directions,
                rules(),
                rules());
    }

    private LabelSelector selector() {
        return switch (dice.below(6)) {
            case 0 -> LabelSelector.label("app", dice.of(RandomWorlds.APPS)).and("tier", Requirement.exists());
            case 1 -> LabelSelector.everything().and("tier", Requirement.doesNotExist());
            case 2 -> LabelSelector.everything().and("app", Requirement.notIn(List.of(dice.of(RandomWorlds.APPS))));
            case 3 -> LabelSelector.everything();
            default -> LabelSelector.label("app", dice.of(RandomWorlds.APPS));
        };
    }

    private ImmutableList<PolicyRule> rules() {
        ImmutableList.Builder<PolicyRule> rules = ImmutableList.builder();
        for (int i = dice.from(0, 2); i > 0; i--) {
            Ports ports = dice.often() ? Ports.port(Protocol.TCP, dice.of(List.of(80, 8080, 9000))) : Ports.all();
            rules.add(new PolicyRule(dice.rarely() ? Optional.empty() : Optional.of(ImmutableList.of(peer())), ports));
        }
        return rules.build();
    }

    private PolicyPeer peer() {
        return switch (dice.below(5)) {
            case 0 -> new PolicyPeer.Addresses(IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of()));
            case 1 -> new PolicyPeer.Pods(Optional.empty(), selector());
            case 2 -> new PolicyPeer.Pods(Optional.of(LabelSelector.everything()), selector());
            default ->
                new PolicyPeer.Pods(
                        Optional.of(LabelSelector.label(Namespace.NAME_LABEL, dice.of(RandomWorlds.NAMESPACES))),
                        selector());
        };
    }
}
