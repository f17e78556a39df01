package dev.bulkhead.app.status;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How declared rules stand.
 *
 * @param rules in the order of their intents' names
 * @param caveats of the namespaces, such as that what is written is held back
 */
record StatusReport(ImmutableList<Standing> rules, ImmutableList<Caveat> caveats) {

    /** @param theirs what the other team declares, where that is all that is missing */
    record Standing(DeclaredIntent.Key intent, RuleOutcome rule, Optional<DeclaredIntent> theirs) {}

    /**
     * @param live whether the policies of the snapshot are in force, so that it matters where they are not what is declared
     * @param wanted namespaces that are asked about
     */
    static StatusReport of(Snapshot snapshot, boolean live, Predicate<String> wanted) {
        ImmutableSortedMap<String, Compilation> compilations = snapshot.compile();
        Snapshot told = live ? snapshot.withCaveatsOnUnwritten(compilations) : snapshot;
        ImmutableList.Builder<Standing> rules = ImmutableList.builder();
        compilations.values().stream()
                .filter(compilation -> wanted.test(compilation.namespace()))
                .forEach(compilation -> compilation
                        .intents()
                        .forEach((key, outcome) -> outcome.rules()
                                .forEach(rule -> rules.add(new Standing(key, rule, theirs(snapshot, key, rule))))));
        return new StatusReport(
                rules.build(),
                told.caveats().stream()
                        .filter(caveat -> wanted.test(caveat.namespace()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Optional<DeclaredIntent> theirs(Snapshot snapshot, DeclaredIntent.Key key, RuleOutcome rule) {
        return Optional.of(rule)
                // Whoever is asked to agree with a name that is mistyped makes it worse.
                .filter(state -> state.state() == RuleOutcome.State.AWAITING_PEER
                        && state.idle().isEmpty())
                .map(state ->
                        snapshot.declarations().of(key.namespace()).intents().get(key.name()))
                .flatMap(intent -> MatchingRule.of(intent, rule.rule()));
    }

    Map<RuleOutcome.State, Integer> counts() {
        Map<RuleOutcome.State, Integer> counts = new EnumMap<>(RuleOutcome.State.class);
        rules.forEach(rule -> counts.merge(rule.rule().state(), 1, Integer::sum));
        return counts;
    }

    /** How many rules nothing uses. */
    int idle() {
        return (int)
                rules.stream().filter(rule -> rule.rule().idle().isPresent()).count();
    }

    List<Standing> in(RuleOutcome.State state) {
        return rules.stream().filter(rule -> rule.rule().state() == state).toList();
    }

    boolean has(RuleOutcome.State... states) {
        return List.of(states).stream().anyMatch(state -> counts().containsKey(state));
    }
}
