package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** Patches other than server-side apply. */
final class Patches {

    private Patches() {}

    /** The object as the patch leaves it; the one given stays as it is. */
    static ObjectNode apply(String contentType, String patch, ObjectNode object) {
        if (contentType.contains("json-patch+json")) {
            return jsonPatch(Json.read(patch), object);
        }
        ObjectNode merge = Json.readObject(patch);
        if (contentType.contains("strategic-merge-patch")) {
            requireNoLists(merge);
        } else if (!contentType.contains("merge-patch")) {
            throw ApiException.unsupportedMediaType("patches of type " + contentType);
        }
        ObjectNode result = object.deepCopy();
        merge(result, merge);
        return result;
    }

    private static ObjectNode jsonPatch(JsonNode patch, ObjectNode object) {
        try {
            return (ObjectNode) JsonPatch.apply(patch, object);
        } catch (JsonPatchException e) {
            throw ApiException.invalid(
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    /** RFC 7386: null removes, objects are merged, everything else replaces. */
    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode inner) {
                ObjectNode into = target.get(field.getKey()) instanceof ObjectNode there
                        ? there
                        : target.putObject(field.getKey());
                merge(into, inner);
            } else {
                target.set(field.getKey(), value);
            }
        });
    }

    // Their strategy depends on the type of each list, which we do not know: better refused than wrong.
    private static void requireNoLists(JsonNode patch) {
        if (patch.isArray()) {
            throw ApiException.unsupportedMediaType(
                    "strategic merge patches with lists are beyond the embedded control plane");
        }
        patch.forEach(Patches::requireNoLists);
    }
}
