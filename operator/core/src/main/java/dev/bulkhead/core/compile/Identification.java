package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.world.ClusterFacts;
import java.util.Optional;

/**
 * How sure the two ends of a rule are. Addresses have no identity, and of what every cluster has nobody could give more.
 *
 * @param own whether labels stand for the rule's own workload
 * @param declared whether labels stand for the other end by what was declared
 * @param found whether they stand for it by what was found there
 * @param tellsOfPeer whether nothing but objects of another namespace tells that it is not verified
 */
record Identification(boolean own, boolean declared, boolean found, boolean tellsOfPeer) {

    static Identification of(
            AccessIntent intent, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {
        boolean own = isAsserted(intent.workload())
                || (subject instanceof Resolution.Found<Selection> selection
                        && !selection.value().isVerified());
        boolean declared = rule.peer() instanceof Peer.OfService
                || (rule.peer() instanceof Peer.OfWorkload workload && isAsserted(workload.workload()));
        boolean found = !(rule.peer() instanceof Peer.OfWellKnown)
                && pods(peer).filter(pods -> !pods.selection().isVerified()).isPresent();
        return new Identification(own, declared, found, found && !declared && !own && isBorrowed(peer));
    }

    boolean isVerified() {
        return !own && !declared && !found;
    }

    static boolean isBorrowed(Resolution<ResolvedPeer> peer) {
        return pods(peer).filter(ResolvedPeer.Pods::borrowed).isPresent();
    }

    private static Optional<ResolvedPeer.Pods> pods(Resolution<ResolvedPeer> peer) {
        return peer instanceof Resolution.Found<ResolvedPeer> found && found.value() instanceof ResolvedPeer.Pods pods
                ? Optional.of(pods)
                : Optional.empty();
    }

    private static boolean isAsserted(WorkloadReference reference) {
        return reference instanceof WorkloadReference.Owner || reference instanceof WorkloadReference.Labels;
    }

    /** How sure the other end is; absent where it is none that could be vouched for. */
    static Optional<Assurance> peer(ResolvedRule rule, ClusterFacts facts, boolean open) {
        Peer peer = rule.rule().peer();
        if (peer instanceof Peer.OfNetwork) {
            return Optional.empty();
        }
        if (peer instanceof Peer.OfWellKnown wellKnown) {
            boolean addresses = !wellKnown.name().isWorkload()
                    || (rule.peer() instanceof Resolution.Found<ResolvedPeer> found
                            && found.value() instanceof ResolvedPeer.Addresses);
            boolean vouched = pods(rule.peer())
                    .filter(pods -> open && pods.selection().isVerified())
                    .isPresent();
            return addresses ? Optional.empty() : Optional.of(assurance(vouched));
        }
        if (peer instanceof Peer.OfWorkload workload) {
            if (workload.workload() instanceof WorkloadReference.ServiceAccount) {
                // What was found elsewhere is told once that end agreed.
                boolean told = open || workload.namespace().equals(rule.namespace());
                boolean found = pods(rule.peer())
                        .filter(pods -> pods.selection().isVerified())
                        .isPresent();
                return Optional.of(assurance(told ? found : facts.identityInForce()));
            }
            return Optional.of(assurance(!isAsserted(workload.workload())));
        }
        return Optional.of(assurance(!(peer instanceof Peer.OfService)));
    }

    /** How sure an intent's own workload is. */
    static Assurance workload(AccessIntent intent, Resolution<Selection> subject) {
        boolean found = subject instanceof Resolution.Found<Selection> selection
                && selection.value().isVerified();
        return assurance(intent.workload() instanceof WorkloadReference.All || found);
    }

    private static Assurance assurance(boolean verified) {
        return verified ? Assurance.VERIFIED : Assurance.ASSERTED;
    }
}
