package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.IdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who would keep policies of ours in force after their deletion. */
@OnControlPlane(ControlPlaneKind.REAL)
class FinalizersTest {

    private static final String KEPT = "{\"metadata\": {\"finalizers\": [\"example.com/mine\"]}}";

    private final Cluster cluster;
    private final KubernetesClient client;

    FinalizersTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeEach
    void inhabit(ControlPlane controlPlane) {
        IdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.workload("shop", "checkout");
        cluster.workload("shop", "cart");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.startOperator();
        cluster.asks("outbound", "shop", "checkout", "shop", "cart");
        cluster.awaitRuleState("shop", "checkout-outbound-cart", "Open");
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void aFinalizerIsTakenOffAndAPolicyThatHadOneGoesWithItsIntent() {
        String egress = egressPolicy().orElseThrow().getMetadata().getName();
        keep(egress);
        Await.until(
                "the finalizer is taken off",
                Cluster.PATIENCE,
                () -> policy(egress)
                        .filter(policy -> policy.getMetadata().getFinalizers().isEmpty())
                        .isPresent());

        cluster.deleteIntent("shop", "checkout-outbound-cart");
        keep(egress);
        Await.until("the policy is gone", Cluster.PATIENCE, () -> policy(egress).isEmpty());
        Observation.converged(client, "after the withdrawal", Cluster.PATIENCE);
    }

    @Test
    void onePolicyThatIsDeletedAndKeptIsReplacedByAFreshOne() {
        NetworkPolicy before = policy("bulkhead-baseline").orElseThrow();
        keep("bulkhead-baseline");
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
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

    private Optional<NetworkPolicy> egressPolicy() {
        return client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                .filter(policy -> policy.getMetadata().getName().startsWith("bulkhead-egress-checkout-"))
                .findFirst();
    }

    private Optional<NetworkPolicy> policy(String name) {
        return Optional.ofNullable(client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
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
                        .inNamespace("shop")
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
