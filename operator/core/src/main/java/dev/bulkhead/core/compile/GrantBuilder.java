package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Optional;

/** The halves that a rule gives: its own, and inside the trust boundary the other end's too. */
final class GrantBuilder {

    private final TrackedInputs inputs;
    private final Consent consent;

    GrantBuilder(TrackedInputs inputs, Consent consent) {
        this.inputs = inputs;
        this.consent = consent;
    }

    /**
     * The half at the rule's own end, if that end is enforced.
     *
     * @param handshake absent where the peer is addresses, or an end does not resolve
     */
    List<Grant> own(ResolvedRule rule, Optional<Handshake> handshake) {
        Direction direction = rule.rule().direction();
        if (!inputs.enforced(rule.namespace()).contains(direction)) {
            return List.of();
        }
        Optional<Grant> stranger = byStamp(rule, handshake);
        if (stranger.isPresent()) {
            return List.of(stranger.get());
        }
        if (rule.failure().isPresent() || rule.isForbidden()) {
            return List.of();
        }
        ResolvedPeer peer = rule.resolvedPeer().orElseThrow();
        LabelSelector subject = rule.subjectSelection().selector();
        return peer.fold(
                pods -> isWithheld(pods, handshake)
                        ? List.of()
                        : pods.namespaces().stream()
                                .map(namespace -> new Grant(
                                        rule.namespace(),
                                        direction,
                                        subject,
                                        new Grant.Pods(
                                                namespace, pods.selection().selector()),
                                        pods.ports(),
                                        rule.intent()))
                                .toList(),
                addresses -> addresses.blocks().stream()
                        .map(block -> new Grant(
                                rule.namespace(),
                                direction,
                                subject,
                                new Grant.Addresses(block.block()),
                                block.ports(),
                                rule.intent()))
                        .toList());
    }

    /**
     * Whether pods of another namespace lack the stamp is told no more than whether they are there: until that end agrees,
     * the half names the stamp, as it would for nobody. It opens nothing, since that end is closed.
     */
    private Optional<Grant> byStamp(ResolvedRule rule, Optional<Handshake> handshake) {
        boolean agreed = handshake.filter(Handshake::begun).isPresent();
        boolean told = rule.prohibitions().stream().anyMatch(prohibition -> !prohibition.tellsOfPeer());
        boolean lookedUp = rule.peer().failure().isPresent() || Identification.isBorrowed(rule.peer());
        if (!inputs.facts().identityInForce() || agreed || told || !lookedUp) {
            return Optional.empty();
        }
        return rule.rule()
                .peer()
                .asWorkload()
                .filter(peer -> !peer.namespace().equals(rule.namespace()))
                .filter(peer -> consent.isDemanded(
                        rule.namespace(),
                        peer.namespace(),
                        rule.rule().direction().opposite()))
                .flatMap(peer -> peer.workload()
                        .account()
                        .flatMap(account -> rule.subject()
                                .found()
                                .map(subject -> new Grant(
                                        rule.namespace(),
                                        rule.rule().direction(),
                                        subject.selector(),
                                        new Grant.Pods(peer.namespace(), Identity.selector(account)),
                                        rule.rule().ports(),
                                        rule.intent()))));
    }

    /**
     * A selector read off an object of another namespace would tell of that object before its owners agreed; to a part of
     * what is asked is enough.
     */
    private static boolean isWithheld(ResolvedPeer.Pods peer, Optional<Handshake> handshake) {
        return peer.borrowed() && handshake.filter(found -> !found.begun()).isPresent();
    }

    /** The half that a rule gives to pods of another end's namespace. */
    Optional<Grant> mirrored(ResolvedRule rule, String namespace) {
        Direction direction = rule.rule().direction().opposite();
        return rule.pods()
                .filter(peer -> !rule.isForbidden())
                .filter(peer -> peer.namespaces().contains(namespace))
                .filter(peer -> inputs.enforced(namespace).contains(direction))
                .filter(peer -> consent.isInsideTrustBoundary(rule, peer, namespace))
                .map(peer -> new Grant(
                        namespace,
                        direction,
                        peer.selection().selector(),
                        new Grant.Pods(rule.namespace(), rule.subjectSelection().selector()),
                        peer.ports(),
                        rule.intent()));
    }
}
