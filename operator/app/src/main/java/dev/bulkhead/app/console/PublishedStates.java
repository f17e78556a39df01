package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.core.compile.Assurance;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How rules stand by their intents' statuses. To work it out anew would tell of a namespace that may not be seen before the
 * status does, and in words that no status has.
 */
final class PublishedStates {

    private PublishedStates() {}

    /** With no policies; a rule that no status speaks of yet is left out. */
    static ImmutableSortedMap<String, Compilation> of(ViewedCluster cluster, Collection<String> namespaces) {
        return namespaces.stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        Comparator.naturalOrder(), name -> name, name -> of(cluster, name)));
    }

    private static Compilation of(ViewedCluster cluster, String namespace) {
        ImmutableSortedMap<String, AccessIntentStatus> statuses =
                cluster.view().intentStatuses().getOrDefault(namespace, ImmutableSortedMap.of());
        return new Compilation(
                namespace,
                Optional.empty(),
                ImmutableSortedMap.of(),
                cluster.view().snapshot().declarations().of(namespace).intents().values().stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                DeclaredIntent::key,
                                intent -> outcome(
                                        intent,
                                        Optional.ofNullable(
                                                statuses.get(intent.key().name()))))),
                Dependencies.none());
    }

    private static IntentOutcome outcome(DeclaredIntent intent, Optional<AccessIntentStatus> status) {
        ImmutableMap<String, RuleStatus> told =
                Maps.uniqueIndex(status.map(AccessIntentStatus::rules).orElse(ImmutableList.of()), RuleStatus::rule);
        return new IntentOutcome(
                Assurance.ASSERTED,
                intent.rules().stream()
                        .filter(rule -> told.containsKey(rule.place()))
                        .map(rule -> state(rule, told.get(rule.place())))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableSortedSet.of());
    }

    private static RuleOutcome state(Rule rule, RuleStatus status) {
        return new RuleOutcome(
                rule,
                RuleOutcome.State.valueOf(status.state().name()),
                Optional.ofNullable(status.message()).orElse("")
                        + Optional.ofNullable(status.idle())
                                .map(idle -> "; idle: " + idle)
                                .orElse(""),
                Optional.empty(),
                /* doubtful= */ false,
                /* idle= */ Optional.empty());
    }
}
