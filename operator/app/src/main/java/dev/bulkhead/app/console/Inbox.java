package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.app.status.MatchingRule;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What other teams have declared and wait for a namespace to declare as well, by namespaces that whoever asks may see. */
final class Inbox {

    /** Whoever gets more begins with these. */
    private static final int MOST = 100;

    private Inbox() {}

    /**
     * A rule of another namespace that waits.
     *
     * @param intent whose rule it is, as in {@code shop/checkout}
     * @param workload of this namespace that is meant
     * @param yaml an intent that would be the answer; whether it is given is for the team to decide
     */
    record Wish(
            String intent, String rule, String direction, String workload, String ports, String reason, String yaml) {}

    static List<Wish> of(ViewedCluster cluster, String namespace) {
        List<Wish> wishes = new ArrayList<>();
        cluster.snapshot().declarations().intents().forEach((from, intents) -> {
            Map<String, AccessIntentStatus> statuses =
                    cluster.view().intentStatuses().getOrDefault(from, ImmutableSortedMap.of());
            if (from.equals(namespace)) {
                return;
            }
            for (DeclaredIntent intent : intents.intents().values()) {
                for (Rule rule : intent.rules()) {
                    if (wishes.size() < MOST && waits(statuses.get(intent.key().name()), rule)) {
                        rule.peer()
                                .asWorkload()
                                .filter(peer -> peer.namespace().equals(namespace))
                                .ifPresent(peer -> MatchingRule.of(intent, rule)
                                        .ifPresent(answer -> wishes.add(wish(intent, rule, peer, answer))));
                    }
                }
            }
        });
        return wishes;
    }

    private static boolean waits(AccessIntentStatus status, Rule rule) {
        return status != null
                && status.rules().stream()
                        .anyMatch(told -> told.rule().equals(rule.place()) && told.state() == RuleState.AWAITING_PEER);
    }

    private static Wish wish(DeclaredIntent intent, Rule rule, Peer.OfWorkload peer, DeclaredIntent answer) {
        return new Wish(
                intent.key().toString(),
                rule.place(),
                rule.direction().opposite().policyType(),
                peer.workload().toString(),
                rule.ports().toString(),
                rule.reason(),
                IntentYaml.write(answer));
    }
}
