package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bulkhead.app.console.NamespacePage.IntentRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of all intents that somebody may see, with the states that they are in.
 *
 * @param more how many more there are than are listed
 */
record RulesPage(List<OneRule> rules, int more) {

    static final Set<String> PARAMETERS = Set.of("state", "namespaces");

    private static final int MOST = 2_000;

    record OneRule(
            String namespace, String intent, @JsonUnwrapped IntentRule rule) {}

    /** @param state a state as {@link RuleStateCounts} names it; empty for all */
    static RulesPage of(ViewedCluster cluster, String state, Set<String> namespaces) {
        Predicate<IntentRule> wanted = rule -> state.isEmpty() || rule.state().equals(state);
        List<OneRule> rules = new ArrayList<>();
        int[] more = {0};
        cluster.namespaces().stream()
                .map(namespace -> namespace.name())
                .filter(namespace -> namespaces.isEmpty() || namespaces.contains(namespace))
                .forEach(namespace -> NamespacePage.rules(cluster, namespace)
                        .forEach((intent, of) -> of.stream().filter(wanted).forEach(rule -> {
                            if (rules.size() < MOST) {
                                rules.add(new OneRule(namespace, intent, rule));
                            } else {
                                more[0]++;
                            }
                        })));
        return new RulesPage(rules, more[0]);
    }
}
