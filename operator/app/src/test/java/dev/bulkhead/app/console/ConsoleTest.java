package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console answers to whom, asked as programs ask it; every answer is held against its schema. */
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleTest {

    private static final String WAITING = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: catalogue-asks, namespace: shop}
            spec:
              workload: {serviceAccount: catalogue}
              outbound:
              - to: {workload: {namespace: pay, serviceAccount: payments}}
                ports: [{port: 9443}]
              - to: {workload: {namespace: nowhere, serviceAccount: nobody}}
                ports: [{port: 9443}]
            """;

    private static ConsoleShop shop;
    private static OpenApi api;
    private static String platform;
    private static String team;
    private static String stranger;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        api = new OpenApi();
        shop = ConsoleShop.open(controlPlane);
        platform = shop.token("platform");
        team = shop.token("shop-team");
        stranger = shop.token("stranger");
        shop.apply(WAITING);
        shop.await(
                "two rules wait for their other ends",
                () -> states().path("AwaitingPeer").asInt() >= 2
                        && states().path("Open").asInt() >= 8);
        shop.await(
                "the team sees its namespace",
                () -> shop.get("/api/v1/overview", team).statusCode() == 200);
    }

    private static JsonNode states() {
        return OpenApi.json(shop.get("/api/v1/overview", platform).body())
                .path("totals")
                .path("states");
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @Test
    void theOverviewCountsWhatThereIsAndBeginsWithWhatIsUrgent() {
        JsonNode overview = api.checked("Overview", answer("/api/v1/overview", platform));
        assertEquals(
                "system:serviceaccount:people:platform", overview.get("user").asText());
        assertEquals("AllNamespaces", overview.get("scope").asText());
        assertTrue(overview.get("leading").asBoolean());
        assertEquals(List.of("pay", "shop", "web"), texts(overview.get("segments"), "name"));
        assertTrue(texts(overview.get("namespaces"), "name").containsAll(List.of("pay", "shop", "web")));
        assertTrue(texts(overview.get("attention"), "intent").contains("catalogue-asks"), overview.toString());
    }

    @Test
    void whatIsOpenToTheOutsideIsCountedAndWhoSeesNotEverythingIsToldSo() {
        JsonNode exposure = api.checked("Exposure", answer("/api/v1/exposure", platform));
        assertEquals("AllNamespaces", exposure.get("scope").asText());
        // Payments asks the card network.
        assertEquals(OpenApi.json("{\"workloads\":5,\"inbound\":0,\"outbound\":1}"), exposure.get("ours"));

        JsonNode some = api.checked("Exposure", answer("/api/v1/exposure", team));
        assertEquals("SomeNamespaces", some.get("scope").asText());
        assertEquals(OpenApi.json("{\"workloads\":2,\"inbound\":0,\"outbound\":0}"), some.get("ours"));
    }

    @Test
    void rulesAreListedByTheirStateAndNoOthersAreToldToATeam() {
        JsonNode waiting = api.checked("Rules", answer("/api/v1/rules?state=AwaitingPeer", platform));
        assertEquals(List.of("catalogue-asks", "catalogue-asks"), texts(waiting.get("rules"), "intent"));
        JsonNode all = api.checked("Rules", answer("/api/v1/rules", platform));
        assertTrue(texts(all.get("rules"), "namespace").containsAll(List.of("pay", "shop", "web")), all.toString());
        assertEquals(0, all.get("more").asInt());
        assertEquals(
                Set.of("shop"),
                Set.copyOf(texts(OpenApi.json(answer("/api/v1/rules", team)).get("rules"), "namespace")));
    }

    @Test
    void aNamespaceShowsItsWorkloadsItsIntentsAndWhoIsBehindEachRuleOfItsPolicies() {
        JsonNode page = api.checked("Namespace", answer("/api/v1/namespaces/shop", platform));
        assertEquals(
                List.of("shop/Deployment/catalogue", "shop/Deployment/checkout"), texts(page.get("workloads"), "id"));
        JsonNode waiting = StreamSupport.stream(page.get("intents").spliterator(), false)
                .filter(intent -> intent.get("name").asText().equals("catalogue-asks"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("AwaitingPeer", "AwaitingPeer"), texts(waiting.get("rules"), "state"));
        JsonNode egress = StreamSupport.stream(page.get("policies").spliterator(), false)
                .filter(policy -> policy.get("name").asText().startsWith("bulkhead-egress-checkout"))
                .findFirst()
                .orElseThrow();
        assertTrue(egress.get("managed").asBoolean());
        assertTrue(egress.get("rules").toString().contains("shop/checkout"), egress.toString());
        assertTrue(egress.get("yaml").asText().contains("kind: NetworkPolicy"));
    }

    @Test
    void whatAnotherTeamWaitsForIsOnThePageOfTheNamespaceWithTheAnswer() {
        JsonNode page = api.checked("Namespace", answer("/api/v1/namespaces/pay", platform));

        JsonNode wish = page.get("inbox").get(0);
        assertEquals(
                "shop/catalogue-asks",
                wish.get("intent").asText(),
                page.get("inbox").toString());
        assertEquals("outbound[0]", wish.get("rule").asText());
        assertEquals("TCP 9443", wish.get("ports").asText());
        assertTrue(wish.get("yaml").asText().contains("inbound:"), wish.toString());
        assertTrue(
                wish.get("yaml").asText().contains("workload: {namespace: shop, serviceAccount: catalogue}"),
                wish.toString());
    }

    @Test
    void whatThePlatformTeamSaysIsToldToWhoeverSeesAllNamespaces() {
        JsonNode said = api.checked("Platform", answer("/api/v1/platform", platform));

        assertTrue(texts(said.get("wellKnown"), "name").contains("KubeDNS"), said.toString());
        assertEquals(List.of("pay", "shop", "web"), texts(said.get("segments"), "name"));
        assertEquals(403, shop.get("/api/v1/platform", team).statusCode());
    }

    @Test
    void aQuestionThatCannotBeAnsweredNamesTheParameterThatIsWrong() {
        HttpResponse<String> response =
                shop.get("/api/v1/explain?from=shop/Deployment/checkout&to=pay/Deployment/ledgerr&port=8443", platform);

        assertEquals(422, response.statusCode());
        assertEquals(
                "to", api.checked("Problem", response.body()).get("parameter").asText());
        assertEquals(
                "port",
                OpenApi.json(shop.get(
                                        "/api/v1/explain?from=shop/Deployment/checkout&to=pay/Deployment/payments&port=99999",
                                        platform)
                                .body())
                        .get("parameter")
                        .asText());
    }

    @Test
    void theGraphSetsApartWhatIsDeclaredWhatWaitsAndWhatNobodyDeclared() {
        JsonNode graph = api.checked("Graph", answer("/api/v1/graph?by=workload", platform));
        assertEquals("TCP 8443", edge(graph, "shop/Deployment/checkout", "pay/Deployment/payments", "Declared"));
        assertEquals("TCP 9443", edge(graph, "shop/Deployment/catalogue", "pay/Deployment/payments", "Waiting"));
        assertEquals(
                "TCP 9443",
                edge(graph, "shop/Deployment/catalogue", "declared:nowhere/service account nobody", "Waiting"));
        shop.apply(OPENING);
        try {
            shop.await(
                    "what somebody else's policy opens is shown as undeclared",
                    () -> !edge(
                                    OpenApi.json(answer("/api/v1/graph?by=workload", platform)),
                                    "pay/Deployment/payments",
                                    "shop/Deployment/catalogue",
                                    "Undeclared")
                            .isEmpty());
        } finally {
            shop.delete(OPENING);
        }
        for (String by : List.of("namespace", "segment")) {
            JsonNode coarse = api.checked("Graph", answer("/api/v1/graph?by=" + by, platform));
            assertEquals("TCP 8443", edge(coarse, by + ":shop", by + ":pay", "Declared"));
        }
    }

    private static final String OPENING = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: opened-by-hand, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Ingress]
              ingress: [{}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: opened-by-hand, namespace: pay}
            spec:
              podSelector: {}
              policyTypes: [Egress]
              egress: [{}]
            """;

    private static String edge(JsonNode graph, String from, String to, String kind) {
        return StreamSupport.stream(graph.get("edges").spliterator(), false)
                .filter(edge -> edge.get("from").asText().equals(from)
                        && edge.get("to").asText().equals(to)
                        && edge.get("kind").asText().equals(kind))
                .map(edge -> edge.get("ports").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void questionsAreAnsweredAsTheCommandsAnswerThem() throws IOException {
        JsonNode explained = api.checkedAsCommand(
                "explain",
                answer("/api/v1/explain?from=shop/Deployment/checkout&to=pay/Deployment/payments&port=8443", platform));
        assertTrue(explained.get("allowed").asBoolean());
        JsonNode denied = api.checkedAsCommand(
                "explain",
                answer("/api/v1/explain?from=web/Deployment/storefront&to=pay/StatefulSet/ledger&port=sql", platform));
        assertFalse(denied.get("allowed").asBoolean());
        assertTrue(denied.get("change").toString().contains("kind: AccessIntent"), denied.toString());
        JsonNode reached = api.checkedAsCommand(
                "blast-radius", answer("/api/v1/who-can-reach?workload=pay/StatefulSet/ledger&hops=all", platform));
        assertTrue(texts(reached.get("workloads"), "workload").contains("shop/checkout[Deployment]"));
        JsonNode reaching = api.checkedAsCommand(
                "blast-radius", answer("/api/v1/reachable-from?workload=shop/Deployment/checkout", platform));
        assertTrue(texts(reaching.get("workloads"), "workload").contains("pay/payments[Deployment]"));
        JsonNode all = api.checkedAsCommand("connectivity", answer("/api/v1/connectivity", platform));
        assertTrue(texts(all, "dst").contains("pay/ledger[StatefulSet]"));
        assertTrue(answer("/api/v1/connectivity?output=text&namespaces=web", platform)
                .contains("web/storefront[Deployment] => shop/checkout[Deployment]"));
        assertTrue(answer(
                        "/api/v1/explain?output=text&from=shop/Deployment/checkout&to=pay/Deployment/payments&port=8443",
                        platform)
                .contains("allowed"));
    }

    private static final String OFFER = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: serves-catalogue, namespace: pay}
            spec:
              workload: {serviceAccount: payments}
              inbound:
              - from: {workload: {namespace: shop, serviceAccount: catalogue}}
                ports: [{port: 9443}]
            """;

    @Test
    void whatIfPlansAndAppliesNothing() throws IOException {
        HttpResponse<String> response = shop.post("/api/v1/what-if", platform, OFFER);
        assertEquals(200, response.statusCode(), response.body());
        JsonNode plan = api.checkedAsCommand("plan", response.body());
        JsonNode gained = plan.get("connections").get("gained");
        assertEquals(1, gained.size(), plan.toString());
        assertEquals("shop/catalogue[Deployment]", gained.get(0).get("src").asText());
        assertEquals("TCP 9443", gained.get(0).get("conn").asText());
        assertTrue(shop.client()
                        .genericKubernetesResources("bulkhead.dev/v1alpha1", "AccessIntent")
                        .inNamespace("pay")
                        .withName("serves-catalogue")
                        .get()
                == null);
    }

    @Test
    void whatIfSaysWhatIsWrongAndInWhichLine() {
        HttpResponse<String> broken =
                shop.post("/api/v1/what-if", platform, OFFER.replace("port: 9443", "port: 99999"));
        assertEquals(422, broken.statusCode());
        JsonNode findings = api.checked("Problem", broken.body()).get("findings");
        assertEquals(8, findings.get(0).get("line").asInt(), broken.body());
        HttpResponse<String> unreadable = shop.post("/api/v1/what-if", platform, "kind: [");
        assertEquals(422, unreadable.statusCode());
        assertTrue(
                api.checked("Problem", unreadable.body()).get("findings").get(0).has("line"));
        assertEquals(422, shop.post("/api/v1/what-if", platform, "").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/overview",
                "/api/v1/namespaces/shop",
                "/api/v1/graph?by=workload",
                "/api/v1/graph?by=namespace",
                "/api/v1/connectivity",
                "/api/v1/who-can-reach?workload=shop/Deployment/checkout&hops=all",
                "/api/v1/reachable-from?workload=shop/Deployment/checkout&hops=all"
            })
    void aTeamSeesItsOwnNamespaceAndNothingThatStandsInAnotherOne(String path) {
        String answer = answer(path, team);
        assertTrue(answer.contains("shop"), answer);
        for (String others :
                List.of("web/Deployment", "pay/Deployment", "[StatefulSet]", "ledger", "\"pay\"", "\"web\"")) {
            assertFalse(answer.contains(others), others + " is in " + answer);
        }
    }

    @Test
    void ofANamespaceOfOthersNobodyLearnsWhetherItIsThere() {
        for (String path :
                List.of("/api/v1/namespaces/%s", "/api/v1/graph?namespaces=%s", "/api/v1/connectivity?namespaces=%s")) {
            HttpResponse<String> there = shop.get(path.formatted("pay"), team);
            HttpResponse<String> notThere = shop.get(path.formatted("gone"), team);
            assertEquals(404, there.statusCode());
            assertEquals(notThere.body(), there.body().replace("pay", "gone"));
        }
        HttpResponse<String> there =
                shop.get("/api/v1/explain?from=shop/Deployment/checkout&to=pay/Deployment/payments&port=8443", team);
        HttpResponse<String> notThere =
                shop.get("/api/v1/explain?from=shop/Deployment/checkout&to=pay/Deployment/paymentz&port=8443", team);
        assertEquals(422, there.statusCode());
        assertEquals(notThere.body(), there.body().replace("payments", "paymentz"));
        assertEquals(422, shop.post("/api/v1/what-if", team, OFFER).statusCode());
    }

    @Test
    void aTeamIsToldWhatItsOwnIntentWouldComeTo() throws IOException {
        HttpResponse<String> response = shop.post("/api/v1/what-if", team, WAITING.replace("nowhere", "web"));
        assertEquals(200, response.statusCode(), response.body());
        JsonNode plan = api.checkedAsCommand("plan", response.body());
        assertEquals(
                List.of("shop"),
                texts(plan.get("rules"), "intent").stream()
                        .map(intent -> intent.substring(0, intent.indexOf('/')))
                        .distinct()
                        .toList());
    }

    @Test
    void whoeverMaySeeNothingIsToldSoAndWhomToAsk() {
        HttpResponse<String> response = shop.get("/api/v1/overview", stranger);
        assertEquals(403, response.statusCode());
        assertTrue(
                api.checked("Problem", response.body()).get("detail").asText().contains("the role view"));
        assertEquals(403, shop.get("/api/v1/events", stranger).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer nonsense", "Basic YWRtaW46YWRtaW4=", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void withoutAGoodTokenNobodyIsAnswered(String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shop.address() + "/api/v1/overview"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = shop.send(request.build());
        assertEquals(401, response.statusCode());
        assertEquals(
                "Bearer realm=\"bulkhead\"",
                response.headers().firstValue("WWW-Authenticate").orElse(""));
        api.checked("Problem", response.body());
    }

    @Test
    void behindAProxyThatKeepsTheUsualHeaderAnotherOneIsTaken() {
        HttpResponse<String> response =
                shop.send(HttpRequest.newBuilder(URI.create(shop.address() + "/api/v1/overview"))
                        .header("Bulkhead-Authorization", "Bearer " + platform)
                        .build());
        assertEquals(200, response.statusCode());
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(field).asText())
                .toList();
    }

    private static String answer(String path, String token) {
        HttpResponse<String> response = shop.get(path, token);
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }
}
