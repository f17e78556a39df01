package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.inventory.FieldManagers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/** The statuses and Events of a real API server. */
public final class ClusterStatusApi implements StatusApi {

    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManagers.OURS)
            .build();

    private final KubernetesClient client;

    public ClusterStatusApi(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public String patch(String kind, String namespace, String name, String uid, Map<String, Object> members) {
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("uid", uid), "status", members));
        // Named by an object rather than by its name: the client would read the object first.
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("bulkhead.dev/v1alpha1");
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return client.resource(object)
                .subresource("status")
                .patch(MERGE, patch)
                .getMetadata()
                .getResourceVersion();
    }

    @Override
    public void create(Event event) {
        client.events()
                .v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .resource(event)
                .create();
    }
}
