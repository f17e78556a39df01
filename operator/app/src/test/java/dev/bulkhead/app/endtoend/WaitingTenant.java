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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How much of what another tenant asks for comes before what this one asks for: it declares one connection after the other
 * within its namespace, each on a port of its own.
 */
final class WaitingTenant implements AutoCloseable {

    private static final int FIRST_PORT = 10_000;

    private final KubernetesClient tenant;
    private final String namespace;
    private final Set<Integer> egress = ConcurrentHashMap.newKeySet();
    private final Set<Integer> ingress = ConcurrentHashMap.newKeySet();
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final AtomicLong seen = new AtomicLong();
    private final List<Watch> watches;
    private int nextPort = FIRST_PORT;

    /**
     * @param tenant whose namespace has the same name
     * @param other the other one's namespace
     */
    WaitingTenant(ControlPlane controlPlane, String tenant, String other) {
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
                        .watch(watcher(this::intentSeen)),
                administrator
                        .genericKubernetesResources(Cluster.API, "AccessIntent")
                        .inNamespace(other)
                        .watch(watcher(intent -> seen.incrementAndGet())));
    }

    private static <T extends KubernetesResource> Watcher<T> watcher(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                seen.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new AssertionError("a watch broke; the count would be wrong", cause);
            }
        };
    }

    private void policySeen(NetworkPolicy policy) {
        policy.getSpec()
                .getEgress()
                .forEach(rule -> rule.getPorts()
                        .forEach(port -> egress.add(port.getPort().getIntVal())));
        policy.getSpec()
                .getIngress()
                .forEach(rule -> rule.getPorts()
                        .forEach(port -> ingress.add(port.getPort().getIntVal())));
    }

    private void intentSeen(GenericKubernetesResource intent) {
        List<Map<String, String>> conditions = intent.get("status", "conditions");
        boolean isReady = conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.get("type").equals("Ready")
                                && condition.get("status").equals("True"));
        if (isReady) {
            ready.add(intent.getMetadata().getName());
        }
    }

    /** How often an intent of the other tenant has been created or its status written until now. */
    long seen() {
        return seen.get();
    }

    /**
     * @param most how many it declares, unless it ends before
     * @return for each, how often that was until its policies and its status were there
     */
    List<Long> declare(int most, BooleanSupplier goesOn) {
        List<Long> waits = new ArrayList<>();
        while (waits.size() < most && goesOn.getAsBoolean()) {
            waits.add(declare());
        }
        return waits;
    }

    private long declare() {
        int port = nextPort++;
        GenericKubernetesResource intent = intent(port);
        String name = intent.getMetadata().getName();
        long before = seen();
        tenant.resource(intent).create();
        Await.until(
                name + " is written",
                Cluster.PATIENCE,
                () -> egress.contains(port) && ingress.contains(port) && ready.contains(name));
        long waited = seen() - before;
        tenant.resource(intent).delete();
        return waited;
    }

    private GenericKubernetesResource intent(int port) {
        GenericKubernetesResource intent = new GenericKubernetesResource();
        intent.setApiVersion(Cluster.API);
        intent.setKind("AccessIntent");
        intent.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("own-" + port)
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

    @Override
    public void close() {
        watches.forEach(Watch::close);
        tenant.close();
    }
}
