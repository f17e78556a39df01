package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The beginnings of objects that the control plane makes itself. */
final class Objects {

    private Objects() {}

    static ObjectNode named(ObjectKey key) {
        ObjectNode object = Json.object()
                .put("apiVersion", key.type().preferredApiVersion())
                .put("kind", key.type().kind());
        Json.metadata(object).put("name", key.name());
        return object;
    }

    static void setController(ObjectNode object, ResourceType ownerType, ObjectNode owner) {
        Json.metadata(object)
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ownerType.preferredApiVersion())
                .put("kind", ownerType.kind())
                .put("name", Json.name(owner))
                .put("uid", Json.uid(owner))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    static boolean isControlledBy(ObjectNode object, String uid) {
        for (var reference : object.at("/metadata/ownerReferences")) {
            if (reference.path("controller").asBoolean()
                    && reference.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }
}
