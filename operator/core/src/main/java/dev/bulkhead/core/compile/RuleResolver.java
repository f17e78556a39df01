package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.List;

/** Looks up both ends of rules, and whether any limit forbids them. */
final class RuleResolver {

    private final TrackedInputs inputs;
    private final WorkloadResolver workloads;
    private final PeerResolver peers;
    private final GuardrailEvaluator forbid;

    RuleResolver(TrackedInputs inputs, GuardrailEvaluator forbid) {
        this.inputs = inputs;
        this.workloads = new WorkloadResolver(inputs);
        this.peers = new PeerResolver(inputs, workloads);
        this.forbid = forbid;
    }

    /** All rules of the namespace, in the order of its intents. */
    ImmutableList<ResolvedRule> resolve(String namespace) {
        List<RequestedRule> asked = new ArrayList<>();
        for (DeclaredIntent intent : inputs.intents(namespace).values()) {
            Resolution<Selection> subject = subject(intent);
            intent.rules().forEach(rule -> asked.add(asked(intent, subject, rule)));
        }
        AddressTotals together = forbid.together(asked);
        return asked.stream().map(rule -> resolved(rule, together)).collect(ImmutableList.toImmutableList());
    }

    /**
     * The rules of a direction that one namespace declares, both ends resolved, whose peer is pods of another one. No more is
     * looked up for them than it takes to tell which they are: they may be many, and most of them meet nothing there.
     */
    RulesByPeer towards(String declarer, Direction direction, String namespace) {
        Peer.Cases<Boolean> mayMean = inputs.meaning(namespace);
        // Those count together that name networks, and these name pods.
        AddressTotals together = forbid.together(List.of());
        ImmutableList.Builder<ResolvedRule> towards = ImmutableList.builder();
        for (DeclaredIntent intent : inputs.said(declarer, namespace).values()) {
            Resolution<Selection> subject = null;
            for (Rule rule : intent.rules()) {
                if (rule.direction() == direction && rule.peer().fold(mayMean)) {
                    subject = subject == null ? subject(intent) : subject;
                    ResolvedRule resolved = resolved(asked(intent, subject, rule), together);
                    if (means(resolved, namespace)) {
                        towards.add(resolved);
                    }
                }
            }
        }
        return new RulesByPeer(towards.build());
    }

    private static boolean means(ResolvedRule rule, String namespace) {
        return rule.pods().filter(pods -> pods.namespaces().contains(namespace)).isPresent();
    }

    private RequestedRule asked(DeclaredIntent intent, Resolution<Selection> subject, Rule rule) {
        return new RequestedRule(
                intent, subject, rule, peers.resolve(intent.key().namespace(), rule));
    }

    private ResolvedRule resolved(RequestedRule asked, AddressTotals together) {
        return new ResolvedRule(
                asked.intent().key(),
                asked.rule(),
                asked.subject(),
                asked.peer(),
                inputs.later(() -> forbid.forbid(asked, together)));
    }

    /** Whom the intent speaks for. */
    Resolution<Selection> subject(DeclaredIntent intent) {
        String namespace = intent.key().namespace();
        return workloads.resolve(namespace, namespace, intent.workload());
    }
}
