package dev.bulkhead.app.operator;

import dev.bulkhead.app.http.PlainTextServer;
import dev.bulkhead.app.http.PlainTextServer.Reply;
import dev.bulkhead.cluster.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/**
 * {@code /healthz} fails when only a new process would help; {@code /readyz} when the cluster is not known as it is now.
 * Both say why.
 */
final class Probes implements AutoCloseable {

    private final PlainTextServer server;

    /** @param port 0 for any that is free */
    Probes(int port, Operator operator) {
        try {
            server = new PlainTextServer(
                    port,
                    "bulkhead-probes",
                    Map.of("/healthz", () -> reply(operator.stuck()), "/readyz", () -> reply(operator.unready())));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be opened for probes", e);
        }
    }

    int port() {
        return server.port();
    }

    private static Reply reply(List<String> problems) {
        return problems.isEmpty()
                ? new Reply(HttpURLConnection.HTTP_OK, "ok\n")
                : new Reply(HttpURLConnection.HTTP_UNAVAILABLE, "not yet: " + String.join(", ", problems) + "\n");
    }

    @Override
    public void close() {
        server.close();
    }
}
