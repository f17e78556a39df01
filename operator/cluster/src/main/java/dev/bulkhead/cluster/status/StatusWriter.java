package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.inventory.FieldManagers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes the status of objects of our own kinds, and nothing else of them. */
final class StatusWriter {

    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManagers.OURS)
            .build();

    private final KubernetesClient client;
    private final WriteCounters counters;

    StatusWriter(KubernetesClient client, WriteCounters counters) {
        this.client = client;
        this.counters = counters;
    }

    /**
     * @param namespace null for a cluster-scoped kind
     * @param uid of the object that this is about; another one of the same name is left alone
     * @param cleared members that the status may have had and that are empty now, by name, with their empty value
     * @param absent members that the status may have had and that it has no longer, unless it says them
     * @return the resourceVersion of the object after the write
     */
    String write(
            String kind,
            String namespace,
            String name,
            String uid,
            Object status,
            Map<String, Object> cleared,
            Set<String> absent) {
        Map<String, Object> said = new LinkedHashMap<>(cleared);
        absent.forEach(member -> said.put(member, null));
        Map<?, ?> members = client.getKubernetesSerialization().convertValue(status, Map.class);
        members.forEach((member, value) -> said.put((String) member, value));
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("uid", uid), "status", said));
        // Named by an object rather than by its name: the client would read the object first.
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("bulkhead.dev/v1alpha1");
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        GenericKubernetesResource written =
                client.resource(object).subresource("status").patch(MERGE, patch);
        counters.wroteStatus(kind);
        return written.getMetadata().getResourceVersion();
    }
}
