package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
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
            DeclaredIntent intent, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {
        boolean own = intent.workload().isAsserted()
                || subject.found().filter(selection -> !selection.isVerified()).isPresent();
        boolean found =
                pods(peer).filter(pods -> !pods.selection().isVerified()).isPresent();
        return rule.peer().fold(new Peer.Cases<>() {
            @Override
            public Identification workload(Peer.OfWorkload workload) {
                return identification(workload.workload().isAsserted());
            }

            @Override
            public Identification service(Peer.OfService service) {
                return identification(true);
            }

            @Override
            public Identification namespace(Peer.OfNamespace namespace) {
                return identification(false);
            }

            @Override
            public Identification segment(Peer.OfSegment segment) {
                return identification(false);
            }

            @Override
            public Identification network(Peer.OfNetwork network) {
                return new Identification(own, false, false, false);
            }

            @Override
            public Identification wellKnown(Peer.OfWellKnown wellKnown) {
                return new Identification(own, false, false, false);
            }

            private Identification identification(boolean declared) {
                return new Identification(own, declared, found, found && !declared && !own && isBorrowed(peer));
            }
        });
    }

    boolean isVerified() {
        return !own && !declared && !found;
    }

    static boolean isBorrowed(Resolution<ResolvedPeer> peer) {
        return pods(peer).filter(ResolvedPeer.Pods::borrowed).isPresent();
    }

    private static Optional<ResolvedPeer.Pods> pods(Resolution<ResolvedPeer> peer) {
        return peer.found().flatMap(ResolvedPeer::asPods);
    }

    /** How sure the other end is; absent where it is none that could be vouched for. */
    static Optional<Assurance> peer(ResolvedRule rule, ClusterFacts facts, boolean open) {
        return rule.rule().peer().fold(new AssuranceOfPeer(rule, facts, open));
    }

    /** How sure an intent's own workload is. */
    static Assurance workload(Resolution<Selection> subject) {
        return assurance(subject.found().filter(Selection::isVerified).isPresent());
    }

    private static Assurance assurance(boolean verified) {
        return verified ? Assurance.VERIFIED : Assurance.ASSERTED;
    }

    /** @param open whether connections may pass by the rule */
    private record AssuranceOfPeer(ResolvedRule rule, ClusterFacts facts, boolean open)
            implements Peer.Cases<Optional<Assurance>> {

        @Override
        public Optional<Assurance> workload(Peer.OfWorkload peer) {
            // What was found elsewhere is told once that end agreed.
            boolean told = open || peer.namespace().equals(rule.namespace());
            boolean byAccount = told ? isFoundVerified() : facts.identityInForce();
            return Optional.of(assurance(
                    peer.workload().account().isPresent()
                            ? byAccount
                            : !peer.workload().isAsserted()));
        }

        @Override
        public Optional<Assurance> service(Peer.OfService peer) {
            return Optional.of(Assurance.ASSERTED);
        }

        @Override
        public Optional<Assurance> namespace(Peer.OfNamespace peer) {
            return Optional.of(Assurance.VERIFIED);
        }

        @Override
        public Optional<Assurance> segment(Peer.OfSegment peer) {
            return Optional.of(Assurance.VERIFIED);
        }

        @Override
        public Optional<Assurance> network(Peer.OfNetwork peer) {
            return Optional.empty();
        }

        @Override
        public Optional<Assurance> wellKnown(Peer.OfWellKnown peer) {
            boolean addresses = !peer.name().isWorkload()
                    || rule.peer().found().flatMap(ResolvedPeer::asAddresses).isPresent();
            return addresses ? Optional.empty() : Optional.of(assurance(open && isFoundVerified()));
        }

        private boolean isFoundVerified() {
            return pods(rule.peer())
                    .filter(pods -> pods.selection().isVerified())
                    .isPresent();
        }
    }
}
