package dev.bulkhead.app.snapshot;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ports of pods stand behind ports of Services: policies see those of the pods. */
public final class ServicePorts {

    private final World world;

    public ServicePorts(World world) {
        this.world = world;
    }

    /**
     * A port of a Service, and what it is on the pods.
     *
     * @param own as the Service has it
     * @param target as the pods have it
     */
    public record Mapping(String service, PortOfInterest own, PortOfInterest target) {

        public boolean changesTheNumber() {
            return !own.port().equals(target.port());
        }

        /** {@code Service invoicer maps 443 to 8443}. */
        @Override
        public String toString() {
            return "Service " + service + " maps " + own.port() + " to " + target.port();
        }
    }

    /**
     * What was asked for as a port of the Service, or of the pods behind it.
     *
     * @param pods behind it
     * @throws FailedException where the Service has no such port
     */
    public static Mapping of(Service service, List<Pod> pods, PortOfInterest asked) {
        return service.ports().stream()
                .filter(port -> isMeant(port, asked))
                .flatMap(port -> mapping(service, port, pods).stream())
                .findFirst()
                .or(() -> service.ports().stream()
                        .filter(port -> leadsTo(port, asked))
                        .flatMap(port -> mapping(service, port, pods).stream())
                        .findFirst())
                .orElseThrow(() -> new FailedException(
                        "Service " + service.name() + " has no port " + asked + "; it has " + written(service)));
    }

    /** Whether the Service has each of these ports, by its number or its name. */
    static boolean has(Service service, Ports ports) {
        PortSet numbers = PortSet.union(service.ports().stream()
                .map(port -> PortSet.port(port.protocol(), port.number()))
                .toList());
        return numbers.containsAll(ports.numbers())
                && ports.names().stream()
                        .allMatch(name -> service.ports().stream()
                                .anyMatch(port -> port.protocol() == name.protocol()
                                        && port.name().equals(name.name())));
    }

    static String written(Service service) {
        return service.ports().stream().map(ServicePorts::written).collect(Collectors.joining(", "));
    }

    private static boolean isMeant(Service.Port port, PortOfInterest asked) {
        return port.protocol() == asked.protocol()
                && (port.name().equals(asked.port())
                        || Integer.toString(port.number()).equals(asked.port()));
    }

    private static boolean leadsTo(Service.Port port, PortOfInterest asked) {
        return asked.isName()
                ? port.target().names().contains(new NamedPort(asked.protocol(), asked.port()))
                : port.target().numbers().contains(asked.protocol(), asked.number());
    }

    private static String written(Service.Port port) {
        return port.protocol() + " " + port.number() + (port.name().isEmpty() ? "" : " (" + port.name() + ")");
    }

    /** A name is told as a number where it is the same one on all pods. */
    private static PortOfInterest onPods(PortOfInterest target, List<Pod> pods) {
        List<Integer> numbers =
                pods.stream().flatMap(pod -> target.on(pod).stream()).distinct().toList();
        return target.isName() && numbers.size() == 1
                ? new PortOfInterest(target.protocol(), numbers.get(0).toString())
                : target;
    }

    private static Optional<Mapping> mapping(Service service, Service.Port port, List<Pod> pods) {
        Stream<String> numbers = port.target().numbers().of(port.protocol()).asRanges().stream()
                .map(range -> range.lowerEndpoint().toString());
        Stream<String> names = port.target().names().stream().map(named -> named.name());
        return Stream.concat(numbers, names)
                .findFirst()
                .map(target -> new Mapping(
                        service.name(),
                        new PortOfInterest(port.protocol(), Integer.toString(port.number())),
                        onPods(new PortOfInterest(port.protocol(), target), pods)));
    }

    /**
     * The Service in front of the pods that has the port as its own and another one on the pods, where no container names the
     * port: whoever asks for it most likely means the Service's.
     */
    public Optional<Mapping> mistakenFor(End destination, PortOfInterest asked) {
        if (asked.isName() || destination.service().isPresent()) {
            return Optional.empty();
        }
        return destination.pods().stream()
                .findFirst()
                .filter(pod -> destination.pods().stream().noneMatch(one -> listensOn(one, asked)))
                .flatMap(pod -> world.namespace(pod.namespace()).stream()
                        .map(Namespace::services)
                        .flatMap(services -> services.values().stream())
                        .filter(service -> service.selectsPods()
                                && service.selector().matches(pod.traits().labels()))
                        .flatMap(service -> service.ports().stream()
                                .filter(port -> isMeant(port, asked))
                                .flatMap(port -> mapping(service, port, destination.pods()).stream()))
                        .filter(Mapping::changesTheNumber)
                        .findFirst());
    }

    private static boolean listensOn(Pod pod, PortOfInterest asked) {
        return pod.traits().ports().stream()
                .anyMatch(port -> port.protocol() == asked.protocol() && port.number() == asked.number());
    }
}
