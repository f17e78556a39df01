package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
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
            for (AccessIntent intent : intents.intents().values()) {
                for (Rule rule : intent.rules()) {
                    if (wishes.size() < MOST && waits(statuses.get(intent.key().name()), rule)) {
                        rule.peer()
                                .asWorkload()
                                .filter(peer -> peer.namespace().equals(namespace))
                                .ifPresent(peer -> wishes.add(wish(intent, rule, peer)));
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

    private static Wish wish(AccessIntent intent, Rule rule, Peer.OfWorkload peer) {
        boolean asks = rule.direction() == Direction.EGRESS;
        Rule answer = new Rule(
                asks ? Direction.INGRESS : Direction.EGRESS,
                0,
                new Peer.OfWorkload(intent.key().namespace(), intent.workload()),
                rule.ports(),
                rule.reason());
        String name = (asks ? "serves-" : "calls-") + intent.key().name();
        AccessIntent whole = new AccessIntent(
                new AccessIntent.Key(peer.namespace(), name), peer.workload(), ImmutableList.of(answer));
        return new Wish(
                intent.key().toString(),
                rule.place(),
                answer.direction().policyType(),
                peer.workload().toString(),
                rule.ports().toString(),
                rule.reason(),
                IntentYaml.write(whole));
    }
}
