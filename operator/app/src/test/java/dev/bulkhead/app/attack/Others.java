package dev.bulkhead.app.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.app.endtoend.Observation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What teams and platform have that an attack must not change, and what an attacker gets to see. */
final class Others {

    private static final Set<String> ATTACKERS = Set.of("shop", "lab", "twin-twin", "default");
    private static final Set<String> PLATFORM = Set.of("segments", "guardrails");
    private static final Set<String> OF_FIGHTS = Set.of("Fought", "Held", "Voided");

    private Others() {}

    /** Everybody's policies and statuses but the attacker's. */
    static Map<String, String> of(KubernetesClient client, Observation observation) {
        Map<String, String> found = new TreeMap<>();
        observation.policies().forEach((key, policy) -> {
            if (!ATTACKERS.contains(key.namespace())) {
                found.put("NetworkPolicy " + key, policy.toString());
            }
        });
        Requests administrator = new Requests(client);
        for (String namespace : Town.NAMESPACES) {
            if (!ATTACKERS.contains(namespace)) {
                statuses(administrator, Paths.of(namespace, "accessintents"), found);
            }
        }
        PLATFORM.forEach(resource -> statuses(administrator, Paths.of("", resource), found));
        return found;
    }

    static boolean isOfTeams(String key) {
        return PLATFORM.stream().noneMatch(resource -> key.contains("/" + resource + "/"));
    }

    private static void statuses(Requests administrator, String path, Map<String, String> found) {
        for (JsonNode item : administrator.get(path).body().path("items")) {
            String name = item.at("/metadata/name").asText();
            JsonNode status = withoutTimes(item.path("status"));
            found.put(
                    path + "/" + name,
                    item.path("spec") + "\n" + (ATTACKERS.contains(name) ? withoutFights(status) : status));
        }
    }

    /** The statuses of all intents, the policies and what Events tell, as far as an attacker may read them. */
    static String seenFrom(String namespace, KubernetesClient client, Observation observation) {
        Map<String, String> seen = new TreeMap<>();
        Requests administrator = new Requests(client);
        statuses(administrator, Paths.of(namespace, "accessintents"), seen);
        observation.policies().forEach((key, policy) -> {
            if (key.namespace().equals(namespace)) {
                seen.put("NetworkPolicy " + key, policy.toString());
            }
        });
        Set<String> uids = new HashSet<>();
        Stream.of("accessintents", "segments", "guardrails")
                .flatMap(resource -> StreamSupport.stream(
                        administrator
                                .get(Paths.of(namespace, resource))
                                .body()
                                .path("items")
                                .spliterator(),
                        false))
                .forEach(object -> uids.add(object.at("/metadata/uid").asText()));
        // How often something was told may depend on how often the operator looked.
        Set<String> events = new TreeSet<>();
        for (JsonNode event :
                administrator.get(Paths.of(namespace, "events")).body().path("items")) {
            if (uids.contains(event.at("/involvedObject/uid").asText())) {
                events.add(event.at("/involvedObject/name").asText() + " "
                        + event.path("reason").asText() + ": "
                        + event.path("message").asText());
            }
        }
        seen.put("Events", events.toString());
        return seen.toString();
    }

    private static JsonNode withoutTimes(JsonNode status) {
        status.path("conditions").forEach(condition -> ((ObjectNode) condition).remove("lastTransitionTime"));
        return status;
    }

    /** The platform is told for a while who fights over the attackers' own policies, and what these open meanwhile. */
    private static JsonNode withoutFights(JsonNode status) {
        Iterator<JsonNode> conditions = status.path("conditions").elements();
        while (conditions.hasNext()) {
            if (OF_FIGHTS.contains(conditions.next().path("type").asText())) {
                conditions.remove();
            }
        }
        if (status instanceof ObjectNode object) {
            object.remove("voidedBy");
        }
        return status;
    }
}
