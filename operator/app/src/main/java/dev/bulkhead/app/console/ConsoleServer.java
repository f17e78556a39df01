package dev.bulkhead.app.console;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.access.NamespaceGate;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console: the page to everybody, what it shows to whoever shows a token. Nothing can be changed here, and
 * nothing is remembered of whoever asks but what the API server said about them.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    /** Many, since a thread waits for each client that sends its request slowly, whoever that is. */
    private static final int THREADS = 64;

    /** Requests that may wait for a thread; the connections of those beyond are closed. */
    private static final int WAITING = 256;

    private static final int MOST_STREAMS = 200;
    private static final int STREAMS_OF_ONE_USER = 10;
    private static final String EVENT_STREAM = "text/event-stream";
    private static final int LONGEST_TARGET = 32 * 1024;
    private static final int WORTH_COMPRESSING = 1024;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Together with the time that it may wait for its turn it leaves some to send the answer in. */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(12);

    private final HttpServer server;
    private final ExecutorService threads = pool();
    private final ExecutorService streams = new ThreadPoolExecutor(
            0, MOST_STREAMS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), named("bulkhead-events"));
    private final StreamListeners listeners = new StreamListeners(STREAMS_OF_ONE_USER);
    private final Deadlines deadlines = new Deadlines();
    private final RequestTurns turns = new RequestTurns(deadlines, LONGEST_WORK);
    private final Assets assets;
    private final NamespaceGate gate;
    private final Caller caller;
    private final Console console;
    private final ChangeWatcher changes;
    private final boolean encrypted;

    /**
     * @param address port 0 for any that is free
     * @param encryption absent to serve plain text, which is for addresses that nobody else can listen to
     */
    public ConsoleServer(
            InetSocketAddress address,
            Optional<SSLContext> encryption,
            SignIn signIn,
            Operator operator,
            KubernetesClient client) {
        this(address, encryption, signIn, ObservedCluster.by(operator), client);
    }

    ConsoleServer(
            InetSocketAddress address,
            Optional<SSLContext> encryption,
            SignIn signIn,
            ObservedCluster observed,
            KubernetesClient client) {
        this.assets = new Assets(signIn);
        this.gate = new NamespaceGate(client, Ticker.systemTicker());
        this.caller = new Caller(gate, Ticker.systemTicker());
        ViewedClusters clusters = new ViewedClusters(observed::view, Ticker.systemTicker());
        this.console = new Console(observed, clusters, gate, turns);
        this.changes = new ChangeWatcher(clusters::latest);
        this.encrypted = encryption.isPresent();
        this.server = server(address, encryption);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        changes.start();
        server.start();
    }

    private static HttpServer server(InetSocketAddress address, Optional<SSLContext> encryption) {
        try {
            if (encryption.isEmpty()) {
                return HttpServer.create(address, 0);
            }
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(encryption.get()));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + address.getPort() + " cannot be opened for the console", e);
        }
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), named("bulkhead-console"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try {
            deadlines.within(LIMIT, () -> {
                if (!respond(exchange)) {
                    exchange.close();
                }
            });
        } catch (IOException e) {
            // Whoever asked is gone, or too slow.
            exchange.close();
        }
    }

    /** @return whether it is told of changes from now on, on a thread of its own */
    private boolean respond(HttpExchange exchange) throws IOException {
        try {
            requireUnambiguous(exchange);
            String path = path(exchange);
            if (path.equals(Console.PREFIX + Console.EVENTS)) {
                return listens(exchange);
            }
            Optional<Assets.Asset> asset = assets.at(path);
            if (asset.isPresent()) {
                require(exchange, "GET");
                send(exchange, asset.get());
            } else {
                String method = console.method(path.startsWith(Console.PREFIX) ? path : Console.PREFIX);
                User user = identify(exchange);
                require(exchange, method);
                try {
                    turns.ofUser(user, () -> {
                        answer(exchange, user);
                        return null;
                    });
                } catch (ProblemException e) {
                    passOver(exchange.getRequestBody());
                    throw e;
                }
            }
        } catch (ProblemException e) {
            send(exchange, ConsoleAnswer.problem(e.problem()));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Console request failed");
            send(
                    exchange,
                    ConsoleAnswer.problem(Problem.of(
                            Status.INTERNAL, "this is a defect of bulkhead; its log says more", "", List.of())));
        }
        return false;
    }

    /** So that the refusal arrives: a connection that is closed before the request was read to its end may lose it. */
    private static void passOver(InputStream body) throws IOException {
        byte[] piece = new byte[8192];
        int left = Console.LARGEST_BODY;
        int read = 0;
        while (left > 0 && read >= 0) {
            read = body.read(piece);
            left -= read;
        }
    }

    private User identify(HttpExchange exchange) {
        return caller.identify(
                exchange.getRequestHeaders(), exchange.getRemoteAddress().getAddress());
    }

    private void answer(HttpExchange exchange, User user) throws IOException {
        ConsoleAnswer answer = console.answer(exchange, user);
        turns.ofReaders(answer.body().size(), () -> send(exchange, answer));
    }

    /** A proxy on the way may have read the request otherwise than the JDK's server does, which lets these pass. */
    private static void requireUnambiguous(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        boolean twoLengths = headers.containsKey("Transfer-Encoding")
                || headers.getOrDefault("Content-Length", List.of()).size() > 1;
        if (headers.containsKey("Content-Length") && twoLengths) {
            // What follows on this connection may be a request, or the rest of this one.
            exchange.getResponseHeaders().set("Connection", "close");
            throw new ProblemException(Status.BAD_REQUEST, "the length of the request is given in two ways");
        }
        if (!exchange.getProtocol().startsWith("HTTP/1.")) {
            throw new ProblemException(Status.BAD_REQUEST, "HTTP/1.1 is spoken here");
        }
    }

    private static String path(HttpExchange exchange) {
        if (exchange.getRequestURI().toString().length() > LONGEST_TARGET) {
            throw new ProblemException(
                    Status.URI_TOO_LONG, "the address has more than " + LONGEST_TARGET + " characters");
        }
        return Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
    }

    private static void require(HttpExchange exchange, String method) {
        String used = exchange.getRequestMethod();
        boolean fits = used.equals(method) || (used.equals("HEAD") && method.equals("GET"));
        if (!fits) {
            exchange.getResponseHeaders().set("Allow", method.equals("GET") ? "GET, HEAD" : method);
            throw new ProblemException(Status.METHOD_NOT_ALLOWED, "only " + method + " is possible here");
        }
    }

    /** @return whether it is told of changes from now on; otherwise it has got its answer */
    private boolean listens(HttpExchange exchange) throws IOException {
        User user = identify(exchange);
        require(exchange, "GET");
        RequestParameters.of(exchange.getRequestURI(), Set.of());
        console.scope(user);
        if (exchange.getRequestMethod().equals("HEAD")) {
            setHeaders(exchange.getResponseHeaders(), EVENT_STREAM);
            exchange.sendResponseHeaders(200, -1);
            return false;
        }
        try {
            streams.execute(() -> stream(exchange, user));
            return true;
        } catch (RejectedExecutionException e) {
            throw new ProblemException(Status.UNAVAILABLE, MOST_STREAMS + " others are told of changes already");
        }
    }

    private void stream(HttpExchange exchange, User user) {
        listeners.enter(user);
        try (exchange;
                ChangeWatcher.Subscription subscription = changes.subscribe()) {
            setHeaders(exchange.getResponseHeaders(), EVENT_STREAM);
            exchange.sendResponseHeaders(200, 0);
            Supplier<Scope> scope = () -> console.scope(identify(exchange));
            new EventStream(subscription, scope, EventStream.PULSE, deadlines).tell(exchange.getResponseBody());
        } catch (IOException | ProblemException e) {
            LOG.atDebug().addKeyValue(LogKey.NOTE, e.getMessage()).log("Console stream ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Console request failed");
        } finally {
            listeners.leave(user);
        }
    }

    private void send(HttpExchange exchange, Assets.Asset asset) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        setHeaders(headers, asset.type());
        headers.set("ETag", asset.tag());
        headers.set("Cache-Control", "no-cache");
        if (asset.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            byte[] sent = isCompressed(exchange, asset.body().length) ? compressed(asset.body()) : asset.body();
            send(exchange, 200, sent.length, out -> out.write(sent));
        }
    }

    private void send(HttpExchange exchange, ConsoleAnswer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        setHeaders(headers, answer.type());
        headers.set("Cache-Control", "no-store");
        if (answer.code() == 401) {
            headers.set("WWW-Authenticate", "Bearer realm=\"bulkhead\"");
        }
        if (answer.code() == 429 || answer.code() == 503) {
            headers.set("Retry-After", "1");
        }
        CompressedBody body = answer.body();
        if (isCompressed(exchange, body.textSize())) {
            send(exchange, answer.code(), body.size(), body::sendCompressed);
        } else {
            send(exchange, answer.code(), body.textSize(), body::sendText);
        }
    }

    /** As it is said in the headers from now on. */
    private static boolean isCompressed(HttpExchange exchange, long size) {
        boolean compressed = size > WORTH_COMPRESSING && takesGzip(exchange);
        if (compressed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        return compressed;
    }

    private static void send(HttpExchange exchange, int code, long size, CompressedBody.Writing body)
            throws IOException {
        exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, bodiless ? -1 : size);
        if (!bodiless) {
            body.writeTo(exchange.getResponseBody());
        }
    }

    private static boolean takesGzip(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private void setHeaders(Headers headers, String type) {
        headers.set("Content-Type", type);
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (encrypted) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }

    @Override
    public void close() {
        changes.close();
        server.stop(0);
        streams.shutdownNow();
        threads.shutdownNow();
        deadlines.close();
        gate.close();
    }
}
