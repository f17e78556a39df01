package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console does with requests that are wrong, hostile or slow, and what it tells of changes to whom. */
@OnControlPlane(ControlPlaneKind.REAL)
class ConsoleRefusalsTest {

    private static ConsoleShop shop;
    private static OpenApi api;
    private static String platform;
    private static String team;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        api = new OpenApi();
        shop = ConsoleShop.open(controlPlane);
        platform = shop.token("platform");
        team = shop.token("shop-team");
        shop.await(
                "the team sees its namespace",
                () -> shop.get("/api/v1/overview", team).statusCode() == 200);
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /api/v1/nothing                              | 404
                    GET    | /nothing                                     | 404
                    GET    | /api/v1/namespaces/shop/pods                 | 404
                    GET    | /api/v1/namespaces/                          | 404
                    GET    | /assets/..%2fopenapi.yaml                    | 404
                    POST   | /                                            | 405
                    POST   | /api/v1/overview                             | 405
                    DELETE | /api/v1/namespaces/shop                      | 405
                    GET    | /api/v1/what-if                              | 405
                    PUT    | /api/v1/events                               | 405
                    GET    | /api/v1/overview?pretty=true                 | 400
                    GET    | /api/v1/graph?by=pod                         | 400
                    GET    | /api/v1/rules?state=open                     | 400
                    GET    | /api/v1/graph?by=workload&by=segment         | 400
                    GET    | /api/v1/explain                              | 400
                    GET    | /api/v1/explain?from=shop/Deployment/checkout&to=shop/Deployment/checkout&port=99999 | 422
                    GET    | /api/v1/explain?from=shop/Deployment/checkout&to=shop/Deployment/nobody&port=1 | 422
                    GET    | /api/v1/who-can-reach?workload=shop/Deployment/checkout&hops=0 | 422
                    GET    | /api/v1/who-can-reach?workload=10.0.0.1      | 422
                    """)
    void whatIsWrongIsRefusedWithTheRightCodeAndAWayOut(String method, String path, int code) throws IOException {
        Raw answer = raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + platform
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertEquals(code, answer.code(), answer.text());
        String body = answer.text().substring(answer.text().indexOf("\r\n\r\n") + 4);
        assertTrue(api.checked("Problem", body).get("detail").asText().length() > 10, body);
        assertFalse(body.contains("Exception"), body);
        assertFalse(body.contains("at dev.bulkhead"), body);
    }

    private record Raw(int code, String text) {}

    private static Raw raw(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(shop.address()).getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Raw(answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]), answer);
        }
    }

    @Test
    void whatIsTooLongOrTooLargeIsRefused() {
        assertEquals(
                414,
                shop.get("/api/v1/graph?namespaces=" + "a".repeat(40_000), platform)
                        .statusCode());
        assertEquals(
                400,
                shop.get("/api/v1/graph?namespaces=" + "a".repeat(20_000), platform)
                        .statusCode());
        assertEquals(
                413, shop.post("/api/v1/what-if", platform, "#".repeat(300_000)).statusCode());
        assertEquals(401, shop.get("/api/v1/overview", "a".repeat(20_000)).statusCode());
    }

    @Test
    void aRequestThatIsNoneIsRefusedAndTheNextOneIsAnswered() throws IOException {
        for (String nonsense : List.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/explain?from=%zz HTTP/1.1\r\nHost: x\r\n\r\n")) {
            int code = raw(nonsense).code();
            assertTrue(code == 0 || code >= 400, nonsense + code);
        }
        assertEquals(200, shop.get("/api/v1/overview", platform).statusCode());
    }

    @Test
    void whatIsRepeatedOfARequestIsShort() {
        HttpResponse<String> answer = shop.get("/api/v1/namespaces/" + "x".repeat(5000), platform);
        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().length() < 400, answer.body());
    }

    @Test
    void everyAnswerForbidsThePageWhateverItDoesNotNeed() {
        for (String path : List.of("/", "/assets/main.js", "/api/v1/overview", "/api/v1/nothing")) {
            HttpResponse<String> answer = shop.get(path, platform);
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.contains("default-src 'none'"), path);
            assertFalse(policy.contains("unsafe"), path);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""));
            assertEquals(
                    "no-referrer",
                    answer.headers().firstValue("Referrer-Policy").orElse(""));
            assertTrue(
                    answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
            assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
            assertTrue(answer.headers().firstValue("Server").isEmpty());
        }
        assertEquals(
                "no-store",
                shop.get("/api/v1/overview", platform)
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""));
    }

    @Test
    void whoeverIsSlowKeepsNobodyElseWaiting() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(shop.address()).getPort());
                socket.getOutputStream()
                        .write(("POST /api/v1/what-if HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + platform
                                        + "\r\nContent-Length: 100000\r\n\r\nkind:")
                                .getBytes(StandardCharsets.ISO_8859_1));
                slow.add(socket);
            }
            shop.await("others are answered", () -> shop.get("/", "").statusCode() == 200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void nothingOfATokenIsLogged() {
        shop.get("/api/v1/overview", "some-secret-of-mine");
        shop.post("/api/v1/what-if", platform, "kind: [");
        String log = shop.operator().log();
        assertFalse(log.contains("some-secret-of-mine"), log);
        assertFalse(log.contains(platform), log);
    }

    private static final String LEAVER = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: leaver, namespace: people}
            """;

