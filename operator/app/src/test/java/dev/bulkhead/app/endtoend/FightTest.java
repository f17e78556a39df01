package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Somebody who changes a policy of ours every time it is put right. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class FightTest {

    private static final String OPENED = "{\"spec\": {\"egress\": [{}]}}";

    private final Cluster cluster;
    private final KubernetesClient client;

    FightTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.workload("shop", "checkout");
        cluster.workload("shop", "cart");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.startOperator();
        Observation.converged(client, "enrolled", Cluster.PATIENCE);
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void itIsPutRightAtOnceAtFirstThenLessOftenAndToldWhileTheRestOfTheNamespaceGoesOn() {
        for (int round = 0; round < 4; round++) {
            open();
            Await.until("it is put right", Cluster.PATIENCE, this::isClosed);
        }
        awaitFought("True");
        String told = condition().orElseThrow().message();
        assertTrue(told.contains("shop/bulkhead-baseline (by somebody)"), told);

        open();
        cluster.asks("outbound", "shop", "checkout", "shop", "cart");
        cluster.awaitRuleState("shop", "checkout-outbound-cart", "Open");
        assertTrue(
                client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                        .anyMatch(policy -> policy.getMetadata().getName().startsWith("bulkhead-egress-checkout-")),
                "the rest of the namespace goes on");
        Await.until("its turn comes", Cluster.PATIENCE, this::isClosed);
        Observation.converged(client, "after the fight", Cluster.PATIENCE);
    }

    private void open() {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("bulkhead-baseline")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("somebody")
                                .build(),
                        OPENED);
    }

    private boolean isClosed() {
        NetworkPolicy baseline = client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("bulkhead-baseline")
                .get();
        return baseline.getSpec().getEgress().isEmpty();
    }

    private void awaitFought(String status) {
        Await.until(
                "the segment says it",
                Cluster.PATIENCE,
                () -> condition()
                        .filter(condition -> condition.status().toString().equalsIgnoreCase(status))
                        .isPresent());
    }

    private Optional<Condition> condition() {
        Segment segment = client.resources(Segment.class).withName("shop").get();
        return segment.getStatus() == null
                ? Optional.empty()
                : segment.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals("Fought"))
                        .findFirst();
    }
}
