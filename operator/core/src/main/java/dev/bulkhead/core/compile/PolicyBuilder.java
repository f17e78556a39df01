package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gives the grants of a subject the one form they have as policies: merged, sorted, split where there are too many. */
final class PolicyBuilder {

    /** Items of one policy, and namespaces of one item, at most; data planes suffer long before the API server does. */
    static final int MAXIMUM_PEERS = 100;

    /** An item of a policy with the intents behind it. */
    private record Item(Ports ports, PolicyPeer peer, ImmutableSortedSet<DeclaredIntent.Key> intents) {}

    private record Pods(Ports ports, LabelSelector selector) {

        private static final Comparator<Pods> ORDER = Comparator.comparing(Pods::selector)
                .thenComparing(pods -> pods.ports().toString());
    }

    private record Block(Ports ports, IpBlock block) {

        private static final Comparator<Block> ORDER = Comparator.comparing(Block::block)
                .thenComparing(block -> block.ports().toString());
    }

    /** One policy, or several where the grants have more peers than one should hold. */
    List<NetworkPolicy> shape(
            String namespace,
            String name,
            GrantsBySubject.Subject subject,
            ImmutableMap<Grant.Target, GrantsBySubject.Combined> grants) {
        LabelSelector selector = withoutQuarantined(subject.selector());
        if (selector.isImpossible()) {
            return List.of();
        }
        List<NetworkPolicy> policies = new ArrayList<>();
        List<List<Item>> shards = Lists.partition(items(grants), MAXIMUM_PEERS);
        for (int i = 0; i < shards.size(); i++) {
            String shardName = i == 0 ? name : name + "-" + (i + 1);
            policies.add(policy(new NetworkPolicy.Key(namespace, shardName), subject, selector, shards.get(i)));
        }
        return policies;
    }

    static LabelSelector withoutQuarantined(LabelSelector selector) {
        return selector.and(Marker.QUARANTINE, Requirement.doesNotExist());
    }

    /** Of a selector that does not contradict itself; the same as asking whether it does {@link #withoutQuarantined}. */
    static boolean selectsQuarantinedAlone(LabelSelector selector) {
        Requirement asked = selector.requirements().get(Marker.QUARANTINE);
        return asked != null
                && withoutQuarantined(LabelSelector.everything().and(Marker.QUARANTINE, asked))
                        .isImpossible();
    }

    /** Pods of these namespaces, in one item with both selectors: two items would mean either. */
    static PolicyPeer pods(Set<String> namespaces, LabelSelector selector) {
        LabelSelector names = LabelSelector.everything().and(Namespace.NAME_LABEL, Requirement.in(namespaces));
        return new PolicyPeer.Pods(Optional.of(names), withoutQuarantined(selector));
    }

    private static List<Item> items(ImmutableMap<Grant.Target, GrantsBySubject.Combined> grants) {
        SortedMap<Pods, SortedMap<String, ImmutableSortedSet<DeclaredIntent.Key>>> pods = new TreeMap<>(Pods.ORDER);
        SortedMap<Block, ImmutableSortedSet<DeclaredIntent.Key>> blocks = new TreeMap<>(Block.ORDER);
        grants.forEach((target, grant) -> target.visit(
                there -> {
                    if (!withoutQuarantined(there.selector()).isImpossible()) {
                        pods.computeIfAbsent(new Pods(grant.ports(), there.selector()), key -> new TreeMap<>())
                                .put(there.namespace(), grant.intents());
                    }
                },
                there -> blocks.put(new Block(grant.ports(), there.block()), grant.intents())));
        List<Item> items = new ArrayList<>();
        pods.forEach((key, namespaces) -> {
            for (List<String> some : Lists.partition(List.copyOf(namespaces.keySet()), MAXIMUM_PEERS)) {
                ImmutableSortedSet.Builder<DeclaredIntent.Key> intents = ImmutableSortedSet.naturalOrder();
                some.forEach(namespace -> intents.addAll(namespaces.get(namespace)));
                items.add(new Item(key.ports(), pods(ImmutableSet.copyOf(some), key.selector()), intents.build()));
            }
        });
        blocks.forEach(
                (key, intents) -> items.add(new Item(key.ports(), new PolicyPeer.Addresses(key.block()), intents)));
        items.sort(Comparator.comparing(item -> item.ports().toString()));
        return items;
    }

    private static NetworkPolicy policy(
            NetworkPolicy.Key key, GrantsBySubject.Subject subject, LabelSelector selector, List<Item> items) {
        ImmutableList.Builder<PolicyRule> rules = ImmutableList.builder();
        List<Set<DeclaredIntent.Key>> provenance = new ArrayList<>();
        for (int from = 0; from < items.size(); ) {
            Ports ports = items.get(from).ports();
            int to = from;
            ImmutableList.Builder<PolicyPeer> peers = ImmutableList.builder();
            Set<DeclaredIntent.Key> intents = new TreeSet<>();
            for (; to < items.size() && items.get(to).ports().equals(ports); to++) {
                peers.add(items.get(to).peer());
                intents.addAll(items.get(to).intents());
            }
            rules.add(new PolicyRule(Optional.of(peers.build()), ports));
            provenance.add(intents);
            from = to;
        }
        boolean egress = subject.direction() == Direction.EGRESS;
        return new NetworkPolicy(
                key,
                Marker.labels(Marker.Role.ALLOW),
                Provenance.annotations(key.namespace(), subject.direction(), provenance),
                selector,
                ImmutableSet.of(subject.direction()),
                egress ? ImmutableList.of() : rules.build(),
                egress ? rules.build() : ImmutableList.of());
    }
}
