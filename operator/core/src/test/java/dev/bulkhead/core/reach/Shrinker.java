package dev.bulkhead.core.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes away from a tree whatever can go while something stays true of it. */
final class Shrinker {

    private final Predicate<JsonNode> stays;

    /** @param stays what must stay true; a tree that it fails on does not count */
    Shrinker(Predicate<JsonNode> stays) {
        this.stays = stays;
    }

    JsonNode shrink(JsonNode tree) {
        JsonNode smallest = tree;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (List<Object> way : ways(smallest, List.of())) {
                JsonNode candidate = smallest.deepCopy();
                if (remove(candidate, way) && holds(candidate)) {
                    smallest = candidate;
                    smaller = true;
                }
            }
        }
        return smallest;
    }

    private boolean holds(JsonNode candidate) {
        try {
            return stays.test(candidate);
        } catch (RuntimeException invalid) {
            return false;
        }
    }

    /** Large parts first, and the last ones of a list first, so that the ways to the others stay true. */
    private static List<List<Object>> ways(JsonNode node, List<Object> way) {
        List<List<Object>> ways = new ArrayList<>();
        List<List<Object>> below = new ArrayList<>();
        if (node.isArray()) {
            for (int i = node.size() - 1; i >= 0; i--) {
                ways.add(append(way, i));
                below.addAll(ways(node.get(i), append(way, i)));
            }
        } else {
            node.properties().forEach(field -> {
                ways.add(append(way, field.getKey()));
                below.addAll(ways(field.getValue(), append(way, field.getKey())));
            });
        }
        ways.addAll(below);
        return ways;
    }

    private static boolean remove(JsonNode tree, List<Object> way) {
        JsonNode parent = tree;
        for (Object step : way.subList(0, way.size() - 1)) {
            parent = step instanceof Integer index ? parent.path(index) : parent.path((String) step);
        }
        Object last = way.get(way.size() - 1);
        if (parent instanceof ArrayNode array) {
            return array.remove((Integer) last) != null;
        }
        return parent instanceof ObjectNode object && object.remove((String) last) != null;
    }

    private static List<Object> append(List<Object> way, Object step) {
        List<Object> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }
}
