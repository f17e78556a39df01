package dev.bulkhead.testkit.faults;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, from its arrival to its answer. A {@link Fault} decides what happens with it. */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final ApiRequest request;
    private final HttpServerRequest client;
    private final Buffer body;
    private final Upstream upstream;
    private final Runnable watch;
    private final IntConsumer answered;

    /**
     * @param watch opens the watch that is asked for
     * @param answered told the code that the client is given
     */
    Exchange(
            ApiRequest request,
            HttpServerRequest client,
            Buffer body,
            Upstream upstream,
            Runnable watch,
            IntConsumer answered) {
        this.request = request;
        this.client = client;
        this.body = body;
        this.upstream = upstream;
        this.watch = watch;
        this.answered = answered;
    }

    public ApiRequest request() {
        return request;
    }

    /** Does what is done where nothing is injected. */
    void proceed() {
        if (request.isWatch()) {
            watch.run();
        } else {
            forward(this::answer);
        }
    }

    /** Has the API server carry it out; where that is not possible, hangs up. */
    void forward(Consumer<ProxiedAnswer> then) {
        if (request.isWatch()) {
            throw new IllegalStateException("a watch has no answer that could be treated so: " + request);
        }
        upstream.send(client.method(), client.uri(), client.headers(), body)
                .onSuccess(then::accept)
                .onFailure(e -> {
                    LOG.debug("{} not answered", request, e);
                    hangUp();
                });
    }

    void answer(ProxiedAnswer answer) {
        HttpServerResponse response = respond(answer);
        response.end(answer.body());
    }

    void answerInPart(ProxiedAnswer answer) {
        HttpServerResponse response = respond(answer);
        response.putHeader("Content-Length", Integer.toString(answer.body().length()));
        response.write(answer.body().getBuffer(0, answer.body().length() / 2))
                .onComplete(done -> client.connection().close());
    }

    private HttpServerResponse respond(ProxiedAnswer answer) {
        answered.accept(answer.code());
        HttpServerResponse response = client.response().setStatusCode(answer.code());
        MultiMap headers = response.headers();
        answer.headers().forEach(header -> {
            if (Upstream.isForwarded(header.getKey())) {
                headers.add(header.getKey(), header.getValue());
            }
        });
        return response;
    }

    void hangUp() {
        client.connection().close();
    }

    void after(Duration delay, Runnable action) {
        upstream.after(delay, action);
    }
}
