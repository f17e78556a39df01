package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Two ends that mean one connection by two ports: one by that of a Service, the other by that of the pods behind it. */
final class TwoPorts {

    private final World world;
    private final ImmutableSetMultimap<String, PodClass> running;
    private final OtherEnds otherEnds;

    TwoPorts(Snapshot snapshot, OtherEnds otherEnds) {
        this.world = snapshot.world();
        this.otherEnds = otherEnds;
        this.running = snapshot.topology()
                .pods()
                .collect(ImmutableSetMultimap.toImmutableSetMultimap(Pod::namespace, Pod::traits));
    }

    /**
     * What is said of one of the two rules; the other one says what the pods say.
     *
     * @param own whether it is this rule that has the port of the Service
     */
    record Found(String service, PortSet ofService, PortSet ofPods, boolean own) {}

    /** Found where all that the rule waits for is declared by other ports. */
    Optional<Found> of(DeclaredIntent.Key intent, Rule rule) {
        Ports declared = otherEnds.declared(intent, rule);
        PortSet waiting = rule.ports().difference(declared).numbers();
        if (declared.isEmpty() || waiting.isEmpty() || !rule.ports().names().isEmpty()) {
            return Optional.empty();
        }
        return otherEnds.own(intent, rule).stream()
                .flatMap(mine -> services(mine).stream()
                        .flatMap(service -> service.ports().stream()
                                .flatMap(
                                        port -> found(service, port, targets(mine, port), waiting, declared).stream())))
                .findFirst();
    }

    private static Optional<Found> found(
            Service service, Service.Port port, PortSet target, PortSet waiting, Ports declared) {
        PortSet ofService = PortSet.port(port.protocol(), port.number());
        if (target.isEmpty() || target.equals(ofService)) {
            return Optional.empty();
        }
        if (ofService.containsAll(waiting) && declared.numbers().containsAll(target)) {
            return Optional.of(new Found(service.name(), ofService, target, /* own= */ true));
        }
        return target.containsAll(waiting) && declared.numbers().containsAll(ofService)
                ? Optional.of(new Found(service.name(), ofService, target, /* own= */ false))
                : Optional.empty();
    }

    private List<Service> services(DeclaredRules.Declared mine) {
        return namespaces(mine).stream()
                .flatMap(namespace -> world.namespace(namespace).stream()
                        .map(Namespace::services)
                        .flatMap(services -> services.values().stream())
                        .filter(service -> service.selectsPods()
                                && running.get(namespace).stream()
                                        .anyMatch(pod -> server(mine).matches(pod.labels())
                                                && service.selector().matches(pod.labels()))))
                .toList();
    }

    private PortSet targets(DeclaredRules.Declared mine, Service.Port port) {
        return PortSet.union(namespaces(mine).stream()
                .flatMap(namespace -> running.get(namespace).stream())
                .filter(pod -> server(mine).matches(pod.labels()))
                .map(pod -> port.target().on(pod.ports()))
                .toList());
    }

    /** Of the end that is connected to. */
    private static Collection<String> namespaces(DeclaredRules.Declared mine) {
        return mine.rule().direction() == Direction.INGRESS
                ? List.of(mine.intent().namespace())
                : mine.peer().map(DeclaredRules.Pods::namespaces).orElseThrow();
    }

    private static LabelSelector server(DeclaredRules.Declared mine) {
        return mine.rule().direction() == Direction.INGRESS
                ? mine.subject()
                : mine.peer().map(DeclaredRules.Pods::selector).orElseThrow();
    }
}
