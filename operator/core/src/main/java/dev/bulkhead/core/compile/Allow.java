package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The halves that a rule gives: its own, and inside the trust boundary the other end's too. */
final class Allow {

    private final Enrolment enrolment;
    private final Consent consent;

    Allow(Enrolment enrolment, Consent consent) {
        this.enrolment = enrolment;
        this.consent = consent;
    }

    /**
     * The half at the rule's own end, if that end is enforced.
     *
     * @param handshake absent where the peer is addresses
     */
    List<Half> own(ResolvedRule rule, Optional<Handshake> handshake) {
        Direction direction = rule.rule().direction();
        if (rule.isForbidden() || !enrolment.enforced(rule.namespace()).contains(direction)) {
            return List.of();
        }
        ResolvedPeer peer = rule.resolvedPeer().orElseThrow();
        LabelSelector subject = rule.subjectSelection().selector();
        List<Half> halves = new ArrayList<>();
        if (peer instanceof ResolvedPeer.Addresses addresses) {
            for (ResolvedPeer.Block block : addresses.blocks()) {
                halves.add(new Half(
                        rule.namespace(),
                        direction,
                        subject,
                        new Half.Addresses(block.block()),
                        block.ports(),
                        rule.intent()));
            }
        } else if (peer instanceof ResolvedPeer.Pods pods && !isWithheld(pods, handshake)) {
            for (String namespace : pods.namespaces()) {
                halves.add(new Half(
                        rule.namespace(),
                        direction,
                        subject,
                        new Half.Pods(namespace, pods.selection().selector()),
                        pods.ports(),
                        rule.intent()));
            }
        }
        return halves;
    }

    /**
     * A selector read off an object of another namespace would tell of that object before its owners agreed; to a part of
     * what is asked is enough.
     */
    private static boolean isWithheld(ResolvedPeer.Pods peer, Optional<Handshake> handshake) {
        return peer.borrowed() && handshake.filter(found -> !found.begun()).isPresent();
    }

    /** The half that a rule gives to pods of another end's namespace. */
    Optional<Half> mirrored(ResolvedRule rule, String namespace) {
        Direction direction = rule.rule().direction().opposite();
        return rule.pods()
                .filter(peer -> !rule.isForbidden())
                .filter(peer -> peer.namespaces().contains(namespace))
                .filter(peer -> enrolment.enforced(namespace).contains(direction))
                .filter(peer -> consent.isInsideTrustBoundary(rule, peer, namespace))
                .map(peer -> new Half(
                        namespace,
                        direction,
                        peer.selection().selector(),
                        new Half.Pods(rule.namespace(), rule.subjectSelection().selector()),
                        peer.ports(),
                        rule.intent()));
    }
}
