package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No request ends a console that has the memory of the chart, which ends when there is none left. */
class SmallConsoleTest {

    private static final int LARGEST_BODY = 256 * 1024;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static SmallConsole console;

    @BeforeAll
    static void start() throws IOException {
        console = SmallConsole.start();
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @AfterEach
    void itStillAnswers() {
        assertTrue(console.isAlive());
        HttpRequest overview = request("overview", "token-0").build();
        Await.until("it answers", Duration.ofMinutes(2), () -> send(overview).statusCode() == 200);
        assertTrue(console.isAlive());
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + "/api/v1/" + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    /** @return the codes of the answers; of those that were too slow for an answer nothing */
    private static List<Integer> sendAtOnce(List<HttpRequest> requests) {
        List<CompletableFuture<Optional<Integer>>> answers = requests.stream()
                .map(request -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .handle((answer, failure) -> Optional.ofNullable(answer).map(HttpResponse::statusCode)))
                .toList();
        return answers.stream().flatMap(answer -> answer.join().stream()).toList();
    }

    private static HttpRequest whatIf(String token, String yaml) {
        return request("what-if?namespace=ns-0", token)
                .POST(HttpRequest.BodyPublishers.ofString(yaml))
                .build();
    }

    @Test
    void longAnswersThatNobodyReadsTakeLittleMemory() throws IOException {
        List<Socket> unread = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * (SmallConsole.USERS - 1); i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
                socket.setReceiveBufferSize(4096);
                socket.setSoTimeout(60_000);
                String token = "token-" + (1 + i % (SmallConsole.USERS - 1));
                socket.getOutputStream()
                        .write(("GET /api/v1/connectivity HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                unread.add(socket);
            }
            for (Socket socket : unread) {
                assertEquals('H', socket.getInputStream().read());
            }
            HttpRequest all = request("connectivity?output=text", "token-0").build();
            Await.until(
                    "somebody else is given all connections",
                    Duration.ofMinutes(2),
                    () -> send(all).body().lines().count() > 70_000);
        } finally {
            for (Socket socket : unread) {
                socket.close();
            }
        }
    }

    /** Twenty wrong fields, repeated by aliases in one body: half a million findings. */
    @Test
    void aBodyThatIsWrongInAThousandWaysIsRefused() {
        StringBuilder yaml = new StringBuilder("apiVersion: bulkhead.dev/v1alpha1\nkind: AccessIntent\n"
                + "metadata: {name: one, namespace: ns-0}\nspec:\n  outbound: [&a {");
        IntStream.range(0, 20).forEach(i -> yaml.append((char) ('a' + i)).append(": 1, "));
        yaml.append("z: 1}");
        while (yaml.length() < LARGEST_BODY - 100) {
            yaml.append(", *a");
        }
        yaml.append("]\n");
        for (String token : List.of("of-the-team", "token-0")) {
            HttpRequest request = whatIf(token, yaml.toString());
            Await.until(
                    "it is refused", Duration.ofMinutes(2), () -> send(request).statusCode() == 422);
        }
    }

    /** Each value takes a few bytes to send and hundreds to hold; everybody sends as many as they may at once. */
    @Test
    void bodiesOfManyValuesAreRefusedHoweverManySendThem() {
        List<HttpRequest> requests = new ArrayList<>();
        for (String value : List.of("[],", "a,", "{},", "'',")) {
            String yaml = "a: [" + value.repeat((LARGEST_BODY - 100) / value.length()) + "]\n";
            for (int user = 0; user < SmallConsole.USERS; user++) {
                requests.add(whatIf("token-" + user, yaml));
            }
        }
        for (int i = 0; i < 3; i++) {
            sendAtOnce(requests)
                    .forEach(code -> assertTrue(List.of(422, 429, 503).contains(code), "answered " + code));
        }
    }
}
