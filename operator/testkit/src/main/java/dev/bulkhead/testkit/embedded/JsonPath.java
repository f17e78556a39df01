package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of the JSON paths of Kubernetes as printer columns use: fields, all fields, an index, and a filter by the value of
 * one field.
 */
final class JsonPath {

    private static final Pattern STEP =
            Pattern.compile("\\.(?<field>(?:[^.\\[\\]*\\\\]|\\\\.)+)|(?<all>\\.\\*|\\[\\*])|\\[(?<index>\\d+)]"
                    + "|\\[\\?\\(@\\.(?<key>[^=\\s]+)\\s*==\\s*[\"'](?<value>[^\"']*)[\"']\\)]");

    private final String path;

    JsonPath(String path) {
        this.path = path;
    }

    /** The first of what the path leads to. */
    Optional<JsonNode> first(JsonNode object) {
        List<JsonNode> found = List.of(object);
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (step.find() && step.start() == end) {
            end = step.end();
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                take(step, node, next);
            }
            found = next;
        }
        if (end != path.length()) {
            throw new IllegalArgumentException("not a path that is supported: " + path);
        }
        return found.stream().filter(node -> !node.isNull()).findFirst();
    }

    private static void take(Matcher step, JsonNode node, List<JsonNode> next) {
        if (step.group("field") != null) {
            add(node.path(step.group("field").replace("\\", "")), next);
        } else if (step.group("index") != null) {
            add(node.path(Integer.parseInt(step.group("index"))), next);
        } else {
            for (JsonNode child : node) {
                boolean taken = step.group("all") != null
                        || child.path(step.group("key")).asText().equals(step.group("value"));
                if (taken) {
                    next.add(child);
                }
            }
        }
    }

    private static void add(JsonNode found, List<JsonNode> next) {
        if (!found.isMissingNode()) {
            next.add(found);
        }
    }
}
