package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody who would keep policies of ours in force after their deletion, or from being deleted at all. */
@OnControlPlane(ControlPlaneKind.REAL)
class FinalizersTest {

    private static final String KEPT = "{\"metadata\": {\"finalizers\": [\"example.com/mine\"]}}";

    private static final String UNDELETABLE = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: undeletable}
            spec:
              matchConstraints:
                namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: square}}
                resourceRules:
                - {apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [DELETE], resources: [networkpolicies]}
              validations:
              - expression: "!oldObject.metadata.name.startsWith('bulkhead-egress-checkout-')"
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: undeletable}
            spec: {policyName: undeletable, validationActions: [Deny]}
            """;

    private final Cluster cluster;
    private final KubernetesClient client;
    private final ControlPlane controlPlane;
    private String namespace = "";

    FinalizersTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    /** All tests share one control plane. */
    private void inhabit(String name) {
        namespace = name;
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace(namespace);
        cluster.workload(namespace, "checkout");
        cluster.workload(namespace, "cart");
        cluster.segment(namespace, List.of(namespace), true, true, "Namespace");
        cluster.startOperator();
        cluster.asks("outbound", namespace, "checkout", namespace, "cart");
        cluster.awaitRuleState(namespace, "checkout-outbound-cart", "Open");
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void f66_aFinalizerIsTakenOffAndAPolicyThatHadOneGoesWithItsIntent() {
        inhabit("shop");
        String egress = egressPolicy().orElseThrow().getMetadata().getName();
        keep(egress);
        Await.until(
                "the finalizer is taken off",
                Cluster.PATIENCE,
                () -> policy(egress)
                        .filter(policy -> policy.getMetadata().getFinalizers().isEmpty())
                        .isPresent());

        cluster.deleteIntent(namespace, "checkout-outbound-cart");
        keep(egress);
        Await.until("the policy is gone", Cluster.PATIENCE, () -> policy(egress).isEmpty());
        Observation.converged(client, "after the withdrawal", Cluster.PATIENCE);
    }

    @Test
    void f66_onePolicyThatIsDeletedAndKeptIsReplacedByAFreshOne() {
        inhabit("market");
        NetworkPolicy before = policy("bulkhead-baseline").orElseThrow();
        keep("bulkhead-baseline");
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("bulkhead-baseline")
                .delete();
        Await.until(
                "a fresh one is there",
                Cluster.PATIENCE,
                () -> policy("bulkhead-baseline")
                        .filter(policy -> !policy.getMetadata()
                                .getUid()
                                .equals(before.getMetadata().getUid()))
                        .isPresent());
        Observation.converged(client, "after the deletion", Cluster.PATIENCE);
    }

    /** Whoever may keep it from being deleted does not keep open what it allowed. */
    @Test
    void aPolicyWhoseDeletionIsRefusedAllowsNothingAnyMore() {
        inhabit("square");
        NetworkPolicy egress = egressPolicy().orElseThrow();
        String name = egress.getMetadata().getName();
        List<HasMetadata> refusal = client.load(new ByteArrayInputStream(UNDELETABLE.getBytes(StandardCharsets.UTF_8)))
                .items();
        refusal.forEach(object -> client.resource(object).create());
        Await.until("deletions are refused", Cluster.PATIENCE, () -> isDeletionRefused(egress));

        cluster.deleteIntent(namespace, "checkout-outbound-cart");
        Await.until(
                "it allows nothing",
                Cluster.PATIENCE,
                () -> policy(name)
                        .filter(policy -> policy.getSpec().getEgress().isEmpty())
                        .isPresent());

        Await.until(
                "the other half is gone",
                Cluster.PATIENCE,
                () -> policies("bulkhead-ingress-cart-").findAny().isEmpty());

        refusal.forEach(object -> client.resource(object).delete());
        Await.until("it is gone", Cluster.PATIENCE, () -> policy(name).isEmpty());
        Observation.converged(client, "after the withdrawal", Cluster.PATIENCE);
    }

    /** Whoever may keep the intent from being gone does not keep open what it asked for, and it does not say that it does. */
    @Test
    void anIntentThatIsDeletedAndKeptIsWithdrawn() {
        inhabit("mall");
        String egress = egressPolicy().orElseThrow().getMetadata().getName();
        Resource<GenericKubernetesResource> intent = client.genericKubernetesResources(
                        "bulkhead.dev/v1alpha1", "AccessIntent")
                .inNamespace(namespace)
                .withName("checkout-outbound-cart");
        intent.patch(PatchContext.of(PatchType.JSON_MERGE), KEPT);
        intent.delete();
        Await.until("its policy is gone", Cluster.PATIENCE, () -> policy(egress).isEmpty());
        Await.until(
                "it says that it is being deleted",
                Cluster.PATIENCE,
                () -> intent.get().get("status", "conditions", 0, "reason").equals("BeingDeleted"));
        assertEquals(List.of(), intent.get().get("status", "policies"));
        Observation.converged(client, "while the finalizer holds it", Cluster.PATIENCE);

        intent.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        Await.until("the intent is gone", Cluster.PATIENCE, () -> intent.get() == null);
        cluster.asks("outbound", namespace, "checkout", namespace, "cart");
        cluster.awaitRuleState(namespace, "checkout-outbound-cart", "Open");
    }

    private boolean isDeletionRefused(NetworkPolicy policy) {
        try {
            client.resource(policy).dryRun().delete();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 422;
        }
    }

    private Optional<NetworkPolicy> egressPolicy() {
        return policies("bulkhead-egress-checkout-").findFirst();
    }

    private Stream<NetworkPolicy> policies(String prefix) {
        return client.network().v1().networkPolicies().inNamespace(namespace).list().getItems().stream()
                .filter(policy -> policy.getMetadata().getName().startsWith(prefix));
    }

    private Optional<NetworkPolicy> policy(String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** Unless it is gone by now. */
    private void keep(String name) {
        if (policy(name).isPresent()) {
            try {
                client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace)
                        .withName(name)
                        .patch(
                                new PatchContext.Builder()
                                        .withPatchType(PatchType.JSON_MERGE)
                                        .withFieldManager("somebody")
                                        .build(),
                                KEPT);
            } catch (KubernetesClientException e) {
                assertEquals(404, e.getCode());
            }
        }
    }
}
