package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The rules of a policy taken apart into single peers and namespaces, so that two policies can be compared and mixed. */
record Allowances(ImmutableMap<Allowances.Item, Ports> ports) {

    /** @param peer absent for anybody */
    record Item(Direction direction, Optional<PolicyPeer> peer) {}

    /** Gathers allowances one by one. */
    static final class Builder {

        private final Map<Item, Ports> ports = new LinkedHashMap<>();

        private Builder() {}

        void add(Item item, Ports more) {
            if (!more.isEmpty()) {
                ports.merge(item, more, Ports::union);
            }
        }

        void addAll(Allowances allowances) {
            allowances.ports.forEach(this::add);
        }

        Allowances build() {
            return new Allowances(ImmutableMap.copyOf(ports));
        }
    }

    static Builder builder() {
        return new Builder();
    }

    static Allowances of(NetworkPolicy policy) {
        Map<Item, Ports> ports = new LinkedHashMap<>();
        for (Direction direction : Direction.values()) {
            for (PolicyRule rule : policy.rules(direction)) {
                for (Optional<PolicyPeer> peer : singlePeers(rule)) {
                    ports.merge(new Item(direction, peer), rule.ports(), Ports::union);
                }
            }
        }
        return new Allowances(ImmutableMap.copyOf(ports));
    }

    private static List<Optional<PolicyPeer>> singlePeers(PolicyRule rule) {
        return rule.peers()
                .map(peers -> peers.stream()
                        .flatMap(peer -> singleNamespaces(peer).stream())
                        .map(Optional::of)
                        .toList())
                .orElseGet(() -> List.of(Optional.empty()));
    }

    private static List<PolicyPeer> singleNamespaces(PolicyPeer peer) {
        return peer.fold(Allowances::singleNamespaces, addresses -> List.of(addresses));
    }

    private static List<PolicyPeer> singleNamespaces(PolicyPeer.Pods pods) {
        return pods.namespaces()
                .filter(namespaces -> namespaces.requirements().size() == 1)
                .flatMap(namespaces -> namespaces.listed(Namespace.NAME_LABEL))
                .map(names -> names.stream()
                        .<PolicyPeer>map(name -> new PolicyPeer.Pods(
                                Optional.of(LabelSelector.label(Namespace.NAME_LABEL, name)), pods.pods()))
                        .toList())
                .orElse(List.of(pods));
    }

    static Allowances none() {
        return new Allowances(ImmutableMap.of());
    }

    /** A single allowance; none without ports. */
    static Allowances of(Item item, Ports ports) {
        return new Allowances(ports.isEmpty() ? ImmutableMap.of() : ImmutableMap.of(item, ports));
    }

    boolean isEmpty() {
        return ports.isEmpty();
    }

    boolean containsAll(Allowances other) {
        return other.difference(this).isEmpty();
    }

    Allowances union(Allowances other) {
        Map<Item, Ports> all = new LinkedHashMap<>(ports);
        other.ports.forEach((item, theirs) -> all.merge(item, theirs, Ports::union));
        return new Allowances(ImmutableMap.copyOf(all));
    }

    Allowances intersection(Allowances other) {
        return combined(other, Ports::intersection);
    }

    Allowances difference(Allowances other) {
        return combined(other, Ports::difference);
    }

    /** What is left of this without whatever some item of the other means as well, under whatever wider name. */
    Allowances beyond(Allowances other, String home) {
        ImmutableMap.Builder<Item, Ports> left = ImmutableMap.builder();
        ports.forEach((item, mine) -> {
            Ports rest = mine;
            for (Map.Entry<Item, Ports> theirs : other.ports.entrySet()) {
                if (theirs.getKey().direction() == item.direction()
                        && PeerIntersection.isWithin(
                                item.peer(), theirs.getKey().peer(), home)) {
                    rest = rest.difference(theirs.getValue());
                }
            }
            if (!rest.isEmpty()) {
                left.put(item, rest);
            }
        });
        return new Allowances(left.build());
    }

    private Allowances combined(Allowances other, BinaryOperator<Ports> operation) {
        ImmutableMap.Builder<Item, Ports> kept = ImmutableMap.builder();
        ports.forEach((item, mine) -> {
            Ports result = operation.apply(mine, other.ports.getOrDefault(item, Ports.none()));
            if (!result.isEmpty()) {
                kept.put(item, result);
            }
        });
        return new Allowances(kept.build());
    }

    /** What some item of this and some item of the other have in common: narrower than either. */
    Allowances meet(Allowances other) {
        Map<Item, Ports> common = new LinkedHashMap<>();
        ports.forEach((mine, myPorts) -> other.ports.forEach((theirs, theirPorts) -> {
            Ports both = myPorts.intersection(theirPorts);
            if (mine.direction() == theirs.direction() && !both.isEmpty()) {
                PeerIntersection.meet(mine.peer(), theirs.peer())
                        .ifPresent(peer -> common.merge(new Item(mine.direction(), peer), both, Ports::union));
            }
        }));
        return new Allowances(ImmutableMap.copyOf(common));
    }

    /** The same object as {@code policy}, allowing this instead. */
    NetworkPolicy in(NetworkPolicy policy) {
        return policy.withRules(
                policy.subject(), policy.directions(), rules(Direction.INGRESS), rules(Direction.EGRESS));
    }

    private ImmutableList<PolicyRule> rules(Direction direction) {
        return ports.entrySet().stream()
                .filter(entry -> entry.getKey().direction() == direction)
                .map(entry -> new PolicyRule(entry.getKey().peer().map(ImmutableList::of), entry.getValue()))
                .collect(ImmutableList.toImmutableList());
    }
}
