package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.core.compile.RuleOutcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How many rules stand how, by the word that statuses have; each word is there. */
final class RuleStateCounts {

    /** Of a rule that no status speaks of yet. */
    static final String PENDING = "Pending";

    /** Every word. */
    static final ImmutableSortedSet<String> ALL = Stream.concat(
                    Stream.of(PENDING), Stream.of(RuleOutcome.State.values()).map(RuleOutcome.State::label))
            .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));

    private RuleStateCounts() {}

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
