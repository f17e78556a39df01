package dev.bulkhead.app.attack;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.endtoend.Observation;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who reaches whom, by what the API server holds, as the engine finds that reads policies alone. */
record Judgement(List<Pod> pods, Evaluator evaluator) {

    private static final PortSet AGREED = PortSet.port(Protocol.TCP, 8080);
    /** Of the Internet by both families, the metadata service, and the API server. */
    private static final List<String> OUTSIDE =
            List.of("8.8.8.8", "203.0.113.9", "2001:db8::9", "169.254.169.254", "192.0.2.1");

    /** Namespaces that no Segment enforces. */
    private static final Set<String> NOT_ENFORCED = Set.of("lab", "default");

    private static final PodReader READER = new PodReader();

    static Judgement of(KubernetesClient client, Observation observation) {
        return new Judgement(
                pods(client),
                Evaluator.of(
                        observation.world().namespaces(), observation.policies().values(), PluginSemantics.upstream()));
    }

    static List<Pod> pods(KubernetesClient client) {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> Town.NAMESPACES.contains(namespace(pod)))
                // One that has ended connects to nobody.
                .filter(pod -> READER.read(pod).isPresent())
                .toList();
    }

    /** What is open and must not be, whatever the attack: all between teams but the one connection that both agreed on. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (Pod from : pods) {
            for (Pod to : pods) {
                boolean between = !namespace(from).equals(namespace(to)) && (isHeld(from) || isHeld(to));
                PortSet allowed = between ? evaluator.allowed(end(from), end(to)) : PortSet.none();
                PortSet agreed = is(from, "shop", "checkout") && is(to, "pay", "payments") ? AGREED : PortSet.none();
                if (!agreed.containsAll(allowed)) {
                    wrong.add(name(from) + " -> " + name(to) + " " + allowed);
                } else if (!allowed.containsAll(agreed)) {
                    wrong.add(name(from) + " -> " + name(to) + " is not open any more");
                }
            }
            for (String address : namespace(from).equals("shop") ? OUTSIDE : List.<String>of()) {
                PortSet allowed = evaluator.allowed(end(from), outside(address));
                if (!allowed.isEmpty()) {
                    wrong.add(name(from) + " -> " + address + " " + allowed);
                }
            }
        }
        if (pods.stream().noneMatch(pod -> is(pod, "shop", "checkout"))
                || pods.stream().noneMatch(pod -> is(pod, "pay", "payments"))) {
            wrong.add("an end of the connection that both agreed on is gone");
        }
        return wrong;
    }

    /** Whether policies of the operator's can hold it. */
    private static boolean isHeld(Pod pod) {
        return !NOT_ENFORCED.contains(namespace(pod))
                && !Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    /** By its account, which nobody can change, and which labels only repeat; in quarantine it is nobody's. */
    private static boolean is(Pod pod, String namespace, String account) {
        return namespace(pod).equals(namespace)
                && account.equals(pod.getSpec().getServiceAccountName())
                && !pod.getMetadata().getLabels().containsKey("bulkhead.dev/quarantine");
    }

    /**
     * @param connection such as {@code shop/forger -> pay/payments 8080}, an end being an address or the beginning of a
     *     pod's name
     */
    boolean isOpen(String connection) {
        String[] parts = connection.split(" -> | ", 3);
        List<Endpoint> sources = ends(parts[0]);
        List<Endpoint> destinations = ends(parts[1]);
        if (sources.isEmpty() || destinations.isEmpty()) {
            throw new AssertionError(connection + ": there are no such pods");
        }
        int port = Integer.parseInt(parts[2]);
        return sources.stream()
                .anyMatch(source -> destinations.stream()
                        .anyMatch(destination -> evaluator
                                .verdict(source, destination, Protocol.TCP, port)
                                .allowed()));
    }

    private List<Endpoint> ends(String end) {
        return end.contains("/")
                ? pods.stream()
                        .filter(pod -> name(pod).startsWith(end))
                        .map(Judgement::end)
                        .toList()
                : List.of(outside(end));
    }

    private static String namespace(Pod pod) {
        return pod.getMetadata().getNamespace();
    }

    private static String name(Pod pod) {
        return namespace(pod) + "/" + pod.getMetadata().getName();
    }

    private static Endpoint end(Pod pod) {
        return new Endpoint.Pods(
                namespace(pod),
                READER.read(pod).orElseThrow(),
                Stream.ofNullable(pod.getStatus().getPodIP())
                        .map(IpAddress::parse)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())));
    }

    private static Endpoint outside(String address) {
        return new Endpoint.Outside(IpAddress.parse(address));
    }
}
