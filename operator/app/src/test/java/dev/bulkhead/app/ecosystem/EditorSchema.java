package dev.bulkhead.app.ecosystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A kind's schema for editors, made from its definition: stricter, since an editor is to mark what would be dropped. */
record EditorSchema(String kind, JsonNode schema) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String DIALECT = "http://json-schema.org/draft-07/schema#";

    static List<EditorSchema> all(Path definitions) throws IOException {
        try (Stream<Path> files = Files.list(definitions)) {
            List<EditorSchema> schemas = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                schemas.add(of(new YAMLMapper().readTree(file.toFile()).path("spec")));
            }
            return schemas;
        }
    }

    /** One for files that hold several kinds: each document by its own kind. */
    static EditorSchema ofAnyKind(List<EditorSchema> schemas) {
        ObjectNode any = NODES.objectNode().put("$schema", DIALECT).put("title", "Bulkhead");
        ArrayNode kinds = any.putArray("oneOf");
        schemas.forEach(schema -> kinds.addObject().put("$ref", schema.fileName()));
        return new EditorSchema("Bulkhead", any);
    }

    private static EditorSchema of(JsonNode definition) {
        String kind = definition.path("names").path("kind").asText();
        JsonNode version = definition.path("versions").path(0);
        JsonNode served = version.path("schema").path("openAPIV3Schema");
        ObjectNode schema = NODES.objectNode()
                .put("$schema", DIALECT)
                .put("title", kind)
                .put("description", served.path("description").asText())
                .put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties
                .putObject("apiVersion")
                .put(
                        "const",
                        definition.path("group").asText() + "/"
                                + version.path("name").asText());
        properties.putObject("kind").put("const", kind);
        ObjectNode metadata = properties.putObject("metadata").put("type", "object");
        metadata.putArray("required").add("name");
        properties.set("spec", strict(served.path("properties").path("spec")));
        schema.putArray("required")
                .add("apiVersion")
                .add("kind")
                .add("metadata")
                .add("spec");
        schema.put("additionalProperties", false);
        return new EditorSchema(kind, schema);
    }

    private static JsonNode strict(JsonNode served) {
        if (served instanceof ArrayNode list) {
            ArrayNode strict = NODES.arrayNode();
            list.forEach(item -> strict.add(strict(item)));
            return strict;
        }
        if (!(served instanceof ObjectNode)) {
            // The API server's form has bounds as 1.0; an editor shows them.
            return served.isDouble() ? NODES.numberNode(served.asLong()) : served;
        }
        ObjectNode strict = NODES.objectNode();
        served.properties().forEach(field -> {
            if (field.getKey().equals("properties")) {
                ObjectNode properties = strict.putObject("properties");
                field.getValue()
                        .properties()
                        .forEach(property -> properties.set(property.getKey(), strict(property.getValue())));
                strict.put("additionalProperties", false);
            } else if (!field.getKey().startsWith("x-kubernetes-")) {
                strict.set(field.getKey(), strict(field.getValue()));
            }
        });
        if (served.path("x-kubernetes-int-or-string").asBoolean()) {
            strict.remove(List.of("type", "anyOf"));
            strict.putArray("type").add("integer").add("string");
        }
        return strict;
    }

    String fileName() {
        return kind.toLowerCase(Locale.ROOT) + ".schema.json";
    }

    String text() throws JsonProcessingException {
        return JSON.writeValueAsString(schema) + "\n";
    }
}
