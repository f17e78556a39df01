package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-side apply: who applied a field owns it, and gives it up by no longer applying it. Lists are owned as a whole,
 * which is right for NetworkPolicies; what is written by other means than apply has no owner.
 */
final class ServerSideApply {

    private static final Set<String> SERVERS_METADATA = Set.of(
            "name",
            "namespace",
            "resourceVersion",
            "uid",
            "creationTimestamp",
            "generation",
            "managedFields",
            "selfLink");

    // By the object's uid and the manager's name: the paths of the leaves that the manager owns.
    private final Map<String, Map<String, Set<List<String>>>> owned = new ConcurrentHashMap<>();

    /**
     * Returns the object as it is to be; the one given stays as it is.
     *
     * @param force whether fields of other managers are taken over rather than refused
     */
    ObjectNode apply(ObjectKey key, ObjectNode live, ObjectNode intent, String manager, boolean force) {
        Set<List<String>> mine = leavesOf(intent);
        Map<String, Set<List<String>>> others = new LinkedHashMap<>(owned.getOrDefault(Json.uid(live), Map.of()));
        Set<List<String>> before = others.getOrDefault(manager, Set.of());
        others.remove(manager);
        if (!force) {
            others.forEach((other, paths) -> refuseConflicts(key, live, intent, mine, other, paths));
        }
        ObjectNode result = live.deepCopy();
        before.stream()
                .filter(path -> !mine.contains(path))
                .filter(path -> others.values().stream().noneMatch(paths -> paths.contains(path)))
                .forEach(path -> remove(result, path));
        mine.forEach(path -> set(result, path, get(intent, path)));
        return result;
    }

    /** Records what a manager owns after an apply that was stored. */
    void own(ObjectNode stored, ObjectNode intent, String manager) {
        Set<List<String>> mine = leavesOf(intent);
        Map<String, Set<List<String>>> managers =
                owned.computeIfAbsent(Json.uid(stored), uid -> new ConcurrentHashMap<>());
        managers.replaceAll((other, paths) -> {
            Set<List<String>> kept = new LinkedHashSet<>(paths);
            kept.removeIf(path -> mine.contains(path) && !get(stored, path).equals(get(intent, path)));
            return kept;
        });
        managers.put(manager, mine);
    }

    void forget(ObjectNode removed) {
        owned.remove(Json.uid(removed));
    }

    private static void refuseConflicts(
            ObjectKey key,
            ObjectNode live,
            ObjectNode intent,
            Set<List<String>> mine,
            String other,
            Set<List<String>> paths) {
        for (List<String> path : paths) {
            if (mine.contains(path) && !get(live, path).equals(get(intent, path))) {
                throw ApiException.conflict(
                        key.type(),
                        key.name(),
                        "Apply failed with 1 conflict: conflict with \"" + other + "\": ." + String.join(".", path));
            }
        }
    }

    private static Set<List<String>> leavesOf(ObjectNode intent) {
        Set<List<String>> leaves = new LinkedHashSet<>();
        intent.properties().forEach(field -> {
            switch (field.getKey()) {
                case "apiVersion", "kind" -> {
                    // An object's identity is nobody's.
                }
                case "metadata" ->
                    field.getValue().properties().stream()
                            .filter(entry -> !SERVERS_METADATA.contains(entry.getKey()))
                            .forEach(entry ->
                                    collectLeaves(entry.getValue(), List.of("metadata", entry.getKey()), leaves));
                default -> collectLeaves(field.getValue(), List.of(field.getKey()), leaves);
            }
        });
        return leaves;
    }

    private static void collectLeaves(JsonNode node, List<String> path, Set<List<String>> leaves) {
        if (!(node instanceof ObjectNode object) || object.isEmpty()) {
            leaves.add(path);
            return;
        }
        object.properties().forEach(field -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(field.getKey());
            collectLeaves(field.getValue(), List.copyOf(longer), leaves);
        });
    }

    private static JsonNode get(JsonNode node, List<String> path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    private static void set(ObjectNode object, List<String> path, JsonNode value) {
        ObjectNode parent = object;
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent.get(name) instanceof ObjectNode inner ? inner : parent.putObject(name);
        }
        parent.set(path.get(path.size() - 1), value);
    }

    private static void remove(ObjectNode object, List<String> path) {
        if (path.size() == 1) {
            object.remove(path.get(0));
        } else if (object.get(path.get(0)) instanceof ObjectNode inner) {
            remove(inner, path.subList(1, path.size()));
            if (inner.isEmpty()) {
                object.remove(path.get(0));
            }
        }
    }
}
