package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.render.PolicyRenderer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.function.Supplier;

/** Objects as a watch shows them, for tests: of uid {@code uid}, generation 1 and version 9 unless somebody changes that. */
final class ApiObjects {

    static final String CREATED = "2026-01-01T00:00:00Z";

    private ApiObjects() {}

    static Namespace namespace(String name) {
        return named(Namespace::new, null, name);
    }

    static Pod runningPod(String namespace, String name, String app) {
        return new PodBuilder()
                .withMetadata(metadata(namespace, name))
                .editMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    static NetworkPolicy policy(String namespace, String name, String uid, String version) {
        return policy(LivePolicies.policy(namespace, name), uid, version);
    }

    static NetworkPolicy policy(dev.bulkhead.core.policy.NetworkPolicy policy, String uid, String version) {
        NetworkPolicy object = new PolicyRenderer().render(policy);
        object.getMetadata().setUid(uid);
        object.getMetadata().setResourceVersion(version);
        object.getMetadata().setCreationTimestamp(CREATED);
        return object;
    }

    /** By which the namespace lets the DNS be asked. */
    static GenericKubernetesResource intent(String namespace, String name) {
        return declaration(
                "AccessIntent", namespace, name, "{workload: {all: true}, outbound: [{to: {wellKnown: KubeDNS}}]}");
    }

    static GenericKubernetesResource segment(String name, String namespace) {
        return declaration(
                "Segment", null, name, "{namespaces: [" + namespace + "], enforce: {ingress: true, egress: true}}");
    }

    static GenericKubernetesResource guardrail(String name, String description) {
        return declaration(
                "Guardrail",
                null,
                name,
                "{description: " + description + ", demand: [{to: {wellKnown: [Internet]}, reason: true}]}");
    }

    /** @param range that is not the internet */
    static GenericKubernetesResource wellKnownPeers(String range) {
        return declaration("WellKnownPeers", null, "cluster", "{internet: {except: [" + range + "]}}");
    }

    static GenericKubernetesResource withSpec(GenericKubernetesResource object, String spec) {
        object.setAdditionalProperty("spec", yaml(spec));
        return object;
    }

    static GenericKubernetesResource declaration(String kind, String namespace, String name, String spec) {
        GenericKubernetesResource object = named(GenericKubernetesResource::new, namespace, name);
        object.setApiVersion("bulkhead.dev/v1alpha1");
        object.setKind(kind);
        return withSpec(object, spec);
    }

    /** @param namespace null where the kind has none */
    static <T extends HasMetadata> T named(Supplier<T> kind, String namespace, String name) {
        T object = kind.get();
        object.setMetadata(metadata(namespace, name));
        return object;
    }

    static Object yaml(String text) {
        return Serialization.unmarshal("value: " + text, Map.class).get("value");
    }

    /** @param namespace null where the kind has none */
    static ObjectMeta metadata(String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid")
                .withGeneration(1L)
                .withResourceVersion("9")
                .withCreationTimestamp(CREATED)
                .build();
    }
}
