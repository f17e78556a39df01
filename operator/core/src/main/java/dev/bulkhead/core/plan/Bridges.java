package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * For whom the baseline may stand open while a namespace comes to be enforced: for pods that nothing isolates so far. For
 * one that a policy already isolates, an open baseline would be a hole.
 */
final class Bridges {

    private final Collection<NetworkPolicy> before;

    Bridges(Collection<NetworkPolicy> before) {
        this.before = before;
    }

    /** The kinds of bridge to try, in this order; each says for a namespace whom its bridge is for. */
    List<Function<String, Optional<LabelSelector>>> kinds(Collection<Change> baselines) {
        List<Function<String, Optional<LabelSelector>>> kinds = new ArrayList<>();
        if (!baselines.isEmpty()) {
            kinds.add(namespace -> Optional.of(LabelSelector.everything()));
            kinds.add(this::unisolated);
        }
        kinds.add(namespace -> Optional.empty());
        return kinds;
    }

    /** At most the pods that no policy selects; fewer where that is no conjunction. */
    private Optional<LabelSelector> unisolated(String namespace) {
        LabelSelector others = LabelSelector.everything();
        for (NetworkPolicy policy : before) {
            if (policy.key().namespace().equals(namespace)) {
                Optional<Map.Entry<String, Requirement>> first = policy.subject().requirements().entrySet().stream()
                        .filter(entry -> entry.getValue().negated().isExpressible())
                        .findFirst();
                if (first.isEmpty()) {
                    return Optional.empty();
                }
                others = others.and(first.get().getKey(), first.get().getValue().negated());
            }
        }
        return Optional.of(others);
    }
}
