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
final class Pair {

    private final Inputs inputs;
    private final Consent consent;
    private final Rules rules;
    private final Function<String, SelectedPods> selected;

    /** Finds rules by the namespace that declares them, their direction, and the namespace of their peer. */
    interface Rules {
        RulesByPeer towards(String declarer, Direction direction, String namespace);
    }

    /** @param selected of a namespace; of one that is not there, none */
    Pair(Inputs inputs, Consent consent, Rules rules, Function<String, SelectedPods> selected) {
        this.inputs = inputs;
        this.consent = consent;
        this.rules = rules;
        this.selected = selected;
    }

    /** For a rule whose both ends are resolved, the other one pods. */
    Handshake pair(ResolvedRule rule, ResolvedPeer.Pods peer) {
        Set<Ports> grants = new LinkedHashSet<>();
        boolean byPods = false;
        boolean begun = false;
        for (String namespace : peer.namespaces()) {
            if (needsNothing(rule, peer, namespace)) {
                return new Handshake(peer.ports(), Ports.none(), /* byPods= */ false, /* begun= */ true);
            }
            for (ResolvedRule other : counterparts(rule, peer, namespace)) {
                ResolvedPeer.Pods otherPeer = other.pods().orElseThrow();
                Match match = match(rule, peer, other, otherPeer, namespace);
                if (match != Match.NONE) {
                    begun = true;
                    grants.add(otherPeer.ports());
                    byPods |= match == Match.BY_PODS;
                } else if (!begun) {
                    begun = rule.subjectSelection().meets(otherPeer.selection(), selected.apply(rule.namespace()))
                            && peer.selection().meets(other.subjectSelection(), selected.apply(namespace));
                }
            }
        }
        Ports waiting = waiting(peer.ports(), Ports.union(grants), destinations(rule, peer));
        return new Handshake(peer.ports().difference(waiting), waiting, byPods, begun);
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

    /** One that is forbidden agrees to nothing; but to one that is forbidden itself it may say what both are told. */
    private Iterable<ResolvedRule> counterparts(ResolvedRule rule, ResolvedPeer.Pods peer, String namespace) {
        return Iterables.filter(
                rules.towards(namespace, rule.rule().direction().opposite(), rule.namespace())
                        .meaning(rule.subjectSelection()),
                other -> (rule.isForbidden() || !other.isForbidden())
                        && !peer.selection().evidentlyExcludes(other.subjectSelection()));
    }

    private Match match(
            ResolvedRule rule,
            ResolvedPeer.Pods peer,
            ResolvedRule other,
            ResolvedPeer.Pods otherPeer,
            String otherNamespace) {
        SelectedPods here = selected.apply(rule.namespace());
        Selection own = rule.subjectSelection();
        Match ownEnd = rule.rule().direction() == Direction.EGRESS
                ? own.within(otherPeer.selection(), here)
                : own.comparedWith(otherPeer.selection(), here);
        if (ownEnd == Match.NONE) {
            return Match.NONE;
        }
        return ownEnd.and(peer.selection().comparedWith(other.subjectSelection(), selected.apply(otherNamespace)));
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
