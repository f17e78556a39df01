package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.compile.UnreadableIntents;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Intents that were never understood while this process ran: what they once meant is known only from the policies that
 * carry them, so what may be theirs stays.
 */
record UnknownIntents() implements Gate {

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        Set<DeclaredIntent.Key> unknown = unknown(proposal.snapshot());
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        List<NetworkPolicy> ours = proposal.live().values().stream()
                .filter(LivePolicy::isManaged)
                .map(LivePolicy::policy)
                .toList();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> kept =
                UnreadableIntents.kept(ours, unknown, proposal.desired());
        ImmutableMap<NetworkPolicy.Key, Optional<NetworkPolicy>> differing = kept.entrySet().stream()
                .filter(policy -> !policy.getValue().equals(proposal.desired().get(policy.getKey())))
                .collect(ImmutableMap.toImmutableMap(
                        policy -> policy.getKey(), policy -> Optional.of(policy.getValue())));
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(Hold.policies("an intent that they carry is not understood", differing));
    }

    private static Set<DeclaredIntent.Key> unknown(InventorySnapshot snapshot) {
        Set<DeclaredIntent.Key> unknown = new TreeSet<>();
        snapshot.declared()
                .forEach((namespace, declared) -> declared.rejections().forEach((name, rejection) -> {
                    if (!rejection.meaningKept()) {
                        unknown.add(new DeclaredIntent.Key(namespace, name));
                    }
                }));
        return unknown;
    }
}
