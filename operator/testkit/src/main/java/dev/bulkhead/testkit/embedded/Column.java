package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param priority 0 for always, more for wide tables only
 * @param cell what stands in it for an object, at an instant
 */
record Column(String name, String type, int priority, BiFunction<JsonNode, Instant, JsonNode> cell) {

    static final Column NAME = text("Name", Json::name);
    static final Column AGE = age("Age", "/metadata/creationTimestamp");

    static Column text(String name, Function<JsonNode, String> text) {
        return new Column(name, "string", 0, (object, now) -> new TextNode(text.apply(object)));
    }

    /** @param pointer where it is; where there is nothing, the column says so */
    static Column field(String name, String pointer) {
        return text(name, object -> orNone(object.at(pointer).asText()));
    }

    static Column number(String name, String pointer) {
        return new Column(
                name,
                "integer",
                0,
                (object, now) -> LongNode.valueOf(object.at(pointer).asLong()));
    }

    static Column age(String name, String pointer) {
        return new Column(
                name,
                "string",
                0,
                (object, now) -> new TextNode(Age.at(now, object.at(pointer).asText())));
    }

    /** A column as a CustomResourceDefinition has it. */
    static Column of(JsonNode definition) {
        JsonPath path = new JsonPath(definition.path("jsonPath").asText());
        String type = definition.path("type").asText();
        return new Column(
                definition.path("name").asText(),
                type,
                definition.path("priority").asInt(),
                (object, now) ->
                        path.first(object).map(found -> cell(type, found, now)).orElse(NullNode.getInstance()));
    }

    Column wide() {
        return new Column(name, type, 1, cell);
    }

    static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    private static JsonNode cell(String type, JsonNode found, Instant now) {
        return switch (type) {
            case "date" -> new TextNode(Age.at(now, found.asText()));
            case "string" -> new TextNode(found.isValueNode() ? found.asText() : Json.text(found));
            default -> found;
        };
    }
}
