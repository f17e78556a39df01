package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.inventory.FieldManagers;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.render.PolicyRenderer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The requests of the applier, as the API server would understand them. */
record SimulatedPolicies(SimulatedApiServer server) implements PolicyApi {

    private static final PolicyRenderer RENDERER = new PolicyRenderer();

    @Override
    public LivePolicy create(dev.bulkhead.core.policy.NetworkPolicy policy) {
        return LivePolicy.of((NetworkPolicy) server.create(RENDERER.render(policy), FieldManagers.OURS));
    }

    @Override
    public LivePolicy replace(dev.bulkhead.core.policy.NetworkPolicy wanted, LivePolicy live) {
        NetworkPolicy rendered = RENDERER.render(wanted);
        NetworkPolicy before = (NetworkPolicy) server.get("NetworkPolicy", key(live))
                .orElseThrow(() -> SimulatedApiServer.refusal(
                        404, "NotFound", live.policy().key() + " not found"));
        NetworkPolicy expected = new NetworkPolicyBuilder(before)
                .editMetadata()
                .withUid(live.uid())
                .withResourceVersion(live.resourceVersion())
                .endMetadata()
                .build();
        ObjectMeta meta = new ObjectMetaBuilder(before.getMetadata())
                .withLabels(merged(
                        before.getMetadata().getLabels(),
                        LivePolicy.ours(live.policy().labels()),
                        rendered.getMetadata().getLabels()))
                .withAnnotations(merged(
                        before.getMetadata().getAnnotations(),
                        LivePolicy.ours(live.policy().annotations()),
                        rendered.getMetadata().getAnnotations()))
                .withFinalizers(
                        live.attachments().finalizers()
                                ? List.of()
                                : before.getMetadata().getFinalizers())
                .withOwnerReferences(
                        live.attachments().owners()
                                ? List.of()
                                : before.getMetadata().getOwnerReferences())
                .build();
        NetworkPolicy updated = new NetworkPolicyBuilder()
                .withMetadata(meta)
                .withSpec(rendered.getSpec())
                .build();
        return LivePolicy.of((NetworkPolicy) server.replace(expected, updated, FieldManagers.OURS));
    }

    /** What is ours is replaced, and what others added stays. */
    private static Map<String, String> merged(
            Map<String, String> before, Map<String, String> ours, Map<String, String> wanted) {
        Map<String, String> merged = new TreeMap<>(Objects.requireNonNullElse(before, Map.of()));
        merged.keySet().removeAll(ours.keySet());
        merged.putAll(Objects.requireNonNullElse(wanted, Map.of()));
        return merged.isEmpty() ? null : merged;
    }

    @Override
    public void delete(LivePolicy live) {
        server.delete("NetworkPolicy", key(live), Optional.empty(), Optional.of(live.resourceVersion()));
    }

    @Override
    public Optional<LivePolicy> read(dev.bulkhead.core.policy.NetworkPolicy.Key key) {
        return server.get("NetworkPolicy", new SimulatedApiServer.Key(key.namespace(), key.name()))
                .map(NetworkPolicy.class::cast)
                .map(LivePolicy::of);
    }

    private static SimulatedApiServer.Key key(LivePolicy live) {
        return new SimulatedApiServer.Key(
                live.policy().key().namespace(), live.policy().key().name());
    }
}
