package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.World;

/** Looks up both ends of every rule of a namespace, and whether any limit forbids it. */
final class Resolve {

    private final Declarations declarations;
    private final ResolveWorkloads workloads;
    private final ResolvePeers peers;
    private final Forbid forbid;

    Resolve(World world, Declarations declarations, Enrolment enrolment, Forbid forbid) {
        this.declarations = declarations;
        this.workloads = new ResolveWorkloads(world);
        this.peers = new ResolvePeers(world, declarations, enrolment, workloads);
        this.forbid = forbid;
    }

    NamespaceRules resolve(String namespace) {
        ImmutableList.Builder<ResolvedRule> rules = ImmutableList.builder();
        for (AccessIntent intent : declarations.of(namespace).intents().values()) {
            Resolution<Selection> subject = subject(intent);
            for (Rule rule : intent.rules()) {
                Resolution<ResolvedPeer> peer = peers.resolve(namespace, rule);
                rules.add(new ResolvedRule(
                        intent.key(), rule, subject, peer, forbid.forbid(intent, subject, rule, peer)));
            }
        }
        return new NamespaceRules(rules.build());
    }

    /** Whom the intent speaks for. */
    Resolution<Selection> subject(AccessIntent intent) {
        String namespace = intent.key().namespace();
        return workloads.resolve(namespace, namespace, intent.workload());
    }
}
