package dev.bulkhead.testkit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What goes wrong with a request. Those that need an answer to work on are for requests that are no watches. */
public interface Fault {

    void apply(Exchange exchange);

    /** The API server refuses; the request does not reach it. */
    static Fault answer(int code) {
        return answer(
                code,
                switch (code) {
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "NotFound";
                    case 409 -> "Conflict";
                    case 410 -> "Expired";
                    case 422 -> "Invalid";
                    case 429 -> "TooManyRequests";
                    case 503 -> "ServiceUnavailable";
                    default -> "InternalError";
                },
                "injected");
    }

    /** @param reason such as {@code AlreadyExists} */
    static Fault answer(int code, String reason, String message) {
        return exchange -> exchange.answer(ProxiedAnswer.refusal(code, reason, message));
    }

    static Fault tooManyRequests(Duration retryAfter) {
        return exchange -> {
            ProxiedAnswer answer = ProxiedAnswer.refusal(429, "TooManyRequests", "injected");
            answer.headers().add("Retry-After", Long.toString(retryAfter.toSeconds()));
            exchange.answer(answer);
        };
    }

    /** The connection ends before the request reaches the API server. */
    static Fault dropped() {
        return Exchange::hangUp;
    }

    /** The API server carries the request out, and the connection ends before the client reads the answer. */
    static Fault lostAnswer() {
        return exchange -> exchange.forward(answer -> exchange.hangUp());
    }

    /** Neither does the request reach the API server nor does an answer ever come. */
    static Fault unanswered() {
        return exchange -> {};
    }

    /** The request reaches the API server after a while. */
    static Fault slow(Duration delay) {
        return exchange -> exchange.after(delay, exchange::proceed);
    }

    /** The request reaches the API server when somebody runs what this takes. */
    static Fault held(Consumer<Runnable> held) {
        return exchange -> held.accept(exchange::proceed);
    }

    /** The connection ends in the middle of the answer. */
    static Fault cutAnswer() {
        return exchange -> exchange.forward(exchange::answerInPart);
    }

    static Fault edited(UnaryOperator<JsonNode> edit) {
        return exchange -> exchange.forward(answer -> exchange.answer(answer.edited(edit)));
    }

    /** A list that lacks all but its first items and does not say so. */
    static Fault truncated(int kept) {
        return edited(list -> {
            ArrayNode items = (ArrayNode) list.path("items");
            while (items.size() > kept) {
                items.remove(items.size() - 1);
            }
            return list;
        });
    }

    /** What was answered first, since this is injected, is answered again to the same request, however old it is. */
    static Fault stale() {
        Map<String, ProxiedAnswer> first = new ConcurrentHashMap<>();
        return exchange -> {
            ProxiedAnswer known = first.get(exchange.request().uri());
            if (known != null) {
                exchange.answer(known);
            } else {
                exchange.forward(answer -> {
                    first.put(exchange.request().uri(), answer);
                    exchange.answer(answer);
                });
            }
        };
    }
}
