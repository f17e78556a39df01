package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an API server fills in when the client leaves it out, as far as Bulkhead reads it. */
final class Defaults {

    private Defaults() {}

    static void fillIn(ResourceType type, ObjectNode object) {
        if (type.equals(ResourceTypes.NAMESPACES)) {
            Json.metadata(object).withObject("/labels").put("kubernetes.io/metadata.name", Json.name(object));
        } else if (type.equals(ResourceTypes.PODS)) {
            fillInPod(object.withObject("/spec"));
        } else if (type.equals(ResourceTypes.DEPLOYMENTS) || type.equals(ResourceTypes.REPLICA_SETS)) {
            putIfAbsent(object.withObject("/spec"), "replicas", 1);
        } else if (type.equals(ResourceTypes.SERVICES)) {
            putIfAbsent(object.withObject("/spec"), "type", "ClusterIP");
            object.at("/spec/ports").forEach(Defaults::fillInServicePort);
        } else if (type.equals(ResourceTypes.NETWORK_POLICIES)) {
            fillInPolicy(object.withObject("/spec"));
        }
    }

    private static void fillInPod(ObjectNode spec) {
        putIfAbsent(spec, "serviceAccountName", "default");
        putIfAbsent(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        spec.path("containers").forEach(container -> container.path("ports").forEach(Defaults::fillInProtocol));
    }

    private static void fillInServicePort(JsonNode port) {
        fillInProtocol(port);
        if (!port.has("targetPort")) {
            ((ObjectNode) port).set("targetPort", port.get("port"));
        }
    }

    private static void fillInPolicy(ObjectNode spec) {
        if (!spec.has("policyTypes")) {
            spec.putArray("policyTypes").add("Ingress");
            if (spec.path("egress").size() > 0) {
                spec.withArray("/policyTypes").add("Egress");
            }
        }
        for (String direction : new String[] {"ingress", "egress"}) {
            spec.path(direction).forEach(rule -> rule.path("ports").forEach(Defaults::fillInProtocol));
        }
    }

    private static void fillInProtocol(JsonNode port) {
        putIfAbsent((ObjectNode) port, "protocol", "TCP");
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
