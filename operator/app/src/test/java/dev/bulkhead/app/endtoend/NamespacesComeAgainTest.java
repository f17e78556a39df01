package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A namespace that is deleted and made again by the same name is another one, and inherits nothing. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class NamespacesComeAgainTest {

    /** More often than a policy is put right at once. */
    private static final int LIVES = 5;

    private final Cluster cluster;
    private final KubernetesClient client;

    NamespacesComeAgainTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    /** shop calls pay, and pay agrees. */
    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        for (String namespace : List.of("shop", "pay")) {
            cluster.namespace(namespace);
            cluster.segment(namespace, List.of(namespace), true, true, "Namespace");
        }
        cluster.workload("pay", "payments");
        cluster.asks("inbound", "pay", "payments", "shop", "checkout");
        cluster.startOperator();
        inhabitShop();
        cluster.asks("outbound", "shop", "checkout", "pay", "payments");
        cluster.awaitRuleState("shop", "checkout-outbound-payments", "Open");
        cluster.awaitRuleState("pay", "payments-inbound-checkout", "Open");
    }

    private void inhabitShop() {
        cluster.workload("shop", "checkout");
        cluster.workload("shop", "intruder");
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void theyStartClosedAndComeToHoldWhatIsDeclaredWhateverABackupBrings() {
        assertTrue(isOpen("shop/checkout", "pay/payments"));
        Map<String, Object> declared =
                intent("shop", "checkout-outbound-payments").get("spec");
        List<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> saved = policies("shop");

        for (int life = 0; life < LIVES; life++) {
            comesAgain();
        }
        cluster.awaitRuleState("pay", "payments-inbound-checkout", "AwaitingPeer");
        inhabitShop();
        assertFalse(isOpen("shop/checkout", "pay/payments"));
        assertFalse(isOpen("shop/checkout", "shop/intruder"));
        assertEquals(
                List.of(),
                client.events().v1().events().inNamespace("shop").list().getItems().stream()
                        .map(Event::getReason)
                        .filter("DriftRepaired"::equals)
                        .toList());
        assertEquals("False", conditionOfShop("Fought"));

        saved.forEach(policy ->
                restore(policy.getMetadata().getName().contains("egress-checkout") ? widened(policy) : policy));
        cluster.intent("shop", "checkout-outbound-payments", declared);
        cluster.awaitRuleState("shop", "checkout-outbound-payments", "Open");
        cluster.awaitRuleState("pay", "payments-inbound-checkout", "Open");
        Observation.converged(client, "restored", Cluster.PATIENCE);
        assertTrue(isOpen("shop/checkout", "pay/payments"));
        assertFalse(isOpen("shop/intruder", "pay/payments"));
        assertFalse(isOpen("shop/checkout", "shop/intruder"));
        assertEquals("False", conditionOfShop("Fought"));
    }

    private void comesAgain() {
        client.namespaces().withName("shop").delete();
        Await.until(
                "shop is gone",
                Cluster.PATIENCE,
                () -> client.namespaces().withName("shop").get() == null);
        try (Recording recording = new Recording(client)) {
            cluster.namespace("shop");
            Await.until(
                    "shop is closed", Cluster.PATIENCE, () -> policies("shop").size() == 2);
            List<Map<NetworkPolicy.Key, NetworkPolicy>> states = recording.states();
            NetworkPolicy first = states.get(1).values().stream()
                    .filter(policy -> policy.key().namespace().equals("shop"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    "bulkhead-baseline",
                    first.key().name(),
                    () -> recording.events().toString());
            assertTrue(first.ingress().isEmpty() && first.egress().isEmpty(), first.toString());
        }
    }

    private boolean isOpen(String from, String to) {
        return Reach.of(client).isOpen(from, to);
    }

    private List<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> policies(String namespace) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private GenericKubernetesResource intent(String namespace, String name) {
        return client.genericKubernetesResources(Cluster.API, "AccessIntent")
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private String conditionOfShop(String type) {
        List<Map<String, String>> conditions = client.genericKubernetesResources(Cluster.API, "Segment")
                .withName("shop")
                .get()
                .get("status", "conditions");
        return conditions.stream()
                .filter(condition -> condition.get("type").equals(type))
                .map(condition -> condition.get("status"))
                .findFirst()
                .orElseThrow();
    }

    /** For every pod of the namespace, and to everybody. */
    private static io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy widened(
            io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
        return policy.toBuilder()
                .editMetadata()
                .withName("bulkhead-egress-all-000000")
                .endMetadata()
                .editSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withEgress()
                .addNewEgress()
                .endEgress()
                .endSpec()
                .build();
    }

    /** As backup tools do: labels and annotations, and what the object says; one that is there already stays. */
    private void restore(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy saved) {
        HasMetadata object = saved.toBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace("shop")
                        .withName(saved.getMetadata().getName())
                        .withLabels(saved.getMetadata().getLabels())
                        .withAnnotations(saved.getMetadata().getAnnotations())
                        .build())
                .build();
        assertEquals(Marker.BULKHEAD, object.getMetadata().getLabels().get(Marker.MANAGED_BY));
        boolean there = policies("shop").stream()
                .anyMatch(policy -> Objects.equals(
                        policy.getMetadata().getName(), object.getMetadata().getName()));
        if (!there) {
            client.resource(object).create();
        }
    }
}
