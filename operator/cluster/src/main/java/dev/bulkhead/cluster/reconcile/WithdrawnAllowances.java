package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What writes take away from the policies of one namespace, in whatever order they do it.
 *
 * @param policies the names of those that lose something
 * @param size how many halves of connections are lost, each a peer in a direction; a policy that goes or isolates less
 *     counts as one if it loses none
 */
record WithdrawnAllowances(ImmutableSortedSet<String> policies, long size) {

    private record Half(Direction direction, Optional<PolicyPeer> peer) {}

    /** @param live the policies before, by name */
    static WithdrawnAllowances of(Map<String, LivePolicy> live, List<Write> writes) {
        Map<String, Optional<NetworkPolicy>> after = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.successor().isEmpty()) {
                after.put(write.key().name(), write.written());
            }
        }
        TreeSet<String> losers = new TreeSet<>();
        long size = 0;
        for (Map.Entry<String, Optional<NetworkPolicy>> change : after.entrySet()) {
            LivePolicy before = live.get(change.getKey());
            long lost = before == null ? 0 : lost(before.policy(), change.getValue());
            if (lost > 0) {
                losers.add(change.getKey());
                size += lost;
            }
        }
        return new WithdrawnAllowances(ImmutableSortedSet.copyOf(losers), size);
    }

    boolean isNothing() {
        return size == 0;
    }

    /** What would be lost with the whole policy. */
    static long size(NetworkPolicy policy) {
        return Math.max(1, halves(policy).size());
    }

    private static long lost(NetworkPolicy before, Optional<NetworkPolicy> after) {
        if (after.isEmpty() || !after.get().subject().equals(before.subject())) {
            return size(before);
        }
        Map<Half, Ports> kept = halves(after.get());
        long lost = halves(before).entrySet().stream()
                .filter(half -> !half.getValue()
                        .difference(kept.getOrDefault(half.getKey(), Ports.none()))
                        .isEmpty())
                .count();
        boolean isolatesLess = !after.get().directions().containsAll(before.directions());
        return Math.max(lost, isolatesLess ? 1 : 0);
    }

    private static Map<Half, Ports> halves(NetworkPolicy policy) {
        Map<Half, Ports> halves = new HashMap<>();
        for (Direction direction : policy.directions()) {
            for (PolicyRule rule : policy.rules(direction)) {
                if (rule.peers().isEmpty()) {
                    halves.merge(new Half(direction, Optional.empty()), rule.ports(), Ports::union);
                } else {
                    rule.peers()
                            .get()
                            .forEach(peer ->
                                    halves.merge(new Half(direction, Optional.of(peer)), rule.ports(), Ports::union));
                }
            }
        }
        return halves;
    }
}
