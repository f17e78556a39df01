package dev.bulkhead.cluster.leaderelection;

import com.sun.net.httpserver.HttpExchange;
import dev.bulkhead.cluster.LoopbackServer;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** An API server that has one Lease at most, and whoever writes it has the last word. */
final class LeaseServer implements AutoCloseable {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Released by the first request. */
    final CountDownLatch asked = new CountDownLatch(1);

    private final LoopbackServer server;
    private String stored = "";
    private int version;

    LeaseServer() throws IOException {
        server = new LoopbackServer(this::handle);
    }

    KubernetesClient client() {
        return server.client();
    }

    synchronized void store(Lease lease) {
        version++;
        lease.getMetadata().setResourceVersion(Integer.toString(version));
        stored = SERIALIZATION.asJson(lease);
    }

    synchronized String holder() {
        return SERIALIZATION.unmarshal(stored, Lease.class).getSpec().getHolderIdentity();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            asked.countDown();
            if (sent.length > 0) {
                store(SERIALIZATION.unmarshal(new String(sent, StandardCharsets.UTF_8), Lease.class));
            } else if (stored.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            LoopbackServer.answer(exchange, stored);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
