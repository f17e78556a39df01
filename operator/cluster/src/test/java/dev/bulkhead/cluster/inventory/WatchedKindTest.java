package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.LoopbackServer;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.log.RecordedLog;
import dev.bulkhead.cluster.slim.TooLarge;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API server that refuses a kind does to whoever waits for its first list. */
class WatchedKindTest {

    private static final int PATIENCE_SECONDS = 60;

    private final AtomicInteger refusal = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    private LoopbackServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        server = new LoopbackServer(exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("watch=true")) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAVAILABLE, -1);
            } else if (refusal.get() != 0) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(refusal.get(), -1);
            } else if (exchange.getRequestURI().getPath().endsWith("/pods")) {
                LoopbackServer.answer(exchange, """
                        {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "5"}, "items": [
                          {"metadata": {"name": "small", "namespace": "shop", "uid": "u", "resourceVersion": "4"}},
                          {"metadata": {"name": "large", "namespace": "shop", "uid": "v", "resourceVersion": "4",
                            "labels": {"app": "%s"}}}]}""".formatted("x".repeat(17 * 1024)));
            } else {
                LoopbackServer.answer(exchange, """
                        {"kind": "IngressClassList", "apiVersion": "networking.k8s.io/v1",
                         "metadata": {"resourceVersion": "5"}, "items": [{"metadata": {"name": "nginx", "uid": "u", "resourceVersion": "4"}}]}""");
            }
            exchange.close();
        });
        client = server.client();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_NOT_FOUND})
    void aDispensableKindThatIsRefusedIsDoneWithoutToldOnceAndTriedAgain(int code) throws Exception {
        refusal.set(code);
        try (RecordedLog log = new RecordedLog(WatchedKind.class);
                WatchedKind<IngressClass> watched = watched(WatchedKind.Need.DISPENSABLE)) {
            watched.start(stopped::complete).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(watched.isDoneWithout());
            assertFalse(watched.isHealthy());
            assertFalse(watched.isUndefined(), "nobody waits for its definition");
            while (refused.get() < 3) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertEquals(
                    1,
                    log.lines().stream()
                            .filter(line -> line.startsWith(
                                    "WARN Kind refused, done without until it is not kind=IngressClass"))
                            .count());

            refusal.set(0);
            assertEquals("nginx", seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertFalse(stopped.isDone());
        }
    }

    @Test
    void anEssentialKindThatIsForbiddenEndsTheFirstRead() {
        refusal.set(HttpURLConnection.HTTP_FORBIDDEN);
        try (WatchedKind<IngressClass> watched = watched(WatchedKind.Need.ESSENTIAL)) {
            CompletableFuture<Void> listed = watched.start(stopped::complete);
            assertThrows(ExecutionException.class, () -> listed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertFalse(watched.isDoneWithout());
        }
    }

    @Test
    void anEssentialKindThatIsNotServedIsWaitedFor() throws Exception {
        refusal.set(HttpURLConnection.HTTP_NOT_FOUND);
        try (WatchedKind<IngressClass> watched = watched(WatchedKind.Need.ESSENTIAL)) {
            CompletableFuture<Void> listed = watched.start(stopped::complete);
            while (refused.get() < 2) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertFalse(listed.isDone());
            assertTrue(watched.isUndefined());
            refusal.set(0);
            listed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(List.of("nginx"), List.copyOf(seen));
        }
    }

    /** This client does not reduce lists, so that the objects are handed on as a watch does it. */
    @Test
    void anObjectThatIsTooLargeIsHandedOnMarked() throws Exception {
        LinkedBlockingQueue<String> pods = new LinkedBlockingQueue<>();
        try (WatchedKind<Pod> watched = new WatchedKind<>(
                "Pod",
                WatchedKind.Need.ESSENTIAL,
                client.pods().inAnyNamespace(),
                Pod::new,
                pod -> pods.add(pod.getMetadata().getName() + " " + TooLarge.isMarked(pod)),
                pod -> {},
                WatchedKind.ListEnd.UNNOTICED,
                new LogQuota(new SetClock()))) {
            watched.start(stopped::complete).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(Set.of("small false", "large true"), Set.copyOf(pods));
        }
    }

    private WatchedKind<IngressClass> watched(WatchedKind.Need need) {
        return new WatchedKind<>(
                "IngressClass",
                need,
                client.network().v1().ingressClasses(),
                IngressClass::new,
                object -> seen.add(object.getMetadata().getName()),
                object -> {},
                WatchedKind.ListEnd.UNNOTICED,
                new LogQuota(new SetClock()));
    }
}
