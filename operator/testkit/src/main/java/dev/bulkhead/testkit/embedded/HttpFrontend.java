package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of the embedded API server: requests and answers, and watches by WebSocket or as endless answers. */
final class HttpFrontend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);
    private static final long BETWEEN_BOOKMARKS_MILLIS = 30_000;

    private final ObjectStore store;
    private final ResourceTypes types;
    private final Router router;
    private final Tables tables;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final HttpServer server;

    HttpFrontend(ObjectStore store, ResourceTypes types, Router router) {
        this.store = store;
        this.types = types;
        this.router = router;
        tables = new Tables(store);
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                // The JDK's client asks for it on every connection, and WebSockets would not work over it.
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024);
        server = await(
                vertx.createHttpServer(options).requestHandler(this::handle).listen());
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void handle(HttpServerRequest http) {
        if (!"GET".equals(http.method().name())) {
            http.body().onSuccess(body -> answer(http, body.toString())).onFailure(e -> LOG.debug("no body", e));
            return;
        }
        Request request = request(http, "");
        if (request.isWatch()) {
            watch(http, request);
        } else {
            answer(http, "");
        }
    }

    private void answer(HttpServerRequest http, String body) {
        Response response;
        try {
            response = router.answer(request(http, body));
        } catch (RuntimeException e) {
            LOG.error("{} {}", http.method(), http.uri(), e);
            http.response().setStatusCode(500).end(e.toString());
            return;
        }
        send(http.response(), response);
    }

    private static Request request(HttpServerRequest http, String body) {
        return Request.of(
                http.method().name(), http.uri(), http.getHeader("Accept"), http.getHeader("Content-Type"), body);
    }

    private static void send(HttpServerResponse http, Response response) {
        boolean text = response.body() instanceof TextNode;
        http.setStatusCode(response.code())
                .putHeader("Content-Type", text ? "text/plain" : "application/json")
                .end(text ? response.body().asText() : Json.text(response.body()));
    }

    private void watch(HttpServerRequest http, Request request) {
        Target target;
        Selector selector;
        try {
            target = Target.of(request.path(), types);
            selector = request.selector();
        } catch (ApiException e) {
            send(http.response(), Response.refused(e));
            return;
        }
        if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
            http.toWebSocket().onFailure(e -> LOG.debug("no WebSocket", e)).onSuccess(socket -> {
                Runnable end = begin(target, selector, request, socket::writeTextMessage, socket::close);
                socket.closeHandler(closed -> end.run());
            });
        } else {
            HttpServerResponse response = http.response();
            response.setChunked(true).putHeader("Content-Type", "application/json");
            response.writeHead();
            Runnable end = begin(target, selector, request, event -> response.write(event + "\n"), response::end);
            response.closeHandler(closed -> end.run());
        }
    }

    /** Begins a watch and returns what ends it. */
    private Runnable begin(Target target, Selector selector, Request request, Consumer<String> writer, Runnable close) {
        Context context = vertx.getOrCreateContext();
        // Whatever thread a change comes from: events go out in the order in which they are handed over here.
        Watch watch = new Watch(
                store,
                target,
                selector,
                object -> request.wantsTable() ? tables.of(target, object, request.parameter("includeObject")) : object,
                event -> context.runOnContext(now -> writer.accept(event)));
        watch.start(request.parameter("resourceVersion"));
        long bookmarks = request.isTrue("allowWatchBookmarks")
                ? vertx.setPeriodic(BETWEEN_BOOKMARKS_MILLIS, timer -> watch.bookmark())
                : -1;
        if (!request.parameter("timeoutSeconds").isEmpty()) {
            long seconds = Long.parseLong(request.parameter("timeoutSeconds"));
            vertx.setTimer(TimeUnit.SECONDS.toMillis(Math.max(1, seconds)), timer -> close.run());
        }
        return () -> {
            watch.stop();
            if (bookmarks >= 0) {
                vertx.cancelTimer(bookmarks);
            }
        };
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
