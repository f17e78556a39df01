package dev.bulkhead.core.compile;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which rules nothing uses, as is often a mistake in a name or in a port. It looks at pod templates as well as at pods,
 * so a workload that is scaled to zero is no such case.
 */
final class IdleRules {

    private final Inputs inputs;
    private final Consent consent;
    private final Function<String, SelectedPods> selected;
    private final Sight sight;

    /** @param selected of a namespace; of one that is not there, none */
    IdleRules(Inputs inputs, Consent consent, Function<String, SelectedPods> selected, Sight sight) {
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
        if (!running(namespace, subject).isEmpty()) {
            return Optional.empty();
        }
        String what =
                inputs.intents(namespace).get(rule.intent().name()).workload().toString();
        return Optional.of(idle(Idle.Part.WORKLOAD, namespace, what));
    }

    private Optional<Idle> peer(ResolvedRule rule) {
        return rule.pods().filter(peer -> mayBeTold(rule, peer)).flatMap(peer -> {
            ImmutableSet<PodClass> theirs = peer.namespaces().stream()
                    .flatMap(namespace -> running(namespace, peer.selection()).stream())
                    .collect(ImmutableSet.toImmutableSet());
            // Of a whole segment it is enough that there is one of its namespaces.
            String namespace = peer.namespaces().first();
            if (theirs.isEmpty()) {
                return Optional.of(
                        idle(Idle.Part.PEER, namespace, rule.rule().peer().toString()));
            }
            return rule.rule().direction() == Direction.EGRESS
                    ? ports(peer.namespaces(), theirs, peer.ports())
                    : Optional.empty();
        });
    }

    private Optional<Idle> ownPorts(ResolvedRule rule, Selection subject) {
        String namespace = rule.namespace();
        return rule.rule().direction() == Direction.INGRESS
                ? ports(
                        Set.of(namespace),
                        running(namespace, subject),
                        rule.rule().ports())
                : Optional.empty();
    }

    /** What stands at the other end is told to that end, and to whoever may look there. */
    private boolean mayBeTold(ResolvedRule rule, ResolvedPeer.Pods peer) {
        return peer.namespaces().stream()
                .allMatch(name -> name.equals(rule.namespace())
                        || sight.sees(name)
                        || consent.isInsideTrustBoundary(rule, peer, name));
    }

    private ImmutableSet<PodClass> running(String namespace, Selection selection) {
        return Stream.concat(
                        selected.apply(namespace).by(selection).stream(),
                        sight.runs(namespace).stream()
                                .filter(pod -> selection.selector().matches(pod.labels())))
                .collect(ImmutableSet.toImmutableSet());
    }

    private Idle idle(Idle.Part part, String namespace, String what) {
        return new Idle(
                part,
                namespace,
                inputs.exists(namespace)
                        ? "no pod and no pod template matches " + what
                        : "namespace " + namespace + " is not found");
    }

    /** Containers may listen on ports that they do not declare, so those that declare none tell nothing. */
    private Optional<Idle> ports(Collection<String> namespaces, ImmutableSet<PodClass> pods, Ports asked) {
        if (pods.stream().anyMatch(pod -> pod.ports().isEmpty())) {
            return Optional.empty();
        }
        PortSet declared = PortSet.union(pods.stream()
                .flatMap(pod -> pod.ports().stream())
                .map(port -> PortSet.port(port.protocol(), port.number()))
                .toList());
        PortSet unused = unused(asked.numbers(), declared);
        if (unused.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Idle(
                Idle.Part.PORTS,
                namespaces.iterator().next(),
                "no container of these pods declares " + unused + "; they declare " + declared
                        + services(namespaces, pods, unused)));
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
    private String services(Collection<String> namespaces, ImmutableSet<PodClass> pods, PortSet unused) {
        List<String> found = namespaces.stream()
                .flatMap(namespace -> inputs.services(namespace).values().stream())
                .filter(Service::selectsPods)
                .filter(service ->
                        pods.stream().anyMatch(pod -> service.selector().matches(pod.labels())))
                .flatMap(service -> service.ports().stream()
                        .filter(port -> unused.contains(port.protocol(), port.number()))
                        .map(port -> port.protocol() + " " + port.number() + " is the port of Service " + service.name()
                                + ", which leads to " + port.target() + " of its pods"))
                .sorted()
                .distinct()
                .toList();
        return found.isEmpty()
                ? ""
                : found.stream().collect(Collectors.joining("; ", "; ", "; write the port of the pods"));
    }
}
