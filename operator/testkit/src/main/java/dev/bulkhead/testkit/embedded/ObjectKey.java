package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Where an object is; the namespace is empty for cluster-scoped ones. */
record ObjectKey(ResourceType type, String namespace, String name) {

    /** The order of lists. */
    static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    static ObjectKey of(ResourceType type, JsonNode object) {
        return new ObjectKey(type, Json.namespace(object), Json.name(object));
    }
}
