package dev.bulkhead.testkit.faults;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watches that are open, and how one is opened: by WebSocket or as an endless answer, as the client asks for it. */
final class Watches {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final Upstream upstream;
    private final Supplier<List<Disturbance>> disturbances;
    private final Set<WatchRelay> open = ConcurrentHashMap.newKeySet();

    Watches(Upstream upstream, Supplier<List<Disturbance>> disturbances) {
        this.upstream = upstream;
        this.disturbances = disturbances;
    }

    Stream<WatchRelay> open(Match match) {
        return open.stream().filter(watch -> match.fits(watch.request()));
    }

    /** @param answered told the code that the client is given */
    void open(HttpServerRequest client, ApiRequest request, IntConsumer answered) {
        if ("websocket".equalsIgnoreCase(client.getHeader("Upgrade"))) {
            client.pause();
            upstream.connect(client.uri(), client.headers())
                    .onSuccess(server -> accept(client, request, server, answered))
                    .onFailure(e -> refuse(client, e, answered));
        } else {
            upstream.open(client.method(), client.uri(), client.headers())
                    .onSuccess(server -> server.send()
                            .onSuccess(response -> stream(client, request, server, response, answered))
                            .onFailure(e -> refuse(client, e, answered)))
                    .onFailure(e -> refuse(client, e, answered));
        }
    }

    private void accept(HttpServerRequest client, ApiRequest request, WebSocket server, IntConsumer answered) {
        server.pause();
        client.toWebSocket()
                .onSuccess(socket -> {
                    answered.accept(101);
                    relay(client, request, server, socket);
                })
                .onFailure(e -> {
                    LOG.debug("{} is no WebSocket", request, e);
                    server.close();
                    client.connection().close();
                });
    }

    private void relay(HttpServerRequest client, ApiRequest request, WebSocket server, ServerWebSocket socket) {
        WatchRelay relay = new WatchRelay(
                request,
                disturbances,
                upstream,
                socket::writeTextMessage,
                () -> client.connection().close(),
                server::close);
        open.add(relay);
        socket.closeHandler(closed -> {
            open.remove(relay);
            relay.clientClosed();
        });
        server.textMessageHandler(relay::event);
        server.closeHandler(closed -> relay.serverClosed());
        server.resume();
    }

    private void stream(
            HttpServerRequest client,
            ApiRequest request,
            HttpClientRequest server,
            HttpClientResponse response,
            IntConsumer answered) {
        answered.accept(response.statusCode());
        HttpServerResponse answer = client.response().setStatusCode(response.statusCode());
        answer.putHeader("Content-Type", Objects.requireNonNullElse(response.getHeader("Content-Type"), ""));
        if (response.statusCode() != 200) {
            response.body()
                    .onSuccess(answer::end)
                    .onFailure(e -> client.connection().close());
            return;
        }
        answer.setChunked(true).writeHead();
        WatchRelay relay = new WatchRelay(
                request,
                disturbances,
                upstream,
                event -> answer.write(event + "\n"),
                () -> client.connection().close(),
                server::reset);
        open.add(relay);
        answer.closeHandler(closed -> {
            open.remove(relay);
            relay.clientClosed();
        });
        RecordParser.newDelimited("\n", response)
                .handler(line -> relay.event(line.toString()))
                .endHandler(ended -> relay.serverClosed())
                .exceptionHandler(e -> relay.serverClosed());
    }

    private static void refuse(HttpServerRequest client, Throwable cause, IntConsumer answered) {
        client.resume();
        if (cause instanceof UpgradeRejectedException rejected) {
            answered.accept(rejected.getStatus());
            client.response()
                    .setStatusCode(rejected.getStatus())
                    .putHeader("Content-Type", "application/json")
                    .end(Objects.requireNonNullElse(rejected.getBody(), Buffer.buffer()));
        } else {
            LOG.debug("watch not opened", cause);
            client.connection().close();
        }
    }
}
