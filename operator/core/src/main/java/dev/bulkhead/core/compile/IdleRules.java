package dev.bulkhead.core.compile;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Iterables;
import com.google.common.collect.Range;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which rules nothing uses, as is often a mistake in a name or in a port. It looks at pod templates as well as at pods,
 * so a workload that is scaled to zero is no such case. However many rules name the same pods, these are looked at once. For
 * one thread.
 */
final class IdleRules {

    /** A namespace may hold thousands of Services, and they are no more than a hint. */
    private static final int MOST_SERVICES_LOOKED_AT = 20;

    private static final int MOST_SERVICES_NAMED = 3;

    /** Pods of one namespace. */
    private record Named(String namespace, LabelSelector selector) {}

    private final TrackedInputs inputs;
    private final Consent consent;
    private final Function<String, SelectedPods> selected;
    private final Visibility sight;
    private final Map<Named, DeclaredPorts> known = new HashMap<>();

    /** @param selected of a namespace; of one that is not there, none */
    IdleRules(TrackedInputs inputs, Consent consent, Function<String, SelectedPods> selected, Visibility sight) {
        this.inputs = inputs;
        this.consent = consent;
        this.selected = selected;
        this.sight = sight;
    }

    /** Why nothing uses the rule; its own workload counts before the peer, and both before the ports. */
    Optional<Idle> of(ResolvedRule rule) {
        return rule.subject()
                .found()
                .flatMap(subject -> workload(rule, subject).or(() -> peer(rule)).or(() -> ownPorts(rule, subject)));
    }

    private Optional<Idle> workload(ResolvedRule rule, Selection subject) {
        String namespace = rule.namespace();
        if (declared(Set.of(namespace), subject).anybody()) {
            return Optional.empty();
        }
        String what =
                inputs.intents(namespace).get(rule.intent().name()).workload().toString();
        return Optional.of(idle(Idle.Part.WORKLOAD, namespace, what));
    }

    private Optional<Idle> peer(ResolvedRule rule) {
        return rule.pods().filter(peer -> mayBeTold(rule, peer)).flatMap(peer -> {
            if (!declared(peer.namespaces(), peer.selection()).anybody()) {
                // Of a whole segment it is enough that there is one of its namespaces.
                return Optional.of(idle(
                        Idle.Part.PEER,
                        peer.namespaces().first(),
                        rule.rule().peer().inWords()));
            }
            return rule.rule().direction() == Direction.EGRESS
                    ? ports(peer.namespaces(), peer.selection(), peer.ports())
                    : Optional.empty();
        });
    }

    private Optional<Idle> ownPorts(ResolvedRule rule, Selection subject) {
        return rule.rule().direction() == Direction.INGRESS
                ? ports(Set.of(rule.namespace()), subject, rule.rule().ports())
                : Optional.empty();
    }

    /** What stands at the other end is told to that end, and to whoever may look there. */
    private boolean mayBeTold(ResolvedRule rule, ResolvedPeer.Pods peer) {
        return peer.namespaces().stream()
                .allMatch(name -> name.equals(rule.namespace())
                        || sight.sees(name)
                        || consent.isInsideTrustBoundary(rule, peer, name));
    }

    private DeclaredPorts declared(Collection<String> namespaces, Selection selection) {
        return namespaces.stream()
                .map(namespace -> declared(namespace, selection))
                .reduce(DeclaredPorts.NOBODY, DeclaredPorts::and);
    }

    private DeclaredPorts declared(String namespace, Selection selection) {
        // Asked for each time, so that whoever asks depends on it.
        SelectedPods there = selected.apply(namespace);
        return known.computeIfAbsent(
                new Named(namespace, selection.selector()),
                named -> DeclaredPorts.of(Iterables.concat(
                        there.by(selection),
                        Iterables.filter(
                                sight.runs(namespace),
                                pod -> selection.selector().matches(pod.labels())))));
    }

    private Idle idle(Idle.Part part, String namespace, String what) {
        return new Idle(
                part,
                namespace,
                inputs.exists(namespace)
                        ? "no pod and no pod template matches " + what
                        : "namespace " + namespace + " is not found");
    }

    private Optional<Idle> ports(Collection<String> namespaces, Selection selection, Ports asked) {
        return declared(namespaces, selection)
                .all()
                .map(declared -> new Idle(
                        Idle.Part.PORTS, namespaces.iterator().next(), why(namespaces, selection, asked, declared)))
                .filter(idle -> !idle.message().isEmpty());
    }

    private String why(Collection<String> namespaces, Selection selection, Ports asked, PortSet declared) {
        PortSet unused = unused(asked.numbers(), declared);
        return unused.isEmpty()
                ? ""
                : "no container of these pods declares " + unused + "; they declare " + declared
                        + (namespaces.size() == 1
                                ? services(namespaces.iterator().next(), selection, unused)
                                : "");
    }

    /** Each port or range that was asked for and meets no declared one. All ports of a protocol were not meant one by one. */
    private static PortSet unused(PortSet asked, PortSet declared) {
        PortSet unused = PortSet.none();
        for (Protocol protocol : Protocol.values()) {
            if (asked.containsAll(PortSet.all(protocol))) {
                continue;
            }
            for (Range<Integer> range : asked.of(protocol).asRanges()) {
                Range<Integer> canonical = range.canonical(DiscreteDomain.integers());
                PortSet part = PortSet.range(protocol, canonical.lowerEndpoint(), canonical.upperEndpoint() - 1);
                if (!part.meets(declared)) {
                    unused = unused.union(part);
                }
            }
        }
        return unused;
    }

    /** Which of the ports are those of Services in front of the pods: the most common mistake. */
    private String services(String namespace, Selection selection, PortSet unused) {
        List<String> found = inputs.services(namespace).values().stream()
                .filter(service -> service.selectsPods()
                        && mapped(service, unused).findFirst().isPresent())
                .limit(MOST_SERVICES_LOOKED_AT)
                .filter(service -> isBefore(service, selected.apply(namespace).by(selection)))
                .flatMap(service -> mapped(service, unused)
                        .map(port -> port.protocol() + " " + port.number() + " is the port of Service " + service.name()
                                + ", which leads to "
                                + target(port, selected.apply(namespace).by(selection)) + " of its pods"))
                .distinct()
                .limit(MOST_SERVICES_NAMED)
                .sorted()
                .toList();
        return found.isEmpty()
                ? ""
                : found.stream().collect(Collectors.joining("; ", "; ", "; write the port of the pods"));
    }

    /** By its number, which is what a rule needs; by its name where no pod has it. */
    private static String target(Service.Port port, List<PodClass> pods) {
        PortSet numbers = PortSet.union(
                pods.stream().map(pod -> port.target().on(pod.ports())).toList());
        return numbers.isEmpty() ? port.target().toString() : numbers.toString();
    }

    private static Stream<Service.Port> mapped(Service service, PortSet ports) {
        return service.ports().stream().filter(port -> ports.contains(port.protocol(), port.number()));
    }

    private static boolean isBefore(Service service, List<PodClass> pods) {
        return pods.stream().anyMatch(pod -> service.selector().matches(pod.labels()));
    }
}
