package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Watches, informers, and leader election, which rests on them and on conditional updates. */
abstract class WatchesContract extends Contract {

    WatchesContract(KubernetesClient client) {
        super(client);
    }

    @Test
    void aWatchTellsWhatHappensInOrder() {
        try (Recorder recorder = new Recorder(it ->
                client.configMaps().inNamespace(namespace).withLabel("seen").watch(it))) {
            ConfigMap map =
                    client.resource(configMap("one", Map.of("seen", "yes"))).create();
            client.resource(new ConfigMapBuilder(map)
                            .addToData("text", "naïve – 私")
                            .build())
                    .update();
            client.resource(map).delete();
            recorder.await("ADDED one", "MODIFIED one naïve – 私", "DELETED one naïve – 私");
        }
    }

    @Test
    void whatComesToMatchIsAddedAndWhatNoLongerMatchesIsDeleted() {
        try (Recorder recorder = new Recorder(it -> client.configMaps()
                .inNamespace(namespace)
                .withLabelIn("tier", "front", "middle")
                .watch(it))) {
            client.resource(configMap("other", Map.of("tier", "back"))).create();
            client.resource(configMap("one", Map.of("tier", "back"))).create();
            relabel("one", "front");
            relabel("one", "middle");
            relabel("one", "back");
            recorder.await("ADDED one", "MODIFIED one", "DELETED one");
        }
    }

    @Test
    void aWatchBeginsAfterTheVersionItNames() {
        client.resource(configMap("before", Map.of("seen", "yes"))).create();
        String version =
                client.configMaps().inNamespace(namespace).list().getMetadata().getResourceVersion();
        client.resource(configMap("missed", Map.of("seen", "yes"))).create();
        try (Recorder recorder = new Recorder(it -> client.configMaps()
                .inNamespace(namespace)
                .withLabel("seen")
                .watch(new ListOptionsBuilder().withResourceVersion(version).build(), it))) {
            client.resource(configMap("after", Map.of("seen", "yes"))).create();
            recorder.await("ADDED missed", "ADDED after");
        }
    }

    @Test
    void largeObjectsAreWatchedToo() {
        String text = "large ".repeat(50_000);
        try (Recorder recorder = new Recorder(it ->
                client.configMaps().inNamespace(namespace).withLabel("seen").watch(it))) {
            ConfigMap map = new ConfigMapBuilder(configMap("one", Map.of("seen", "yes")))
                    .addToData("text", text)
                    .build();
            client.resource(map).create();
            recorder.await("ADDED one " + text);
        }
    }

    @Test
    void watchesWorkWithoutWebSocketsToo() {
        Config plain = new ConfigBuilder(client.getConfiguration())
                .withOnlyHttpWatches(true)
                .build();
        try (KubernetesClient other =
                        new KubernetesClientBuilder().withConfig(plain).build();
                Recorder recorder = new Recorder(it -> other.configMaps()
                        .inNamespace(namespace)
                        .withLabel("seen")
                        .watch(it))) {
            ConfigMap map =
                    client.resource(configMap("one", Map.of("seen", "yes"))).create();
            // Such a watch may begin after the call for it has returned.
            recorder.await("ADDED one");
            client.resource(map).delete();
            recorder.await("ADDED one", "DELETED one");
        }
    }

    @Test
    void anInformerHoldsWhatIsThere() {
        client.resource(configMap("before", Map.of("seen", "yes"))).create();
        try (SharedIndexInformer<ConfigMap> informer =
                client.configMaps().inNamespace(namespace).withLabel("seen").inform()) {
            assertEquals(List.of("before"), names(informer));
            client.resource(configMap("after", Map.of("seen", "yes"))).create();
            await("both are known", () -> names(informer).equals(List.of("after", "before")));
            client.configMaps().inNamespace(namespace).withName("before").delete();
            await("one has gone", () -> names(informer).equals(List.of("after")));
        }
    }

    @Test
    void oneLeadsAndAnotherTakesOverWhenItLetsGo() {
        ExecutorService threads = Executors.newCachedThreadPool();
        Queue<String> leaders = new ConcurrentLinkedQueue<>();
        try {
            CompletableFuture<?> first = elector("first", leaders, threads).start();
            await("the first leads", () -> List.copyOf(leaders).equals(List.of("first")));
            CompletableFuture<?> second = elector("second", leaders, threads).start();
            first.cancel(true);
            await("the second leads", () -> List.copyOf(leaders).equals(List.of("first", "second")));
            second.cancel(true);
        } finally {
            threads.shutdownNow();
        }
    }

    private LeaderElector elector(String name, Queue<String> leaders, ExecutorService threads) {
        return new LeaderElectorBuilder(client, threads)
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("test")
                        .withLock(new LeaseLock(namespace, "leader", name))
                        .withLeaseDuration(Duration.ofSeconds(6))
                        .withRenewDeadline(Duration.ofSeconds(4))
                        .withRetryPeriod(Duration.ofSeconds(1))
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(() -> leaders.add(name), () -> {}, leader -> {}))
                        .build())
                .build();
    }

    private void relabel(String name, String tier) {
        client.configMaps()
                .inNamespace(namespace)
                .withName(name)
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToLabels("tier", tier)
                        .endMetadata()
                        .build());
    }

    private static List<String> names(SharedIndexInformer<ConfigMap> informer) {
        return informer.getStore().list().stream()
                .map(map -> map.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static final class Recorder implements Watcher<ConfigMap>, AutoCloseable {

        private final Queue<String> events = new ConcurrentLinkedQueue<>();
        private final Watch watch;

        Recorder(Function<Watcher<ConfigMap>, Watch> begin) {
            watch = begin.apply(this);
        }

        @Override
        public void close() {
            watch.close();
        }

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            boolean empty = map.getData() == null || map.getData().isEmpty();
            events.add(action + " " + map.getMetadata().getName()
                    + (empty ? "" : " " + map.getData().get("text")));
        }

        @Override
        public void onClose(WatcherException cause) {
            events.add("closed: " + cause);
        }

        void await(String... expected) {
            Contract.await("events " + List.of(expected), () -> events.size() >= expected.length);
            assertEquals(List.of(expected), List.copyOf(events));
        }
    }
}
