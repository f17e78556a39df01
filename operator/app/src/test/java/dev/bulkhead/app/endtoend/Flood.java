package dev.bulkhead.app.endtoend;

import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One tenant that creates intents as fast as the API server takes them, by several clients. */
final class Flood implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int THREADS = 8;

    private final List<KubernetesClient> clients;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Flood(ControlPlane controlPlane, String tenant) {
        clients = Stream.generate(() -> controlPlane.client(tenant))
                .limit(CLIENTS)
                .toList();
    }

    /** So many intents of this namespace, each of a workload of its own, that all ask one workload of the other namespace. */
    CompletableFuture<Void> create(int intents, String namespace, String other) {
        AtomicInteger next = new AtomicInteger();
        return onAllThreads(client -> {
            for (int n = next.getAndIncrement(); n < intents; n = next.getAndIncrement()) {
                client.resource(intent(n, namespace, other)).create();
            }
        });
    }

    private CompletableFuture<Void> onAllThreads(Consumer<KubernetesClient> work) {
        return CompletableFuture.allOf(Stream.iterate(0, n -> n + 1)
                .limit(THREADS)
                .map(n -> CompletableFuture.runAsync(() -> work.accept(clients.get(n % CLIENTS)), threads))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static GenericKubernetesResource intent(int number, String namespace, String other) {
        GenericKubernetesResource intent = new GenericKubernetesResource();
        intent.setApiVersion(Cluster.API);
        intent.setKind("AccessIntent");
        intent.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("flood-" + number)
                .build());
        intent.setAdditionalProperty(
                "spec",
                Map.of(
                        "workload",
                        labelled("flood-" + number),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("workload", Map.of("namespace", other, "podSelector", selector("payments"))),
                                "ports",
                                List.of(Map.of("port", 8080))))));
        return intent;
    }

    private static Map<String, Object> labelled(String app) {
        return Map.of("podSelector", selector(app));
    }

    private static Map<String, Object> selector(String app) {
        return Map.of("matchLabels", Map.of("app", app));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(KubernetesClient::close);
    }
}
