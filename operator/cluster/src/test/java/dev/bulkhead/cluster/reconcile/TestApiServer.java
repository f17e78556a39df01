package dev.bulkhead.cluster.reconcile;

import com.sun.net.httpserver.HttpExchange;
import dev.bulkhead.cluster.LoopbackServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** Has namespaces, which can be watched once, the Segment {@code town}, all definitions, and nothing else. */
final class TestApiServer implements AutoCloseable {

    private static final String API = "/apis/bulkhead.dev/v1alpha1";
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";

    /** The paths that were asked for, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<String> namespaces;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final LoopbackServer server;

    TestApiServer(String... namespaces) throws IOException {
        this.namespaces = List.of(namespaces);
        server = new LoopbackServer(this::handle);
    }

    KubernetesClient client() {
        return server.client();
    }

    /** Shows the namespace to whoever watches. */
    void show(String type, String namespace, int version) {
        events.add("{\"type\":\"" + type + "\",\"object\":" + namespace(namespace, version) + "}");
    }

    /** Shows what no client can read. */
    void showNonsense() {
        events.add("{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":7}}");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        asked.add(path);
        try (exchange) {
            if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                // No WebSocket, so the client asks again without one.
                exchange.sendResponseHeaders(200, -1);
            } else if (query.contains("watch=true")) {
                watch(exchange);
            } else {
                LoopbackServer.answer(exchange, body(path));
            }
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            while (true) {
                out.write((events.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String body(String path) {
        if (path.equals("/api/v1/namespaces")) {
            return list(namespaces.stream().map(name -> namespace(name, 1)).collect(Collectors.joining(",")));
        }
        if (path.equals(API)) {
            return "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\"bulkhead.dev/v1alpha1\","
                    + "\"resources\":[{\"name\":\"segments\",\"kind\":\"Segment\",\"namespaced\":false},"
                    + "{\"name\":\"guardrails\",\"kind\":\"Guardrail\",\"namespaced\":false},"
                    + "{\"name\":\"wellknownpeers\",\"kind\":\"WellKnownPeers\",\"namespaced\":false},"
                    + "{\"name\":\"accessintents\",\"kind\":\"AccessIntent\",\"namespaced\":true}]}";
        }
        if (path.equals(API + "/segments")) {
            return list("{\"kind\":\"Segment\",\"apiVersion\":\"bulkhead.dev/v1alpha1\","
                    + "\"metadata\":{\"name\":\"town\",\"uid\":\"uid\",\"generation\":1}}");
        }
        if (path.startsWith(DEFINITIONS)) {
            return "{\"kind\":\"CustomResourceDefinition\",\"apiVersion\":\"apiextensions.k8s.io/v1\",\"metadata\":"
                    + "{\"name\":\"" + path.substring(DEFINITIONS.length())
                    + "\",\"creationTimestamp\":\"" + TestCluster.CREATED + "\"}}";
        }
        return path.startsWith(API) ? list("") : "{}";
    }

    private static String list(String items) {
        return "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + items
                + "]}";
    }

    private static String namespace(String name, int version) {
        return "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\",\"uid\":\"uid-"
                + name + "\",\"resourceVersion\":\"" + version + "\"}}";
    }

    @Override
    public void close() {
        server.close();
    }
}
