package dev.bulkhead.app.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /healthz} fails when only a new process would help; {@code /readyz} when the cluster is not known as it is now.
 * Both say why.
 */
final class Probes implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpServer server;
    private final Deadlines deadlines = new Deadlines();
    private final ExecutorService threads = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "bulkhead-probes");
        thread.setDaemon(true);
        return thread;
    });

    /** @param port 0 for any that is free */
    Probes(int port, Operator operator) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be opened for probes", e);
        }
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> deadlines.within(LIMIT, () -> answer(exchange, operator::stuck)));
        server.createContext("/readyz", exchange -> deadlines.within(LIMIT, () -> answer(exchange, operator::unready)));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Supplier<List<String>> problems) throws IOException {
        try (exchange) {
            List<String> found = problems.get();
            String text = found.isEmpty() ? "ok\n" : "not yet: " + String.join(", ", found) + "\n";
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            int code = found.isEmpty() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        deadlines.close();
    }
}
