package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server says by the rules (CEL) of a schema, and at which fields. */
final class SchemaRefusals {

    private static final Pattern PIECE = Pattern.compile("'([^']*)'|[^'+\\s][^'+]*");

    private final Map<String, List<String>> refusals = new LinkedHashMap<>();

    SchemaRefusals(JSONSchemaProps schema) {
        collect("", schema);
    }

    /** Fields by message. */
    Map<String, List<String>> all() {
        return refusals;
    }

    private void collect(String path, JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            for (ValidationRule rule : schema.getXKubernetesValidations()) {
                String field = rule.getFieldPath() == null ? "" : rule.getFieldPath();
                refusals.computeIfAbsent(message(rule), message -> new ArrayList<>())
                        .add((path + field).isEmpty() ? "metadata" : (path + field).substring(1));
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> collect(path + "." + name, property));
        }
        if (schema.getItems() != null) {
            collect(path + "[]", schema.getItems().getSchema());
        }
    }

    private static String message(ValidationRule rule) {
        return rule.getMessage() == null ? inWords(rule.getMessageExpression()) : rule.getMessage();
    }

    /** The literals of an expression, with … for what is computed. */
    static String inWords(String expression) {
        int format = expression.indexOf("'.format(");
        Matcher pieces = PIECE.matcher(format < 0 ? expression : expression.substring(0, format + 1));
        StringBuilder words = new StringBuilder();
        while (pieces.find()) {
            words.append(pieces.group(1) == null ? "…" : pieces.group(1).replace("%s", "…"));
        }
        return words.toString();
    }
}
