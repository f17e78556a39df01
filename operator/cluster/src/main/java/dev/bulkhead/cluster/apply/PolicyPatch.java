package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.LivePolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON patch that replaces what a policy allows and what we say on it, and leaves the labels and annotations of others
 * alone. Finalizers and owner references go: nobody but us decides how long a policy of ours stays in force. The API server refuses it with a conflict unless the object is the one we know, in the state we know.
 */
record PolicyPatch(NetworkPolicy wanted, LivePolicy live) {

    String json(KubernetesSerialization serialization) {
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(operation("replace", "/metadata/resourceVersion", live.resourceVersion()));
        operations.add(operation("replace", "/metadata/uid", live.uid()));
        if (live.attachments().finalizers()) {
            operations.add(Map.of("op", "remove", "path", "/metadata/finalizers"));
        }
        if (live.attachments().owners()) {
            operations.add(Map.of("op", "remove", "path", "/metadata/ownerReferences"));
        }
        operations.add(operation("replace", "/spec", wanted.getSpec()));
        Map<String, String> annotations = new LinkedHashMap<>();
        if (wanted.getMetadata().getAnnotations() != null) {
            annotations.putAll(wanted.getMetadata().getAnnotations());
        }
        if (!live.annotated() && !annotations.isEmpty()) {
            operations.add(operation("add", "/metadata/annotations", annotations));
        } else {
            operations.addAll(members(
                    "/metadata/annotations/", LivePolicy.ours(live.policy().annotations()), annotations));
        }
        if (live.policy().labels().isEmpty()) {
            operations.add(
                    operation("add", "/metadata/labels", wanted.getMetadata().getLabels()));
        } else {
            operations.addAll(members(
                    "/metadata/labels/",
                    LivePolicy.ours(live.policy().labels()),
                    wanted.getMetadata().getLabels()));
        }
        return serialization.asJson(operations);
    }

    /** @param before ours alone */
    private static List<Map<String, Object>> members(
            String parent, Map<String, String> before, Map<String, String> after) {
        List<Map<String, Object>> operations = new ArrayList<>();
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                operations.add(operation("add", parent + escaped(key), value));
            }
        });
        for (String key : before.keySet()) {
            if (!after.containsKey(key)) {
                operations.add(Map.of("op", "remove", "path", parent + escaped(key)));
            }
        }
        return operations;
    }

    private static Map<String, Object> operation(String operation, String path, Object value) {
        return Map.of("op", operation, "path", path, "value", value);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
