package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * For whom a direction may stand open while it comes to be enforced: for pods that nothing isolates so far. While it is
 * released: for pods that nothing will isolate any more. For all others an open direction would be a hole.
 */
final class Bridges {

    private static final ImmutableSet<Direction> BOTH = ImmutableSet.copyOf(Direction.values());

    private final Collection<NetworkPolicy> before;
    private final Collection<NetworkPolicy> after;
    private final Map<String, PolicyChange> baselines;

    /** @param baselines the changes of baselines, by namespace */
    Bridges(Collection<NetworkPolicy> before, Collection<NetworkPolicy> after, Map<String, PolicyChange> baselines) {
        this.before = before;
        this.after = after;
        this.baselines = baselines;
    }

    /** The kinds of bridge to try, in this order. */
    List<Bridge> kinds() {
        List<Bridge> kinds = new ArrayList<>();
        if (!baselines.isEmpty()) {
            kinds.add(Bridge.of(Optional.of(LabelSelector.everything())));
            kinds.add(safe());
        }
        kinds.add(Bridge.of(Optional.empty()));
        return kinds;
    }

    /** The widest that is no hole, whatever else is there. */
    Bridge safe() {
        return new Bridge(
                namespace -> unisolated(before, namespace, gained(namespace)),
                namespace -> unisolated(after, namespace, lost(namespace)));
    }

    private ImmutableSet<Direction> gained(String namespace) {
        return Optional.ofNullable(baselines.get(namespace))
                .map(PolicyChange::gained)
                .orElse(BOTH);
    }

    private ImmutableSet<Direction> lost(String namespace) {
        return Optional.ofNullable(baselines.get(namespace))
                .map(PolicyChange::lost)
                .orElse(BOTH);
    }

    /** At most the pods that no policy isolates in these directions; fewer where that is no conjunction. */
    static Optional<LabelSelector> unisolated(
            Collection<NetworkPolicy> policies, String namespace, Set<Direction> directions) {
        LabelSelector others = LabelSelector.everything();
        for (NetworkPolicy policy : policies) {
            boolean here = policy.key().namespace().equals(namespace);
            if (here && Marker.isUnreadable(policy.annotations())) {
                return Optional.empty();
            }
            if (here && !Sets.intersection(policy.directions(), directions).isEmpty()) {
                Optional<Map.Entry<String, Requirement>> first = policy.subject().requirements().entrySet().stream()
                        .filter(entry -> entry.getValue().negated().isExpressible())
                        .findFirst();
                if (first.isEmpty()) {
                    return Optional.empty();
                }
                others = others.and(first.get().getKey(), first.get().getValue().negated());
            }
        }
        return Optional.of(others).filter(selector -> !selector.isImpossible());
    }
}
