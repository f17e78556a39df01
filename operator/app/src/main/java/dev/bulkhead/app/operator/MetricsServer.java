package dev.bulkhead.app.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.TokenGate;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /metrics}, for whoever shows a token that the API server lets get it. */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final String PATH = "/metrics";
    private static final String SCHEME = "Bearer ";
    /** One for Prometheus and some for its second replica and whoever is slow. */
    private static final int THREADS = 4;

    /** Requests that may wait for a thread; the connections of those beyond are closed. */
    private static final int WAITING = 64;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final OperatorMetrics metrics;
    private final TokenGate gate;
    private final HttpServer server;
    private final Deadlines deadlines = new Deadlines();
    private final ExecutorService threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "bulkhead-metrics");
                thread.setDaemon(true);
                return thread;
            });

    private record Answer(int code, String type, String body) {

        static Answer refusal(int code, String body) {
            return new Answer(code, "text/plain; charset=utf-8", body + "\n");
        }
    }

    /** @param port 0 for any that is free */
    public MetricsServer(int port, OperatorMetrics metrics, TokenGate gate) {
        this.metrics = metrics;
        this.gate = gate;
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be opened for metrics", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        deadlines.within(LIMIT, () -> respond(exchange));
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean bodiless = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.code(), bodiless ? -1 : body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!PATH.equals(exchange.getRequestURI().getPath())) {
            return Answer.refusal(HttpURLConnection.HTTP_NOT_FOUND, "there is " + PATH + " and nothing else");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return Answer.refusal(HttpURLConnection.HTTP_BAD_METHOD, "it can be got and nothing else");
        }
        try {
            return switch (gate.mayGet(token(exchange), PATH)) {
                case ALLOWED -> scrape();
                case FORBIDDEN ->
                    Answer.refusal(
                            HttpURLConnection.HTTP_FORBIDDEN,
                            "this takes the right to get the non-resource URL " + PATH);
                case UNAUTHENTICATED -> {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                    yield Answer.refusal(
                            HttpURLConnection.HTTP_UNAUTHORIZED, "this takes a bearer token that the API server knows");
                }
            };
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Who may see the metrics not asked");
            return Answer.refusal(HttpURLConnection.HTTP_UNAVAILABLE, "the API server cannot be asked just now");
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).log("Metrics not collected");
            return Answer.refusal(HttpURLConnection.HTTP_INTERNAL_ERROR, "the metrics could not be collected");
        }
    }

    private Answer scrape() throws IOException {
        StringWriter text = new StringWriter();
        metrics.write(text);
        return new Answer(HttpURLConnection.HTTP_OK, OperatorMetrics.CONTENT_TYPE, text.toString());
    }

    private static String token(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        deadlines.close();
    }
}
