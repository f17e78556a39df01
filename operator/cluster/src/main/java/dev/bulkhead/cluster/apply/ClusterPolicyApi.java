package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.FieldManagers;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/** The NetworkPolicies of a real API server. */
public final class ClusterPolicyApi implements PolicyApi {

    private final KubernetesClient client;
    private final PolicyRenderer renderer = new PolicyRenderer();

    public ClusterPolicyApi(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public LivePolicy create(NetworkPolicy policy) {
        return LivePolicy.of(client.network()
                .v1()
                .networkPolicies()
                .resource(renderer.render(policy))
                .create());
    }

    @Override
    public LivePolicy replace(NetworkPolicy policy, LivePolicy live) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(FieldManagers.OURS)
                .build();
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy wanted = renderer.render(policy);
        // Named by an object rather than by its name: otherwise the client reads the object first.
        return LivePolicy.of(client.network()
                .v1()
                .networkPolicies()
                .resource(wanted)
                .patch(context, new PolicyPatch(wanted, live).json(client.getKubernetesSerialization())));
    }

    @Override
    public void delete(LivePolicy live) {
        resource(live.policy().key())
                .lockResourceVersion(live.resourceVersion())
                .delete();
    }

    @Override
    public Optional<LivePolicy> read(NetworkPolicy.Key key) {
        return Optional.ofNullable(resource(key).get()).map(LivePolicy::of);
    }

    private Resource<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> resource(NetworkPolicy.Key key) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(key.namespace())
                .withName(key.name());
    }
}
