package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A team asks about its own namespace, which has 1,200 workloads that reach each other. The console is a process with less memory
 * than the chart gives, and ends when that is used up.
 */
class CrowdedConsoleTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static SmallConsole console;

    @BeforeAll
    static void start() throws IOException {
        console = SmallConsole.start(1200);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + "/api/v1/" + path))
                .header("Authorization", "Bearer of-the-team");
    }

    private static HttpResponse<String> get(String path) {
        return HTTP.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .join();
    }

    @Test
    void everyQuestionIsAnsweredOrRefusedAndTheNextOneIsAnswered() {
        // On a busy machine some of them may take more time than they are given.
        for (String path : List.of("graph?by=workload", "graph?by=namespace", "graph?by=segment")) {
            HttpResponse<String> graph = get(path);
            assertTrue(List.of(200, 422).contains(graph.statusCode()), graph::body);
            assertTrue(console.isAlive());
        }
        assertEquals(422, get("connectivity").statusCode());
        assertEquals(200, get("who-can-reach?workload=crowd/app-7&hops=all").statusCode());
        assertEquals(
                200,
                get("explain?from=crowd/Deployment/app-7&to=crowd/Deployment/app-8&port=80")
                        .statusCode());
        assertEquals(422, whatIf().statusCode());
        assertEquals(200, get("namespaces/crowd").statusCode());
        assertEquals(200, get("overview").statusCode());
        assertTrue(console.isAlive());
    }

    private static HttpResponse<String> whatIf() {
        String intent = """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: one, namespace: crowd}
                spec:
                  workload: {all: true}
                  outbound:
                  - to: {network: {cidr: 192.0.2.0/24}}
                    ports: [{port: 8443}]
                """;
        HttpRequest request = request("what-if")
                .POST(HttpRequest.BodyPublishers.ofString(intent))
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    @Test
    void manyQuestionsAtOnceAreBorne() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (String path :
                    List.of("graph?by=workload", "graph", "connectivity", "who-can-reach?workload=crowd/app-7")) {
                answers.add(HTTP.sendAsync(request(path).build(), HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode));
            }
        }
        answers.forEach(answer -> {
            int code = answer.join();
            assertTrue(List.of(200, 422, 429, 503).contains(code), "answered " + code);
        });
        assertEquals(200, get("overview").statusCode());
        assertTrue(console.isAlive());
    }
}
