package dev.bulkhead.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of an API server as answers whose token it is and who may do what, and remembers what it was asked. */
final class ReviewingServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Users by their tokens. */
    final Map<String, String> tokens = new ConcurrentHashMap<>();
    /** Such as {@code team get networkpolicies shop}. */
    final Set<String> rights = ConcurrentHashMap.newKeySet();
    /** Tokens that were reviewed, and rights. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile boolean broken;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KubernetesClient client;

    ReviewingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode review = (ObjectNode) JSON.readTree(exchange.getRequestBody());
            if (broken) {
                asked.add("broken");
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            if (review.path("kind").asText().equals("TokenReview")) {
                review.set("status", whose(review.at("/spec/token").asText()));
            } else {
                review.putObject("status").put("allowed", may(review.path("spec")));
            }
            byte[] body = JSON.writeValueAsBytes(review);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private ObjectNode whose(String token) {
        asked.add(token);
        ObjectNode status = JSON.createObjectNode();
        String user = tokens.get(token);
        status.put("authenticated", user != null);
        if (user != null) {
            status.putObject("user")
                    .put("username", user)
                    .putObject("extra")
                    .putArray("authentication.kubernetes.io/credential-id")
                    .add("JTI=" + token);
        }
        return status;
    }

    private boolean may(JsonNode spec) {
        JsonNode what = spec.path("resourceAttributes");
        String right = spec.path("user").asText() + " " + what.path("verb").asText() + " "
                + what.path("resource").asText() + " " + what.path("namespace").asText();
        asked.add(right);
        return rights.contains(right);
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
