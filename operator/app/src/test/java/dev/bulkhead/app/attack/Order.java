package dev.bulkhead.app.attack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How things were before an attack, so that the next one begins there again. */
final class Order {

    /** What controllers make anew under other names. */
    private static final Set<String> MADE_BY_CONTROLLERS = Set.of("replicasets", "pods", "endpointslices");

    private static final List<String> BASE = List.of("checkout-", "intruder-", "rover-", "payments-", "ledger-");

    private final Requests administrator;
    private final Set<String> before = new HashSet<>();

    Order(KubernetesClient client) {
        administrator = new Requests(client);
        for (String namespace : Town.NAMESPACES) {
            Paths.left().forEach(resource -> before.addAll(paths(namespace, resource)));
        }
    }

    /** Deletes whatever was not there before, and returns when it is gone. */
    void restore(Collection<String> namespaces) {
        Set<String> asked = new HashSet<>();
        Await.until("what the attack left is gone", Town.PATIENCE, () -> {
            List<String> left = new ArrayList<>();
            for (String namespace : namespaces) {
                for (String resource : Paths.left()) {
                    List<String> found = paths(namespace, resource).stream()
                            .filter(path -> !before.contains(path))
                            .toList();
                    found.forEach(path -> delete(path, !asked.add(path)));
                    left.addAll(found);
                }
            }
            return left.isEmpty();
        });
    }

    private void delete(String path, boolean again) {
        if (again) {
            administrator.send("merge", path, "{\"metadata\": {\"finalizers\": null}}");
        }
        administrator.send("delete", path, "{\"gracePeriodSeconds\": 0, \"propagationPolicy\": \"Background\"}");
    }

    private List<String> paths(String namespace, String resource) {
        List<String> paths = new ArrayList<>();
        for (JsonNode item :
                administrator.get(Paths.of(namespace, resource)).body().path("items")) {
            String name = item.at("/metadata/name").asText();
            if (!isAnothers(resource, name, item)) {
                paths.add(Paths.of(namespace, resource + "/" + name));
            }
        }
        return paths;
    }

    private static boolean isAnothers(String resource, String name, JsonNode item) {
        if (resource.equals("networkpolicies")) {
            // The operator's own, which the API server lets nobody else touch.
            JsonNode labels = item.at("/metadata/labels");
            return labels.path(Marker.MANAGED_BY).asText().equals(Marker.BULKHEAD) && labels.has(Marker.ROLE);
        }
        return MADE_BY_CONTROLLERS.contains(resource) && BASE.stream().anyMatch(name::startsWith);
    }
}
