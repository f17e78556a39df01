package dev.bulkhead.api.v1alpha1;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every field of a part of a schema, those within others after them. */
final class SchemaFields {

    private final List<Field> fields = new ArrayList<>();

    /** @param bounds what a value has to keep to, each in words */
    record Field(String path, String type, List<String> bounds, String description) {}

    SchemaFields(JSONSchemaProps whole, String part) {
        add(part, whole.getProperties().get(part), required(whole, part));
    }

    List<Field> all() {
        return List.copyOf(fields);
    }

    private void add(String path, JSONSchemaProps schema, boolean required) {
        String description = schema.getDescription() == null ? "" : schema.getDescription();
        fields.add(new Field(path, type(schema), bounds(schema, required), description));
        JSONSchemaProps inner = items(schema) == null ? schema : items(schema);
        String prefix = path + (items(schema) == null ? "." : "[].");
        properties(inner).forEach((name, property) -> add(prefix + name, property, required(inner, name)));
    }

    private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    private static JSONSchemaProps items(JSONSchemaProps schema) {
        return schema.getItems() == null ? null : schema.getItems().getSchema();
    }

    private static boolean required(JSONSchemaProps schema, String name) {
        return schema.getRequired() != null && schema.getRequired().contains(name);
    }

    private static String type(JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return "integer or string";
        }
        if (items(schema) != null) {
            return "list of " + type(items(schema)) + "s";
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            return "map of " + type(schema.getAdditionalProperties().getSchema()) + "s";
        }
        return schema.getType();
    }

    private static List<String> bounds(JSONSchemaProps schema, boolean required) {
        List<String> bounds = new ArrayList<>();
        if (required) {
            bounds.add("required");
        }
        if (schema.getDefault() != null) {
            bounds.add("default `" + schema.getDefault() + "`");
        }
        addOfValue(bounds, schema, "");
        if (schema.getMinItems() != null) {
            bounds.add("at least " + schema.getMinItems() + " items");
        }
        if (schema.getMaxItems() != null) {
            bounds.add("at most " + schema.getMaxItems() + " items");
        }
        if (schema.getMaxProperties() != null) {
            bounds.add("at most " + schema.getMaxProperties() + " entries");
        }
        if (schema.getXKubernetesListMapKeys() != null
                && !schema.getXKubernetesListMapKeys().isEmpty()) {
            bounds.add("one for each `" + String.join(", ", schema.getXKubernetesListMapKeys()) + "`");
        }
        if (items(schema) != null) {
            addOfValue(bounds, items(schema), "each ");
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            addOfValue(bounds, schema.getAdditionalProperties().getSchema(), "each ");
        }
        return bounds;
    }

    private static void addOfValue(List<String> bounds, JSONSchemaProps schema, String which) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            bounds.add(which
                    + schema.getEnum().stream()
                            .map(JsonNode::asText)
                            .map(value -> "`" + value + "`")
                            .collect(joining(", ")));
        }
        if (schema.getMinimum() != null || schema.getMaximum() != null) {
            bounds.add(which + range(schema.getMinimum(), schema.getMaximum()));
        }
        if (schema.getMinLength() != null && schema.getMinLength() > 0) {
            bounds.add(which + "not empty");
        }
        if (schema.getMaxLength() != null) {
            bounds.add(which + "at most " + schema.getMaxLength() + " characters");
        }
        if (schema.getPattern() != null) {
            bounds.add(which + "like `" + schema.getPattern() + "`");
        }
    }

    private static String range(Double minimum, Double maximum) {
        if (maximum == null) {
            return "at least " + minimum.longValue();
        }
        return minimum == null ? "at most " + maximum.longValue() : minimum.longValue() + " to " + maximum.longValue();
    }
}
