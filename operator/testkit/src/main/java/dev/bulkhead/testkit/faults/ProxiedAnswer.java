package dev.bulkhead.testkit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** An answer of the API server, or one made up. */
record ProxiedAnswer(int code, MultiMap headers, Buffer body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A refusal in the form in which the API server words it. */
    static ProxiedAnswer refusal(int code, String reason, String message) {
        JsonNode status = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
        return new ProxiedAnswer(
                code,
                MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json"),
                Buffer.buffer(status.toString()));
    }

    ProxiedAnswer edited(UnaryOperator<JsonNode> edit) {
        try {
            return new ProxiedAnswer(
                    code,
                    headers,
                    Buffer.buffer(edit.apply(JSON.readTree(body.getBytes())).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
