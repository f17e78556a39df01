package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A team fills its namespace with workloads, opens all of them to each other by a policy of its own, and asks the console about
 * them. The operator is a process with the heap that the chart gives it, and ends when that is used up.
 */
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleOfCrowdedNamespaceTest {

    private static final int WORKLOADS = 1200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RealControlPlane controlPlane;
    private final Scene scene;
    private OperatorProcess operator;
    private String crowded;
    private String other;

    ConsoleOfCrowdedNamespaceTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() throws IOException {
        scene.installDefinitions();
        ChartAccount.ofOperator(controlPlane).create();
        crowded = scene.namespace("crowded-console");
        other = scene.namespace("other-console");
        scene.segment("town-console", List.of(crowded, other), true);
        for (String namespace : List.of(crowded, other)) {
            scene.awaitDefaultAccount(namespace);
            makeAdministrator(namespace);
        }
        operator = OperatorProcess.startWithHeapOfChart(controlPlane, "bulkhead-0");
        scene.await("the operator writes", () -> operator.writes() && operator.isReady());
        scene.awaitClosed(crowded);
        scene.awaitClosed(other);
    }

    @AfterEach
    void clear() throws IOException {
        operator.close();
        scene.close();
    }

    private void makeAdministrator(String namespace) {
        scene.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("team-administers")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "admin")
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName("default")
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
    }

    @Test
    void theOperatorLivesAndAnswersOthersWhateverTheTeamAsks() {
        for (int i = 0; i < WORKLOADS; i++) {
            pausedDeployment("app-" + i);
        }
        allowAll();
        String team = token(crowded);
        scene.await("the console knows the last of them and the policy", () -> {
            String page = get("namespaces/" + crowded, team).body();
            return page.contains("/app-" + (WORKLOADS - 1) + "\"") && page.contains("\"allow-all\"");
        });

        // On a busy machine some of them may take more time than they are given.
        for (String question : List.of(
                "graph?by=workload",
                "graph",
                "graph?by=segment",
                "connectivity?output=text",
                "who-can-reach?hops=all&workload=" + crowded + "/Deployment/app-0",
                "explain?port=443&from=" + crowded + "/Deployment/app-0&to=" + crowded + "/Deployment/app-1")) {
            HttpResponse<String> answer = get(question, team);
            assertTrue(
                    List.of(200, 422).contains(answer.statusCode()),
                    () -> question + ": " + answer.statusCode() + " " + start(answer.body()));
        }

        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            asked.add(HTTP.sendAsync(request("graph?by=workload", team), HttpResponse.BodyHandlers.ofString()));
        }
        HttpResponse<String> victim = get("explain?port=443&from=192.0.2.1&to=192.0.2.2", token(other));
        assertEquals(200, victim.statusCode(), victim::body);
        asked.forEach(answer ->
                assertTrue(List.of(200, 422, 429, 503).contains(answer.join().statusCode())));

        callsOut(other);
        scene.awaitRuleState(other, "calls", "Open");
        assertTrue(operator.isReady());
        assertFalse(operator.log().contains("java.lang.OutOfMemoryError"), operator::log);
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), 500));
    }

    private HttpRequest request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.consolePort() + "/api/v1/" + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private HttpResponse<String> get(String path, String token) {
        return HTTP.sendAsync(request(path, token), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    /** Of the team that administers the namespace. */
    private String token(String namespace) {
        return scene.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    private void pausedDeployment(String name) {
        Map<String, String> labels = Map.of("app", name);
        scene.client()
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(crowded)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withPaused(true)
                        .withReplicas(0)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.example/main:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private void allowAll() {
        scene.client()
                .resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(crowded)
                        .withName("allow-all")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .withPolicyTypes("Ingress", "Egress")
                        .addNewIngress()
                        .endIngress()
                        .addNewEgress()
                        .endEgress()
                        .endSpec()
                        .build())
                .create();
    }

    private void callsOut(String namespace) {
        scene.intent(
                namespace,
                "calls",
                Map.of(
                        "workload",
                        Map.of("all", true),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("network", Map.of("cidr", "192.0.2.0/24")),
                                "ports",
                                List.of(Map.of("port", 443))))));
    }
}
