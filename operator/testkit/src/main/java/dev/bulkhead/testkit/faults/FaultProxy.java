package dev.bulkhead.testkit.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reverse proxy in front of an API server: speaks HTTP/1.1 without TLS on the loopback interface, passes everything on,
 * watches included, remembers who asked for what, and injects what goes wrong in real clusters, by rule. It does not serve
 * {@code exec}, {@code attach} and logs that are followed.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** A WebSocket of which the other end is gone is waited for, for as long as the limit above by itself. */
    private static final Duration CLOSING_LIMIT = Duration.ofMinutes(1);

    private static final int MESSAGE = 64 * 1024 * 1024;
    private static final String EXPIRED = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
            + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"too old resource version\","
            + "\"reason\":\"Expired\",\"code\":410}}";

    /** With one thread, on which all of the proxy runs. */
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));

    private final Context context = vertx.getOrCreateContext();
    private final List<Injection> injections = new CopyOnWriteArrayList<>();
    private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Upstream upstream;
    private final Watches watches;
    private final int port;
    private HttpServer server;

    private FaultProxy(Config upstream) {
        this.upstream = new Upstream(vertx, upstream);
        watches = new Watches(this.upstream, () -> disturbances);
        server = listen(0);
        port = server.actualPort();
    }

    /** @param upstream how the proxy reaches the API server; credentials are the clients' own */
    public static FaultProxy before(Config upstream) {
        return new FaultProxy(upstream);
    }

    /** How a client that would connect so connects through this proxy, with the same credentials. */
    public Config configuration(Config direct) {
        return new ConfigBuilder(direct)
                .withMasterUrl("http://127.0.0.1:" + port)
                .withCaCertFile(null)
                .build();
    }

    /** From now on every request that fits meets this, unless an earlier rule is due for it; to be closed. */
    public Injection inject(Match match, Fault fault) {
        return inject(match, Times.always(), fault);
    }

    public Injection inject(Match match, Times times, Fault fault) {
        Injection injection = new Injection(match, times, fault, injections::remove);
        injections.add(injection);
        return injection;
    }

    /** From now on every event of such watches meets this, unless an earlier one concerns them; to be closed. */
    public Disturbance disturb(Match match, WatchFault fault) {
        Disturbance disturbance = new Disturbance(match, fault, disturbances::remove);
        disturbances.add(disturbance);
        return disturbance;
    }

    /** Ends open watches without a word. */
    public void cutWatches(Match match) {
        eachWatch(match, WatchRelay::close);
    }

    /** Ends open watches as an API server does that no longer has what they ask for: 410 Gone. */
    public void expireWatches(Match match) {
        eachWatch(match, watch -> {
            watch.now(EXPIRED);
            watch.close();
        });
    }

    /** Lets open watches say this. */
    public void sendToWatches(Match match, String event) {
        eachWatch(match, watch -> watch.now(event));
    }

    /** Adds a bookmark to every watch at such intervals, since an API server itself sends one a minute; to be closed. */
    public Bookmarks sendBookmarks(Duration interval) {
        long timer = vertx.setPeriodic(
                interval.toMillis(), tick -> watches.open(Match.all()).forEach(WatchRelay::bookmark));
        return () -> vertx.cancelTimer(timer);
    }

    /** The time in which bookmarks are sent. */
    public interface Bookmarks extends AutoCloseable {

        @Override
        void close();
    }

    public long openWatches(Match match) {
        return watches.open(match).count();
    }

    /** Ends all connections; until the answer is closed, nobody listens. */
    public Refusal refuseConnections() {
        await(server.close());
        return () -> server = listen(port);
    }

    /** The time in which nobody listens. */
    public interface Refusal extends AutoCloseable {

        @Override
        void close();
    }

    /** In the order in which they came. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public Stream<Call> calls(Match match) {
        return calls().stream().filter(call -> match.fits(call.request()));
    }

    @Override
    public void close() {
        await(vertx.close(), CLOSING_LIMIT);
    }

    private void eachWatch(Match match, Consumer<WatchRelay> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(nothing -> {
            List.copyOf(watches.open(match).toList()).forEach(action);
            done.complete();
        });
        await(done.future());
    }

    private HttpServer listen(int wanted) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(wanted)
                // The JDK's client asks for it on every connection, and WebSockets would not work over it.
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setMaxWebSocketFrameSize(MESSAGE)
                .setMaxWebSocketMessageSize(MESSAGE);
        return await(vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .exceptionHandler(e -> LOG.debug("connection broken", e))
                .listen());
    }

    private void handle(HttpServerRequest client) {
        ApiRequest request = ApiRequest.of(
                client.method().name(), client.uri(), Objects.requireNonNullElse(client.getHeader("User-Agent"), ""));
        Fault fault = injections.stream()
                .filter(injection -> injection.isDue(request))
                .findFirst()
                .map(Injection::fault)
                .orElse(null);
        int number = calls.size();
        calls.add(new Call(number, request, 0, fault != null));
        if (request.isWatch()) {
            // Whoever reads the body of a request cannot turn it into a WebSocket.
            meet(fault, client, request, number, Buffer.buffer());
        } else {
            client.body()
                    .onSuccess(body -> meet(fault, client, request, number, body))
                    .onFailure(e -> LOG.debug("no body", e));
        }
    }

    private void meet(Fault fault, HttpServerRequest client, ApiRequest request, int number, Buffer body) {
        Exchange exchange = new Exchange(
                request,
                client,
                body,
                upstream,
                () -> watches.open(client, request, code -> answered(number, code)),
                code -> answered(number, code));
        if (fault == null) {
            exchange.proceed();
        } else {
            fault.apply(exchange);
        }
    }

    private void answered(int number, int code) {
        calls.set(number, calls.get(number).answered(code));
    }

    private static <T> T await(Future<T> future) {
        return await(future, LIMIT);
    }

    private static <T> T await(Future<T> future, Duration limit) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
