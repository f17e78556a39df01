package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Rule;
import java.util.ArrayList;
import java.util.List;

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
        List<Inputs.Recorded<Asked>> asked = new ArrayList<>();
        for (AccessIntent intent : inputs.intents(namespace).values()) {
            Inputs.Recorded<Resolution<Selection>> subject = inputs.recorded(() -> subject(intent));
            for (Rule rule : intent.rules()) {
                asked.add(inputs.recorded(() -> new Asked(
                        intent,
                        inputs.used(subject),
                        rule,
                        peers.resolve(intent.key().namespace(), rule))));
            }
        }
        Together together =
                forbid.together(asked.stream().map(Inputs.Recorded::value).toList());
        return new NamespaceRules(asked.stream()
                .map(rule -> inputs.recorded(() -> resolved(inputs.used(rule), together)))
                .collect(ImmutableList.toImmutableList()));
    }

    private ResolvedRule resolved(Asked asked, Together together) {
        return new ResolvedRule(
                asked.intent().key(), asked.rule(), asked.subject(), asked.peer(), forbid.forbid(asked, together));
    }

    /** Whom the intent speaks for. */
    Resolution<Selection> subject(AccessIntent intent) {
        String namespace = intent.key().namespace();
        return workloads.resolve(namespace, namespace, intent.workload());
    }
}
