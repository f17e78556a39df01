package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import dev.bulkhead.core.compile.Selection.Match;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The handshake: finds the declarations of the other end that meet a rule. An outbound rule is met by inbound ones that
 * admit all of its own workload; an inbound rule is an offer, met by whoever takes it up. The two ends that a pair of
 * rules names may differ in breadth, as long as one lies within the other.
 */
final class HandshakeMatcher {

    private final TrackedInputs inputs;
    private final Consent consent;
    private final Rules rules;
    private final Function<String, SelectedPods> selected;

    /** Finds rules by the namespace that declares them, their direction, and the namespace of their peer. */
    interface Rules {
        RulesByPeer towards(String declarer, Direction direction, String namespace);
    }

    /** @param selected of a namespace; of one that is not there, none */
    HandshakeMatcher(TrackedInputs inputs, Consent consent, Rules rules, Function<String, SelectedPods> selected) {
        this.inputs = inputs;
        this.consent = consent;
        this.rules = rules;
        this.selected = selected;
    }

    /** For a rule whose both ends are resolved, the other one pods. */
    Handshake pair(ResolvedRule rule, ResolvedPeer.Pods peer) {
        Answers answers = new Answers(rule, peer);
        for (String namespace : peer.namespaces()) {
            if (needsNothing(rule, peer, namespace)) {
                return new Handshake(peer.ports(), Ports.none(), /* byPods= */ false, /* begun= */ true);
            }
            Iterator<ResolvedRule> counterparts = counterparts(rule, peer, namespace);
            if (counterparts.hasNext()) {
                Meeting meeting = new Meeting(rule, peer, selected.apply(rule.namespace()), selected.apply(namespace));
                counterparts.forEachRemaining(other -> answers.hear(other, meeting));
            }
        }
        Ports waiting = waiting(peer.ports(), Ports.union(answers.grants), destinations(rule, peer));
        return new Handshake(peer.ports().difference(waiting), waiting, answers.byPods, answers.begun);
    }

    /** What the other end's rules come to, of which there may be many: of one that changes nothing no more is asked. */
    private static final class Answers {

        private final ResolvedRule rule;
        private final Ports wanted;
        private final Set<Ports> grants = new LinkedHashSet<>();
        private boolean byPods;
        private boolean begun;

        Answers(ResolvedRule rule, ResolvedPeer.Pods peer) {
            this.rule = rule;
            this.wanted = peer.ports();
        }

        void hear(ResolvedRule other, Meeting meeting) {
            ResolvedPeer.Pods otherPeer = other.pods().orElseThrow();
            Match match = meeting.match(other, otherPeer);
            boolean met = match != Match.NONE;
            boolean grant = met && mayGrant(otherPeer.ports(), wanted) && !grants.contains(otherPeer.ports());
            boolean first = !begun && (met || meeting.happens(other, otherPeer));
            boolean firstByPods = !byPods && match == Match.BY_PODS;
            if ((grant || first || firstByPods) && mayAgree(other, rule)) {
                begun = true;
                byPods |= firstByPods;
                if (grant) {
                    grants.add(otherPeer.ports());
                }
            }
        }
    }

    /**
     * One that is forbidden agrees to nothing; but to one that is forbidden itself it may say what both are told. Asked last: it
     * takes longer to tell than whether the two meet.
     */
    private static boolean mayAgree(ResolvedRule other, ResolvedRule rule) {
        return rule.isForbidden() || !other.isForbidden();
    }

    /** Whether what one end declares makes a difference to what the other one wants; a name may stand for any number. */
    private static boolean mayGrant(Ports declared, Ports wanted) {
        return !declared.names().isEmpty()
                || !wanted.names().isEmpty()
                || declared.numbers().meets(wanted.numbers());
    }

    /** Whether an end in this namespace is there and has no say. */
    private boolean needsNothing(ResolvedRule rule, ResolvedPeer.Pods peer, String namespace) {
        return inputs.exists(namespace)
                && (!peer.consents()
                        || consent.isInsideTrustBoundary(rule, peer, namespace)
                        || !consent.isDemanded(
                                rule.namespace(),
                                namespace,
                                rule.rule().direction().opposite()));
    }

    private Iterator<ResolvedRule> counterparts(ResolvedRule rule, ResolvedPeer.Pods peer, String namespace) {
        return Iterables.filter(
                        rules.towards(namespace, rule.rule().direction().opposite(), rule.namespace())
                                .meaning(rule.subjectSelection()),
                        other -> !peer.selection().evidentlyExcludes(other.subjectSelection()))
                .iterator();
    }

    /**
     * A rule, held against those of one namespace of its peer.
     *
     * @param here the pods of the rule's own namespace
     * @param there those of the other one
     */
    private record Meeting(ResolvedRule rule, ResolvedPeer.Pods peer, SelectedPods here, SelectedPods there) {

        Match match(ResolvedRule other, ResolvedPeer.Pods otherPeer) {
            Selection own = rule.subjectSelection();
            Match ownEnd = rule.rule().direction() == Direction.EGRESS
                    ? own.within(otherPeer.selection(), here)
                    : own.comparedWith(otherPeer.selection(), here);
            return ownEnd == Match.NONE
                    ? Match.NONE
                    : ownEnd.and(peer.selection().comparedWith(other.subjectSelection(), there));
        }

        /** Whether they have some pods in common, be it not all of either. */
        boolean happens(ResolvedRule other, ResolvedPeer.Pods otherPeer) {
            return rule.subjectSelection().meets(otherPeer.selection(), here)
                    && peer.selection().meets(other.subjectSelection(), there);
        }
    }

    /** The pods at which the connections of the rule arrive. */
    private List<PodClass> destinations(ResolvedRule rule, ResolvedPeer.Pods peer) {
        if (rule.rule().direction() == Direction.INGRESS) {
            return selected.apply(rule.namespace()).by(rule.subjectSelection());
        }
        return peer.namespaces().stream()
                .flatMap(namespace -> selected.apply(namespace).by(peer.selection()).stream())
                .toList();
    }

    /** What of the wanted ports is not granted, a name being as good as the numbers it has on every destination. */
    private static Ports waiting(Ports wanted, Ports granted, List<PodClass> destinations) {
        PortSet numbers = wanted.numbers().difference(granted.numbers());
        if (!numbers.isEmpty()) {
            Optional<PortSet> everywhere =
                    destinations.stream().map(pod -> granted.on(pod.ports())).reduce(PortSet::intersection);
            numbers = numbers.difference(everywhere.orElse(PortSet.none()));
        }
        Set<NamedPort> names = Sets.filter(
                Sets.difference(wanted.names(), granted.names()), name -> !isGranted(name, granted, destinations));
        return new Ports(numbers, ImmutableSortedSet.copyOf(names));
    }

    private static boolean isGranted(NamedPort name, Ports granted, List<PodClass> destinations) {
        Ports named = Ports.named(name.protocol(), name.name());
        PortSet meant = destinations.stream().map(pod -> named.on(pod.ports())).reduce(PortSet.none(), PortSet::union);
        return !meant.isEmpty()
                && destinations.stream().allMatch(pod -> granted.on(pod.ports()).containsAll(named.on(pod.ports())));
    }
}
