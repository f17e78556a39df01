package dev.bulkhead.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.terminal.Hostile;
import dev.bulkhead.app.terminal.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server at the address of {@code --server} is as little trusted as a file. */
@Timeout(300)
class HostileServerTest {

    private static final int ROUNDS = 40;
    private static final AnswerLimits SMALL = new AnswerLimits(Duration.ofSeconds(2), 2 << 20, 1 << 20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    @TempDir
    private Path folder;

    private HttpServer server;
    private ExecutorService threads;
    private Behaviour behaviour;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                behaviour.answer(exchange);
            }
        });
        server.start();
        Files.writeString(folder.resolve("token"), "secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void says(int status, String body) {
        behaviour = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** One byte after the other, until nobody listens any more. */
    private void drips() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (!Thread.currentThread().isInterrupted()) {
                body.write('x');
                body.flush();
                sleep();
            }
        };
    }

    private void pours(int status) {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(status, 0);
            byte[] part = new byte[1 << 16];
            while (!Thread.currentThread().isInterrupted()) {
                exchange.getResponseBody().write(part);
            }
        };
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String failure() {
        Server asked = new Server(URI.create(address()), "secret", Optional.empty(), SMALL);
        return assertThrows(FailedException.class, () -> asked.get("connectivity", Map.of()))
                .getMessage();
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        drips();

        String failure = failure();

        assertTrue(failure.contains("has not answered in full within 2 seconds"), failure);
    }

    @Test
    void anAnswerThatNeverBeginsIsGivenUp() {
        behaviour = exchange -> {
            while (!Thread.currentThread().isInterrupted()) {
                sleep();
            }
        };

        String failure = failure();

        assertTrue(failure.contains("has not answered in full within 2 seconds"), failure);
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAndSaidSo() {
        pours(200);
        assertTrue(failure().contains("answers with more than 2 MiB, which is not read"), failure());

        pours(500);
        assertTrue(failure().contains("answers with more than 1 MiB, which is not read"), failure());
    }

    @Test
    void anAnswerAsLongAsThatIsRead() {
        says(200, "x".repeat(SMALL.bytes()));

        assertEquals(
                SMALL.bytes(),
                new Server(URI.create(address()), "secret", Optional.empty(), SMALL)
                        .get("connectivity", Map.of())
                        .length());
    }

    private Program.Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--server", address(), "--token-file", folder.resolve("token").toString()));
        Program.Result result = Program.run(all);
        Shown.assertPrintable(result.out(), result.out());
        Shown.assertPrintable(result.err(), result.err());
        return result;
    }

    @Test
    void whateverItAnswersIsPrintedAsTextAlone() throws IOException {
        Path intent = Files.writeString(folder.resolve("intent.yaml"), "kind: AccessIntent\n");
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            says(200, Hostile.text(random));
            run("explain", "a/b", "c/d", "80");
            run("connectivity", "-o", "json");
            assertEquals(ExitCode.FAILED, run("connectivity", "-o", "md").exitCode());
            assertEquals(ExitCode.FAILED, run("who-can-reach", "a/b").exitCode());
            says(
                    422,
                    JSON.writeValueAsString(Map.of(
                            "detail",
                            Hostile.text(random),
                            "findings",
                            List.of(Map.of("line", 1, "message", Hostile.text(random))))));
            assertEquals(ExitCode.FAILED, run("plan", "-f", intent.toString()).exitCode());
        }
    }

    @Test
    void connectionsThatItTellsOfAreNoFormulasAndNoMarkup() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            says(
                    200,
                    JSON.writeValueAsString(List.of(Map.of(
                            "src", Hostile.text(random), "dst", Hostile.text(random), "conn", Hostile.text(random)))));
            Program.Result csv = run("connectivity", "-o", "csv");
            assertEquals(0, csv.exitCode(), csv.err());
            assertEquals(2, Shown.assertNoFormulas(csv.out(), csv.out()).size());
            Program.Result markdown = run("connectivity", "-o", "md");
            assertEquals(1, Shown.assertInactive(markdown.out(), markdown.out()).size());
            assertEquals(0, run("connectivity", "-o", "dot").exitCode());
        }
    }

    @Test
    void aPlanThatItMakesIsNoMarkup() throws IOException {
        Path intent = Files.writeString(folder.resolve("intent.yaml"), "kind: AccessIntent\n");
        Random random = new Random(3);
        for (int i = 0; i < ROUNDS; i++) {
            says(200, plan(random));
            Program.Result markdown = run("plan", "-f", intent.toString(), "-o", "md");
            assertEquals(ExitCode.DIFFERENT, markdown.exitCode(), markdown.err());
            Shown.assertInactive(markdown.out(), markdown.out());
            assertEquals(
                    ExitCode.DIFFERENT, run("plan", "-f", intent.toString()).exitCode());
        }
    }

    private static String plan(Random random) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "version",
                1,
                "summary",
                summary(random),
                "policies",
                Map.of(
                        "created",
                        List.of(Hostile.text(random)),
                        "changed",
                        List.of(),
                        "deleted",
                        List.of(),
                        "adopted",
                        List.of(Map.of("policy", Hostile.text(random), "by", Hostile.text(random))),
                        "notAdopted",
                        List.of(Map.of("policy", Hostile.text(random), "reason", Hostile.text(random)))),
                "connections",
                Map.of(
                        "gained",
                        List.of(Map.of(
                                "src",
                                Hostile.text(random),
                                "dst",
                                Hostile.text(random),
                                "conn",
                                Hostile.text(random),
                                "intents",
                                List.of(Hostile.text(random)))),
                        "lost",
                        List.of()),
                "isolated",
                List.of(Map.of("workload", Hostile.text(random), "direction", Hostile.text(random))),
                "held",
                List.of(Hostile.text(random)),
                "rules",
                List.of(Map.of(
                        "intent",
                        Hostile.text(random),
                        "rule",
                        Hostile.text(random),
                        "peer",
                        Hostile.text(random),
                        "state",
                        Hostile.text(random),
                        "idle",
                        Hostile.text(random),
                        "message",
                        Hostile.text(random)))));
    }

    private static Map<String, Object> summary(Random random) {
        return Map.of(
                "policies",
                Map.of("created", 1, "changed", 0, "deleted", 0, "adopted", 1),
                "connections",
                Map.of("gained", 1, "lost", 0, "kept", 1),
                "rules",
                Map.of(Hostile.text(random), 1),
                "workloads",
                List.of(Map.of(
                        "workload",
                        Hostile.text(random),
                        "gained",
                        1,
                        "lost",
                        1,
                        "kept",
                        1,
                        "keeps",
                        List.of(Map.of(
                                "src",
                                Hostile.text(random),
                                "dst",
                                Hostile.text(random),
                                "conn",
                                Hostile.text(random))),
                        "cut",
                        random.nextBoolean())));
    }

    @Test
    void anAnswerThatLeavesSomethingOutIsNotTakenForNothing() throws IOException {
        Path intent = Files.writeString(folder.resolve("intent.yaml"), "kind: AccessIntent\n");
        for (String answer : List.of("", "null", "{}", "[]", "{\"policies\":null}", "<html>")) {
            says(200, answer);
            Program.Result plan = run("plan", "-f", intent.toString());
            assertEquals(ExitCode.FAILED, plan.exitCode(), answer);
            assertTrue(plan.err().contains("something else than what was asked for"), plan.err());
        }
        says(200, "[null]");
        assertEquals(ExitCode.FAILED, run("connectivity", "-o", "csv").exitCode());
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsNotShown() throws IOException {
        Files.writeString(folder.resolve("token"), "sec\nret");
        says(200, "[]");

        Program.Result result = run("connectivity");

        assertEquals(ExitCode.FAILED, result.exitCode());
        assertFalse(result.err().contains("ret\"") || result.err().contains("sec"), result.err());
    }
}
