package dev.bulkhead.testkit.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers lists with the items that were created, and watches with what the test says. */
final class TinyServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpServer server;
    private final List<String> items = new CopyOnWriteArrayList<>();
    private final Map<Consumer<String>, Runnable> watches = new ConcurrentHashMap<>();

    TinyServer() {
        server = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    Config configuration() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.actualPort())
                .build();
    }

    /** What was created, in order. */
    List<String> items() {
        return List.copyOf(items);
    }

    void say(String event) {
        context.runOnContext(nothing -> watches.keySet().forEach(watch -> watch.accept(event)));
    }

    void endWatches() {
        context.runOnContext(nothing -> {
            watches.values().forEach(Runnable::run);
            watches.clear();
        });
    }

    int openWatches() {
        return watches.size();
    }

    private void handle(HttpServerRequest request) {
        if (request.uri().contains("watch=true")) {
            watch(request);
        } else if (request.method().name().equals("POST")) {
            request.body().onSuccess(body -> {
                items.add(body.toString());
                request.response().setStatusCode(201).end(body);
            });
        } else {
            String list = items.stream()
                    .map(item -> "\"" + item + "\"")
                    .collect(Collectors.joining(",", "{\"items\":[", "]}"));
            request.response().putHeader("Content-Type", "application/json").end(list);
        }
    }

    private void watch(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket().onSuccess(socket -> {
                Consumer<String> watch = socket::writeTextMessage;
                watches.put(watch, socket::close);
                socket.closeHandler(closed -> watches.remove(watch));
            });
        } else {
            request.response().setChunked(true).writeHead();
            Consumer<String> watch = event -> request.response().write(event + "\n");
            watches.put(watch, request.response()::end);
            request.response().closeHandler(closed -> watches.remove(watch));
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
