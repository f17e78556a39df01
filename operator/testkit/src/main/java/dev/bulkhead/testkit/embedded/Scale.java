package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The scale subresource of what has replicas. */
final class Scale {

    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = Json.metadata(scale);
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(field, object.path("metadata").get(field));
        }
        scale.putObject("spec").put("replicas", object.at("/spec/replicas").asInt());
        scale.putObject("status").put("replicas", object.at("/status/replicas").asInt());
        return scale;
    }

    static ObjectNode applyTo(ObjectNode object, ObjectNode scale) {
        ObjectNode next = object.deepCopy();
        next.withObject("/spec").put("replicas", scale.at("/spec/replicas").asInt());
        String version = Json.resourceVersion(scale);
        if (!version.isEmpty()) {
            Json.metadata(next).put("resourceVersion", version);
        }
        return next;
    }
}
