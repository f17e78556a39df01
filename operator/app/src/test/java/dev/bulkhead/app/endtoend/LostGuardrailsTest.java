package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guardrails that go because their definition does: unknown is never empty. */
@OnControlPlane(ControlPlaneKind.REAL)
class LostGuardrailsTest {

    private static final String DEFINITION = "guardrails.bulkhead.dev";
    private final Cluster cluster;
    private final KubernetesClient client;

    LostGuardrailsTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeEach
    void install(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
    }

    /** A client calls a server, which agrees, and a guardrail forbids it. */
    private void inhabit(String shop, String pay) {
        limit(pay);
        for (String namespace : List.of(shop, pay)) {
            cluster.namespace(namespace);
            cluster.segment(namespace, List.of(namespace), true, true, "Namespace");
        }
        cluster.workload(shop, "checkout");
        cluster.workload(shop, "cart");
        cluster.workload(pay, "payments");
        cluster.asks("outbound", shop, "checkout", pay, "payments");
        cluster.asks("inbound", pay, "payments", shop, "checkout");
        cluster.startOperator();
        cluster.awaitRuleState(shop, "checkout-outbound-payments", "Forbidden");
        cluster.awaitRuleState(pay, "payments-inbound-checkout", "Forbidden");
    }

    private void limit(String namespace) {
        cluster.guardrail(
                "limit",
                Map.of(
                        "description",
                        "Ask the platform team.",
                        "deny",
                        List.of(Map.of(
                                "to",
                                Map.of("namespaces", List.of(namespace)),
                                "ports",
                                List.of(Map.of("port", 8080))))));
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void whatTheyForbidStaysClosedUntilSomebodyLiftsThem() {
        inhabit("shop", "pay");
        deleteTheDefinition();
        cluster.asks("outbound", "shop", "cart", "pay", "payments");
        cluster.asks("inbound", "pay", "payments", "shop", "cart");
        for (String workload : List.of("checkout", "cart")) {
            cluster.awaitRuleState("shop", workload + "-outbound-payments", "Forbidden");
            cluster.awaitRuleState("pay", "payments-inbound-" + workload, "Forbidden");
            assertFalse(isOpen("shop/" + workload, "pay/payments"), workload);
        }
        cluster.asks("outbound", "shop", "cart", "shop", "checkout");
        cluster.awaitRuleState("shop", "cart-outbound-checkout", "Open");
        assertTrue(isOpen("shop/cart", "shop/checkout"), "what none forbids opens as ever");

        putTheDefinitionBack();
        Await.until(
                "guardrails are watched again",
                Cluster.PATIENCE,
                () -> cluster.unready().isEmpty());
        cluster.deleteIntent("shop", "cart-outbound-payments");
        cluster.asks("outbound", "shop", "cart", "pay", "payments");
        cluster.awaitRuleState("shop", "cart-outbound-payments", "Forbidden");
        assertFalse(isOpen("shop/cart", "pay/payments"));

        limit("pay");
        // One that came and went unseen has not come back.
        Await.until(
                "it is seen",
                Cluster.PATIENCE,
                () -> Optional.ofNullable(cluster.client()
                                .resources(Guardrail.class)
                                .withName("limit")
                                .get()
                                .getStatus())
                        .isPresent());
        cluster.deleteGuardrail("limit");
        for (String workload : List.of("checkout", "cart")) {
            cluster.awaitRuleState("shop", workload + "-outbound-payments", "Open");
            cluster.awaitRuleState("pay", "payments-inbound-" + workload, "Open");
            assertTrue(isOpen("shop/" + workload, "pay/payments"), workload);
        }
    }

    @Test
    void anOperatorThatStartsBeforeTheyAreBackOpensNothing() {
        inhabit("store", "bank");
        deleteTheDefinition();
        cluster.stopOperator();
        putTheDefinitionBack();
        cluster.startOperator();
        Await.until(
                "it is said why nothing opens",
                Cluster.PATIENCE,
                () -> cluster.readyMessage("store", "checkout-outbound-payments")
                        .contains("guardrails"));
        assertFalse(isOpen("store/checkout", "bank/payments"));
        cluster.namespace("web");
        cluster.segment("web", List.of("web"), true, true, "Namespace");
        cluster.workload("web", "storefront");
        cluster.workload("web", "catalogue");
        cluster.asks("outbound", "web", "storefront", "web", "catalogue");
        cluster.awaitRuleState("web", "storefront-outbound-catalogue", "Open");
        assertTrue(isOpen("web/storefront", "web/catalogue"), "a new namespace was never limited");
        assertFalse(isOpen("store/checkout", "bank/payments"));
    }

    private void deleteTheDefinition() {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(DEFINITION)
                .delete();
        Await.until(
                "the definition is gone",
                Cluster.PATIENCE,
                () -> client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(DEFINITION)
                                .get()
                        == null);
        Await.until(
                "guardrails are not watched",
                Cluster.PATIENCE,
                () -> cluster.unready().contains("Guardrail"));
    }

    private void putTheDefinitionBack() {
        cluster.installDefinitions();
        assertEquals(
                List.of(),
                client.genericKubernetesResources(Cluster.API, "Guardrail")
                        .list()
                        .getItems());
    }

    private boolean isOpen(String from, String to) {
        return Reach.of(client).isOpen(from, to);
    }
}
