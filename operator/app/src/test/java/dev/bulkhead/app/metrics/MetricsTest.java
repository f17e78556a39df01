package dev.bulkhead.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.Promtool;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of an operator that runs as the chart runs it, got as Prometheus gets them. */
@OnControlPlane(ControlPlaneKind.REAL)
class MetricsTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern NAME = Pattern.compile("\\b(?:bulkhead|jvm|process)_[a-z_]+");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(bulkhead_[a-z_]+)` \\| (\\w+) \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`");

    private static KubernetesClient client;
    private static OperatorProcess operator;
    private static String prometheus;
    private static String stranger;

    @BeforeAll
    static void start(ControlPlane controlPlane) throws IOException {
        client = controlPlane.client();
        new Helm(ROOT.resolve("charts/bulkhead"))
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                // So that somebody can delete a policy of ours.
                .set("reservedPolicies.enabled", "false")
                .call();
        operator = OperatorProcess.start(controlPlane, "bulkhead-0");
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: monitoring}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: prometheus, namespace: monitoring}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: stranger, namespace: monitoring}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: prometheus}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bulkhead-metrics-reader}
                subjects:
                - {kind: ServiceAccount, name: prometheus, namespace: monitoring}
                """);
        prometheus = token("prometheus");
        stranger = token("stranger");
        await("the operator writes", () -> operator.writes());
        await(
                "Prometheus may see the metrics",
                () -> get("/metrics", prometheus).statusCode() == 200);
        declareShop();
        await("the rules are open", () -> scrape().sum("bulkhead_rules", "segment=shop", "state=Open") == 2);
    }

    @AfterAll
    static void stop() throws IOException {
        if (operator != null) {
            operator.close();
        }
    }

    @Test
    void whoMayGetsThem() {
        HttpResponse<String> answer = get("/metrics", prometheus);

        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void whoMayNotIsRefusedAndSeesNone() {
        HttpResponse<String> answer = get("/metrics", stranger);

        assertEquals(403, answer.statusCode());
        assertFalse(answer.body().contains("bulkhead_"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "made-up", "eyJhbGciOiJub25lIn0.e30."})
    void whomNobodyKnowsIsAskedForAToken(String token) {
        HttpResponse<String> answer = get("/metrics", token);

        assertEquals(401, answer.statusCode());
        assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /metrics/, 404",
        "GET, /metricss, 404",
        "POST, /metrics, 405",
        "HEAD, /metrics, 405"
    })
    void thereIsNothingElse(String method, String path, int code) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + prometheus)
                .build();

        assertEquals(code, send(request).statusCode());
    }

    @Test
    void whoIsSlowKeepsNobodyFromAnAnswer() throws IOException {
        try (Socket one = halfARequest();
                Socket other = halfARequest()) {
            assertTrue(one.isConnected() && other.isConnected());
            assertEquals(200, get("/metrics", prometheus).statusCode());
        }
    }

    private static Socket halfARequest() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), operator.metricsPort());
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void promtoolFindsNothingWrong() {
        assertEquals(
                new Promtool.Verdict(0, ""),
                Promtool.get().checkMetrics(get("/metrics", prometheus).body()));
    }

    @Test
    void theDocumentationTellsOfEachOfThemWithTypeAndLabels() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(ROOT.resolve("operator/docs/metrics.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2) + " " + names(LABEL, row.group(3), 1)));
        Scrape scrape = scrape();
        Map<String, String> shown = new TreeMap<>();
        scrape.types().forEach((metric, type) -> {
            if (metric.startsWith("bulkhead_")) {
                shown.put(metric, type + " " + scrape.labels(metric));
            }
        });

        assertEquals(documented, shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboard.json", "rules.yaml"})
    void dashboardAndAlertsUseMetricsThatAreThere(String file) throws IOException {
        Set<String> used = names(
                NAME,
                Files.readString(ROOT.resolve("charts/bulkhead/files/metrics").resolve(file)),
                0);

        used.removeAll(scrape().names());

        assertEquals(Set.of(), used);
    }

    @Test
    void namespacesAndIntentsAddNoSeries() {
        Set<String> before = ofBulkhead(scrape());
        double rules = scrape().sum("bulkhead_rules");
        for (int namespace = 0; namespace < 50; namespace++) {
            apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: shop-%d}
                    """.formatted(namespace));
            for (int intent = 0; intent < 4; intent++) {
                apply("""
                        apiVersion: bulkhead.dev/v1alpha1
                        kind: AccessIntent
                        metadata: {name: client-%1$d, namespace: shop-%2$d}
                        spec:
                          workload: {podSelector: {matchLabels: {app: client-%1$d}}}
                          outbound:
                          - to: {network: {cidr: 203.0.113.0/24}}
                            ports: [{port: 443}]
                        """.formatted(intent, namespace));
            }
        }
        await("all have been dealt with", () -> scrape().sum("bulkhead_rules") == rules + 200);

        Set<String> added = new TreeSet<>(ofBulkhead(scrape()));
        added.removeAll(before);
        // How the API server answers depends on the machine; there are some methods and codes, and no more.
        added.removeIf(series -> series.startsWith("bulkhead_api_requests_total"));
        assertEquals(Set.of(), added);
    }

    @Test
    void whatIsWrittenIsCountedByKindOperationAndReason() {
        Scrape scrape = scrape();

        assertTrue(scrape.sum("bulkhead_writes_total", "kind=NetworkPolicy", "operation=create", "reason=change") > 0);
        assertTrue(scrape.sum("bulkhead_writes_total", "kind=AccessIntent", "operation=status") > 0);
        assertTrue(scrape.sum("bulkhead_writes_total", "kind=Event", "reason=RuleOpen") > 0);
        assertTrue(scrape.sum("bulkhead_change_to_policy_seconds_count") > 0);
        assertEquals(1, scrape.sum("bulkhead_leader"));
        assertTrue(scrape.sum("bulkhead_api_requests_total", "method=POST", "code=201") > 0);
    }

    @Test
    void whatIsPutRightIsCounted() {
        double before = scrape().sum("bulkhead_drift_repaired_total");

        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("bulkhead-baseline")
                .delete();

        await("it is counted", () -> scrape().sum("bulkhead_drift_repaired_total") == before + 1);
        assertTrue(scrape().sum("bulkhead_writes_total", "kind=NetworkPolicy", "reason=drift") >= 1);
    }

    @Test
    void workloadsThatNoPolicyHoldsAreCounted() {
        apply("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: shop}
                spec:
                  selector: {matchLabels: {app: agent}}
                  template:
                    metadata: {labels: {app: agent}}
                    spec:
                      hostNetwork: true
                      containers: [{name: agent, image: agent}]
                """);

        await("it is counted", () -> scrape().sum("bulkhead_unenforceable_workloads", "segment=shop") == 1);
    }

    private static Set<String> ofBulkhead(Scrape scrape) {
        return scrape.series().stream()
                .filter(series -> series.startsWith("bulkhead_"))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Set<String> names(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(group))
                .filter(Predicate.not(String::isEmpty))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Scrape scrape() {
        HttpResponse<String> answer = get("/metrics", prometheus);
        assertEquals(200, answer.statusCode(), answer.body());
        return Scrape.of(answer.body());
    }

    private static HttpResponse<String> get(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + operator.metricsPort() + path);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer; the operator's log: " + operator.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void declareShop() {
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: shop}
                spec:
                  namespaces: [shop, shop-*]
                  enforce: {ingress: true, egress: true}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: checkout, namespace: shop}
                spec:
                  workload: {podSelector: {matchLabels: {app: checkout}}}
                  outbound:
                  - to: {network: {cidr: 203.0.113.0/24}}
                    ports: [{port: 443}]
                  - to: {network: {cidr: 198.51.100.0/24}}
                    ports: [{port: 443}]
                """);
    }

    private static String token(String account) {
        return client.serviceAccounts()
                .inNamespace("monitoring")
                .withName(account)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    private static void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).serverSideApply());
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }
}
