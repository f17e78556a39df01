package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;

/** The answer to a request other than a watch. */
record Response(int code, JsonNode body) {

    static Response ok(JsonNode body) {
        return new Response(200, body);
    }

    static Response created(JsonNode body) {
        return new Response(201, body);
    }

    static Response refused(ApiException e) {
        return new Response(e.code(), e.status());
    }
}
