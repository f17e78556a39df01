package dev.bulkhead.testkit.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** An event that says how far a watch has come, in the form in which the API server sends it. */
final class Bookmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Bookmark() {}

    /** Repeats the version of an event. */
    static String after(String event) {
        try {
            JsonNode object = JSON.readTree(event).path("object");
            ObjectNode bookmark = JsonNodeFactory.instance.objectNode().put("type", "BOOKMARK");
            ObjectNode content = bookmark.putObject("object");
            content.set("apiVersion", object.path("apiVersion"));
            content.set("kind", object.path("kind"));
            content.putObject("metadata").set("resourceVersion", object.at("/metadata/resourceVersion"));
            return bookmark.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
