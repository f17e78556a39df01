package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.core.compile.RuleOutcome;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** How many rules stand how, by the word that statuses have; each word is there. */
final class States {

    private States() {}

    static ImmutableSortedMap<String, Integer> of(Collection<AccessIntentStatus> statuses) {
        Map<String, Integer> counts = new TreeMap<>();
        for (RuleOutcome.State state : RuleOutcome.State.values()) {
            counts.put(state.label(), 0);
        }
        statuses.forEach(status -> status.rules().forEach(rule -> counts.merge(label(rule.state()), 1, Integer::sum)));
        return ImmutableSortedMap.copyOf(counts);
    }

    static String label(dev.bulkhead.api.v1alpha1.RuleState state) {
        return RuleOutcome.State.valueOf(state.name()).label();
    }
}
