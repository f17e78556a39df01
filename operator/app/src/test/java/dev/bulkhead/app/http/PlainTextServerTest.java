package dev.bulkhead.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.http.PlainTextServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a probe is answered whatever others do to its port. */
class PlainTextServerTest {

    /** The timeoutSeconds of the chart's probes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final int HOSTILE = 500;

    private final List<Socket> hostile = new ArrayList<>();
    private PlainTextServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PlainTextServer(
                0,
                "probes-of-test",
                Map.of(
                        "/healthz", () -> new Reply(200, "ok\n"),
                        "/readyz", () -> new Reply(503, "not yet: pods\n"),
                        "/large", () -> new Reply(200, "x".repeat(10_000_000)),
                        "/defect",
                                () -> {
                                    throw new IllegalStateException("on purpose");
                                }));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : hostile) {
            socket.close();
        }
        server.close();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TIMEOUT)
                .build();
        return HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect(String sent) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        hostile.add(socket);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void requireAnswers() throws IOException, InterruptedException {
        assertEquals("ok\n", ask("/healthz").body());
        assertEquals(503, ask("/readyz").statusCode());
    }

    @Test
    void aPathAnswersWhatItsPageSaysAndOthersAreNotFound() throws IOException, InterruptedException {
        requireAnswers();
        assertEquals("not yet: pods\n", ask("/readyz?verbose").body());
        assertEquals(404, ask("/").statusCode());
        assertEquals(500, ask("/defect").statusCode());
        requireAnswers();
    }

    @Test
    void theAnswerToHeadHasNoBody() throws IOException {
        Socket socket = connect("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void idleAndHalfSentRequestsDelayNoProbe() throws IOException, InterruptedException {
        for (int i = 0; i < HOSTILE; i++) {
            connect(i % 2 == 0 ? "" : "G");
        }
        requireAnswers();
    }

    @Test
    void moreConnectionsThanTheServerKeepsDelayNoProbe() throws IOException, InterruptedException {
        for (int i = 0; i < 4 * HOSTILE; i++) {
            connect("GET /healthz HTTP/1.1\r\nHost: x\r\n");
            if (i % HOSTILE == 0) {
                requireAnswers();
            }
        }
        requireAnswers();
    }

    @Test
    void whoReadsSlowlyDelaysNoProbe() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            connect("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        requireAnswers();
    }

    @Test
    void aFloodOfNewConnectionsDelaysNoProbe() throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread flood = new Thread(() -> {
            while (!over.get()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream().write('G');
                } catch (IOException e) {
                    // Dropped, as it may be.
                    Thread.onSpinWait();
                }
            }
        });
        flood.start();
        try {
            for (int i = 0; i < 50; i++) {
                requireAnswers();
            }
        } finally {
            over.set(true);
            flood.join();
        }
    }

    @Test
    void aRequestWithoutEndIsDropped() throws IOException {
        Socket socket = connect("GET /healthz HTTP/1.1\r\nX: ");
        // The end of the stream comes once its second is over; nothing was answered.
        assertEquals(-1, socket.getInputStream().read());
    }
}
