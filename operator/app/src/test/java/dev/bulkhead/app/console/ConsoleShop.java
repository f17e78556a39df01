package dev.bulkhead.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The shop of the examples on a control plane, with an operator that runs as the chart runs it, and people who ask it
 * something: the platform team, which sees everything; the shop's team; a stranger.
 */
final class ConsoleShop implements AutoCloseable {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PEOPLE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: people}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: platform, namespace: people}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: shop-team, namespace: people}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: stranger, namespace: people}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: platform-views}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {kind: ServiceAccount, name: platform, namespace: people}
            """;
    private static final String TEAM = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: shop-team-edits, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
            subjects:
            - {kind: ServiceAccount, name: shop-team, namespace: people}
            """;

    private final KubernetesClient client;
    private final OperatorProcess operator;
    private final HttpClient http;
    private final String scheme;

    private ConsoleShop(KubernetesClient client, OperatorProcess operator, HttpClient http, String scheme) {
        this.client = client;
        this.operator = operator;
        this.http = http;
        this.scheme = scheme;
    }

    /** With all rules open. */
    static ConsoleShop open(ControlPlane controlPlane) throws IOException {
        return open(controlPlane, Map.of(), HttpClient.newHttpClient(), "http");
    }

    /**
     * The same, served by TLS.
     *
     * @param certificates a folder with the server's certificate and key
     */
    static ConsoleShop open(ControlPlane controlPlane, Path certificates, SSLContext trust) throws IOException {
        return open(
                controlPlane,
                Map.of("BULKHEAD_CONSOLE_TLS", certificates.toString()),
                HttpClient.newBuilder().sslContext(trust).build(),
                "https");
    }

    private static ConsoleShop open(
            ControlPlane controlPlane, Map<String, String> environment, HttpClient http, String scheme)
            throws IOException {
        KubernetesClient client = controlPlane.client();
        new Helm(ROOT.resolve("charts/bulkhead"))
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        ConsoleShop shop =
                new ConsoleShop(client, OperatorProcess.start(controlPlane, "bulkhead-0", environment), http, scheme);
        shop.apply(PEOPLE);
        try (Stream<Path> manifests = Files.list(ROOT.resolve("examples/shop"))) {
            List<Path> files = manifests.sorted().toList();
            for (String kind : List.of("Namespace", "")) {
                for (Path file : files) {
                    String yaml = Files.readString(file);
                    shop.await("the API server heeds guardrails, and takes intents", () -> shop.isTaken(yaml, kind));
                }
            }
        }
        shop.apply(TEAM);
        Await.until("the operator writes", PATIENCE, shop.operator::writes);
        shop.await(
                "the console answers",
                () -> shop.get("/api/v1/overview", shop.token("platform")).statusCode() == 200);
        String platform = shop.token("platform");
        shop.await("every rule is open", () -> shop.isOpen(platform));
        return shop;
    }

    private boolean isOpen(String token) {
        JsonNode states = OpenApi.json(get("/api/v1/overview", token).body())
                .path("totals")
                .path("states");
        int open = states.path("Open").asInt();
        int all = 0;
        for (JsonNode count : states) {
            all += count.asInt();
        }
        return open > 0 && open == all;
    }

    String address() {
        return scheme + "://127.0.0.1:" + operator.consolePort();
    }

    OperatorProcess operator() {
        return operator;
    }

    KubernetesClient client() {
        return client;
    }

    void apply(String yaml) {
        apply(yaml, "");
    }

    private void apply(String yaml, String kind) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items().stream()
                .filter(object -> kind.isEmpty() || object.getKind().equals(kind))
                .forEach(object -> client.resource(object).serverSideApply());
    }

    /** Before the API server has read the guardrails there are it refuses what they may concern. */
    private boolean isTaken(String yaml, String kind) {
        try {
            apply(yaml, kind);
            return true;
        } catch (KubernetesClientException e) {
            if (String.valueOf(e.getMessage()).contains("not yet synced")) {
                return false;
            }
            throw e;
        }
    }

    void delete(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .delete();
    }

    /** Of one of the people. */
    String token(String person) {
        return client.serviceAccounts()
                .inNamespace("people")
                .withName(person)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    HttpResponse<String> post(String path, String token, String body) {
        return send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return http;
    }

    void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }

    @Override
    public void close() throws IOException {
        operator.close();
    }
}
