package dev.bulkhead.testkit.faults;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The API server, as the proxy reaches it. */
final class Upstream {

    private static final int CONNECTIONS = 200;
    private static final int MESSAGE = 64 * 1024 * 1024;
    /** What belongs to one connection; and without a coding that is accepted, answers come as they are. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "connection",
            "upgrade",
            "http2-settings",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions");

    private final Vertx vertx;
    private final URI server;
    private final HttpClient client;
    private final WebSocketClient sockets;

    Upstream(Vertx vertx, Config config) {
        this.vertx = vertx;
        this.server = URI.create(config.getMasterUrl());
        HttpClientOptions options = new HttpClientOptions().setMaxPoolSize(CONNECTIONS);
        WebSocketClientOptions socketOptions = new WebSocketClientOptions()
                .setMaxConnections(CONNECTIONS)
                .setMaxFrameSize(MESSAGE)
                .setMaxMessageSize(MESSAGE);
        trust(options, config);
        trust(socketOptions, config);
        client = vertx.createHttpClient(options);
        sockets = vertx.createWebSocketClient(socketOptions);
    }

    private static void trust(ClientOptionsBase options, Config config) {
        if (config.getCaCertFile() != null) {
            options.setSsl(true).setTrustOptions(new PemTrustOptions().addCertPath(config.getCaCertFile()));
        }
    }

    static boolean isForwarded(String header) {
        return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    Future<ProxiedAnswer> send(HttpMethod method, String uri, MultiMap headers, Buffer body) {
        return open(method, uri, headers)
                .compose(request -> request.send(body))
                .compose(response -> response.body()
                        .map(content -> new ProxiedAnswer(response.statusCode(), response.headers(), content)));
    }

    Future<HttpClientRequest> open(HttpMethod method, String uri, MultiMap headers) {
        return client.request(new RequestOptions()
                .setMethod(method)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(uri)
                .setHeaders(forwarded(headers)));
    }

    Future<WebSocket> connect(String uri, MultiMap headers) {
        return sockets.connect(new WebSocketConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(uri)
                .setHeaders(forwarded(headers)));
    }

    private static MultiMap forwarded(MultiMap headers) {
        MultiMap forwarded = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> {
            if (isForwarded(header.getKey())) {
                forwarded.add(header.getKey(), header.getValue());
            }
        });
        return forwarded;
    }

    void after(Duration delay, Runnable action) {
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
    }
}