    @Test
    void aTokenThatTheApiServerWouldNotTakeIsNotTakenHere() {
        String forOthers = shop.client()
                .serviceAccounts()
                .inNamespace("people")
                .withName("platform")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("somebody-else")
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        assertEquals(401, shop.get("/api/v1/overview", forOthers).statusCode());
        // Signed for another one: what it says of itself is not believed.
        String forged = platform.substring(0, platform.lastIndexOf('.')) + team.substring(team.lastIndexOf('.'));
        assertEquals(401, shop.get("/api/v1/overview", forged).statusCode());
        shop.apply(LEAVER);
        String leaver = shop.token("leaver");
        shop.delete(LEAVER);
        shop.await("the API server knows it no more", () -> !isKnown(leaver));
        assertEquals(401, shop.get("/api/v1/overview", leaver).statusCode());
        assertEquals(401, shop.get("/api/v1/events", leaver).statusCode());
    }

    private static boolean isKnown(String token) {
        return Boolean.TRUE.equals(shop.client()
                .tokenReviews()
                .create(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .getStatus()
                .getAuthenticated());
    }

    private static final String SLEEPER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: sleeper, namespace: %s}
            spec:
              containers: [{name: sleeper, image: registry.example/sleeper:1.0.0}]
            """;

    @Test
    void changesAreToldToThoseAloneWhoMaySeeThem() throws Exception {
        List<String> toPlatform = new CopyOnWriteArrayList<>();
        List<String> toTeam = new CopyOnWriteArrayList<>();
        CompletableFuture<?> listening = listen(platform, toPlatform);
        CompletableFuture<?> alsoListening = listen(team, toTeam);
        shop.await("both are told hello", () -> toPlatform.contains("event: hello") && toTeam.contains("event: hello"));
        shop.apply(SLEEPER.formatted("pay"));
        shop.await("the platform is told", () -> mentions(toPlatform, "\"pay\""));
        shop.apply(SLEEPER.formatted("shop"));
        shop.await("the team is told of its own", () -> mentions(toTeam, "\"shop\""));
        assertFalse(mentions(toTeam, "\"pay\""), toTeam.toString());
        long told = toTeam.stream()
                .filter(line -> line.startsWith("data: {\"namespaces\":"))
                .count();
        assertEquals(
                told, toTeam.stream().filter(line -> line.contains("\"shop\"")).count(), "nothing else was told");
        listening.cancel(true);
        alsoListening.cancel(true);
    }

    @Test
    void oneUserIsToldOfChangesOnlySoManyTimesTheLatestAndOthersStillAre() {
        List<String> toPlatform = new CopyOnWriteArrayList<>();
        CompletableFuture<?> others = listen(platform, toPlatform);
        List<CompletableFuture<?>> open = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                List<String> lines = new CopyOnWriteArrayList<>();
                // Each with a token of its own, which makes nobody twelve people.
                open.add(listen(shop.token("shop-team"), lines));
                shop.await("it is told hello", () -> lines.contains("event: hello"));
            }
            shop.await(
                    "the first end", () -> open.get(0).isDone() && open.get(1).isDone());
            assertFalse(open.get(11).isDone(), "the latest goes on");
            assertFalse(others.isDone(), "that of somebody else goes on");
        } finally {
            open.forEach(stream -> stream.cancel(true));
            others.cancel(true);
        }
    }

    /** There are two turns for what takes long: whoever sends slowly has none meanwhile. */
    @Test
    void whatIsSentSlowlyKeepsNobodyFromWhatTakesLong() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(shop.address()).getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/v1/what-if HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + team
                                        + "\r\nContent-Length: 100000\r\n\r\nkind:")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            assertEquals(200, shop.get("/api/v1/graph", platform).statusCode());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean mentions(List<String> lines, String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    private static CompletableFuture<?> listen(String token, List<String> lines) {
        return shop.http()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(shop.address() + "/api/v1/events"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> {
                    try (Stream<String> all = response.body()) {
                        all.forEach(lines::add);
                    }
                });
    }
}
