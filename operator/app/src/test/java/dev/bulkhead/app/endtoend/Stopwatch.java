package dev.bulkhead.app.endtoend;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** How long a tenant waits: it declares one connection after the other within its namespace, each on a port of its own. */
final class Stopwatch implements AutoCloseable {

    /**
     * How long one took, from asking for the intent.
     *
     * @param policies until both of the policies that carry it are there
     * @param status until its status says that they are
     */
    record Lap(Duration policies, Duration status) {}

    private static final int FIRST_PORT = 10_000;

    private final KubernetesClient tenant;
    private final String namespace;
    private final Map<Integer, Long> egress = new ConcurrentHashMap<>();
    private final Map<Integer, Long> ingress = new ConcurrentHashMap<>();
    private final Map<String, Long> ready = new ConcurrentHashMap<>();
    private final List<Watch> watches;
    private int nextPort = FIRST_PORT;

    /** @param tenant whose namespace has the same name */
    Stopwatch(ControlPlane controlPlane, String tenant) {
        this.tenant = controlPlane.client(tenant);
        this.namespace = tenant;
        KubernetesClient administrator = controlPlane.client();
        this.watches = List.of(
                administrator
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .watch(watcher(this::policySeen)),
                administrator
                        .genericKubernetesResources(Cluster.API, "AccessIntent")
                        .inNamespace(namespace)
                        .watch(watcher(this::intentSeen)));
    }

    private static <T extends KubernetesResource> Watcher<T> watcher(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                seen.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new AssertionError("a watch broke; times would be wrong", cause);
            }
        };
    }

    private void policySeen(NetworkPolicy policy) {
        long now = System.nanoTime();
        policy.getSpec()
                .getEgress()
                .forEach(rule -> rule.getPorts()
                        .forEach(port -> egress.putIfAbsent(port.getPort().getIntVal(), now)));
        policy.getSpec()
                .getIngress()
                .forEach(rule -> rule.getPorts()
                        .forEach(port -> ingress.putIfAbsent(port.getPort().getIntVal(), now)));
    }

    private void intentSeen(GenericKubernetesResource intent) {
        long now = System.nanoTime();
        List<Map<String, String>> conditions = intent.get("status", "conditions");
        boolean isReady = conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.get("type").equals("Ready")
                                && condition.get("status").equals("True"));
        if (isReady) {
            ready.putIfAbsent(intent.getMetadata().getName(), now);
        }
    }

    /** @param most how many laps, unless it ends before */
    List<Lap> laps(int most, BooleanSupplier goesOn) {
        List<Lap> laps = new ArrayList<>();
        while (laps.size() < most && goesOn.getAsBoolean()) {
            laps.add(lap());
        }
        return laps;
    }

    private Lap lap() {
        int port = nextPort++;
        GenericKubernetesResource intent = intent(port);
        String name = intent.getMetadata().getName();
        long begin = System.nanoTime();
        tenant.resource(intent).create();
        Await.until(
                name + " is written",
                Cluster.PATIENCE,
                () -> egress.containsKey(port) && ingress.containsKey(port) && ready.containsKey(name));
        tenant.resource(intent).delete();
        return new Lap(
                Duration.ofNanos(Math.max(egress.get(port), ingress.get(port)) - begin),
                Duration.ofNanos(ready.get(name) - begin));
    }

    private GenericKubernetesResource intent(int port) {
        GenericKubernetesResource intent = new GenericKubernetesResource();
        intent.setApiVersion(Cluster.API);
        intent.setKind("AccessIntent");
        intent.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("lap-" + port)
                .build());
        intent.setAdditionalProperty(
                "spec",
                Map.of(
                        "workload",
                        labelled("payments"),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("workload", labelled("ledger")),
                                "ports",
                                List.of(Map.of("port", port))))));
        return intent;
    }

    private static Map<String, Object> labelled(String app) {
        return Map.of("podSelector", Map.of("matchLabels", Map.of("app", app)));
    }

    static Duration median(List<Lap> laps, Function<Lap, Duration> time) {
        return laps.stream()
                .map(time)
                .sorted()
                .skip(laps.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        tenant.close();
    }
}
