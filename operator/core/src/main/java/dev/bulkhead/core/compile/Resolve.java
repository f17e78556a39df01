package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Rule;

/** Looks up both ends of every rule of a namespace, and whether any limit forbids it. */
final class Resolve {

    private final Inputs inputs;
    private final ResolveWorkloads workloads;
    private final ResolvePeers peers;
    private final Forbid forbid;

    Resolve(Inputs inputs, Forbid forbid) {
        this.inputs = inputs;
        this.workloads = new ResolveWorkloads(inputs);
        this.peers = new ResolvePeers(inputs, workloads);
        this.forbid = forbid;
    }

    NamespaceRules resolve(String namespace) {
        ImmutableList.Builder<Inputs.Recorded<ResolvedRule>> rules = ImmutableList.builder();
        for (AccessIntent intent : inputs.intents(namespace).values()) {
            Inputs.Recorded<Resolution<Selection>> subject = inputs.recorded(() -> subject(intent));
            for (Rule rule : intent.rules()) {
                rules.add(inputs.recorded(() -> resolve(intent, inputs.used(subject), rule)));
            }
        }
        return new NamespaceRules(rules.build());
    }

    private ResolvedRule resolve(AccessIntent intent, Resolution<Selection> subject, Rule rule) {
        Resolution<ResolvedPeer> peer = peers.resolve(intent.key().namespace(), rule);
        return new ResolvedRule(intent.key(), rule, subject, peer, forbid.forbid(intent, subject, rule, peer));
    }

    /** Whom the intent speaks for. */
    Resolution<Selection> subject(AccessIntent intent) {
        String namespace = intent.key().namespace();
        return workloads.resolve(namespace, namespace, intent.workload());
    }
}
