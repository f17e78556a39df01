package dev.bulkhead.testkit.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A load balancer in front of an API server. It passes bytes on, so that clients speak TLS and whatever version of HTTP
 * with the API server itself, until it forgets connections or somebody else answers in its place.
 */
public final class LoadBalancer implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private static final String NO_TLS = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

    private final URI server;
    private final int port;
    private volatile boolean impostor;

    private LoadBalancer(Config upstream) {
        server = URI.create(upstream.getMasterUrl());
        NetServer listening = vertx.createNetServer().connectHandler(this::connect);
        port = listening
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .actualPort();
    }

    public static LoadBalancer before(Config upstream) {
        return new LoadBalancer(upstream);
    }

    /** How a client that would connect so connects through it, with the same credentials. */
    public Config configuration(Config direct) {
        return new ConfigBuilder(direct)
                .withMasterUrl("https://127.0.0.1:" + port)
                .build();
    }

    /** Both ends go on to take the connections that there are for open, and nothing comes through. New ones work. */
    public void forgetConnections() {
        connections.forEach(Connection::forget);
    }

    /** Ends all connections; until the answer is closed, whoever connects meets somebody who does not speak TLS. */
    public Impostor answerWithoutTls() {
        impostor = true;
        connections.forEach(Connection::close);
        return () -> impostor = false;
    }

    /** The time in which somebody else answers. */
    public interface Impostor extends AutoCloseable {

        @Override
        void close();
    }

    private void connect(NetSocket client) {
        if (impostor) {
            client.end(Buffer.buffer(NO_TLS));
            return;
        }
        client.pause();
        vertx.createNetClient()
                .connect(server.getPort(), server.getHost())
                .onSuccess(upstream -> join(client, upstream))
                .onFailure(e -> client.close());
    }

    private void join(NetSocket client, NetSocket upstream) {
        Connection connection = new Connection(client, upstream);
        connections.add(connection);
        client.closeHandler(closed -> {
            connections.remove(connection);
            connection.close();
        });
        upstream.closeHandler(closed -> connection.close());
        client.resume();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static final class Connection {

        private final NetSocket client;
        private final NetSocket upstream;
        private volatile boolean forgotten;

        private Connection(NetSocket client, NetSocket upstream) {
            this.client = client;
            this.upstream = upstream;
            pass(client, upstream);
            pass(upstream, client);
        }

        private void pass(NetSocket from, NetSocket to) {
            from.handler(bytes -> {
                if (!forgotten) {
                    to.write(bytes);
                }
            });
        }

        private void close() {
            if (!forgotten) {
                client.close();
                upstream.close();
            }
        }

        private void forget() {
            forgotten = true;
        }
    }
}
