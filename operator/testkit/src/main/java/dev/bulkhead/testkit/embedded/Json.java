package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Objects as JSON trees. */
final class Json {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private Json() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Reads JSON or, as kubectl sends it in applies, YAML. */
    static JsonNode read(String text) {
        try {
            String trimmed = text.stripLeading();
            boolean json = trimmed.startsWith("{") || trimmed.startsWith("[");
            return (json ? JSON : YAML).readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is not to be read: " + e.getOriginalMessage());
        }
    }

    static ObjectNode readObject(String text) {
        if (read(text) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body is not an object");
    }

    static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The metadata of an object, made if it has none. */
    static ObjectNode metadata(ObjectNode object) {
        return object.withObject("/metadata");
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    static String resourceVersion(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }

    static boolean isBeingDeleted(JsonNode object) {
        return object.at("/metadata").hasNonNull("deletionTimestamp");
    }
}
