package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.GuardrailSegment;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Limits that come, change and go while connections are open; without the admission policy, which would refuse the rest. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class GuardrailsTest {

    private static final Map<String, Object> NO_WAY_TO_PAY = Map.of(
            "description",
            "Ask the platform team.",
            "deny",
            List.of(Map.of("to", Map.of("segments", List.of("bank")), "ports", List.of(Map.of("port", 8080)))));

    private final Cluster cluster;
    private final KubernetesClient client;

    GuardrailsTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    /** shop calls pay, which has agreed; and itself. */
    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        for (String namespace : List.of("shop", "pay")) {
            cluster.namespace(namespace);
        }
        cluster.workload("shop", "checkout");
        cluster.workload("shop", "cart");
        cluster.workload("pay", "payments");
        cluster.asks("outbound", "shop", "checkout", "pay", "payments");
        cluster.asks("inbound", "pay", "payments", "shop", "checkout");
        cluster.asks("outbound", "shop", "checkout", "shop", "cart");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.segment("bank", List.of("pay", "pay-*"), true, true, "Namespace");
        cluster.startOperator();
        Observation.converged(client, "open", Cluster.PATIENCE);
    }

    @AfterEach
    void lift() {
        cluster.deleteGuardrail("limit");
        cluster.awaitRuleState("shop", "checkout-outbound-payments", "Open");
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void oneThatComesLaterClosesWhatIsOpenAndNothingElseAndOpensAgainWhenItGoes() {
        cluster.awaitRuleState("shop", "checkout-outbound-payments", "Open");
        judged("the limit comes", () -> cluster.guardrail("limit", NO_WAY_TO_PAY));
        for (String intent : List.of("shop/checkout-outbound-payments", "pay/payments-inbound-checkout")) {
            String[] name = intent.split("/", 2);
            cluster.awaitRuleState(name[0], name[1], "Forbidden");
            assertEquals(
                    List.of("Forbidden: guardrail limit forbids it: Ask the platform team."),
                    cluster.ruleStates(name[0], name[1]));
        }
        cluster.awaitRuleState("shop", "checkout-outbound-cart", "Open");
        judged("the limit goes", () -> cluster.deleteGuardrail("limit"));
    }

    @Test
    void itsStatusNamesWhatBelongsToTheSegmentsItSpeaksOfWhateverIsThere() {
        cluster.guardrail("limit", NO_WAY_TO_PAY);
        awaitSegments(List.of(new GuardrailSegment("bank", List.of("pay", "pay-*"), List.of())));

        cluster.segment("others", List.of("pay-per-view"), false, false, "Namespace");

        awaitSegments(List.of(
                new GuardrailSegment("bank", List.of("pay"), List.of()),
                new GuardrailSegment("bank", List.of("pay-*"), List.of("pay-per-view"))));
        cluster.deleteSegment("others");
        awaitSegments(List.of(new GuardrailSegment("bank", List.of("pay", "pay-*"), List.of())));
    }

    @Test
    void whileOneIsNotUnderstoodNothingOpensAndWhatWasOpenStays() {
        Observation.converged(client, "at the start", Cluster.PATIENCE);
        Map<String, String> before = revisions();
        cluster.stopOperator();
        loosen();
        cluster.guardrail("limit", Map.of("description", "from another version", "deny", "whatever"));
        cluster.startOperator();
        try {
            Await.until(
                    "it is called invalid",
                    Cluster.PATIENCE,
                    () -> reason("limit").equals("Invalid"));
            cluster.asks("outbound", "shop", "cart", "shop", "checkout");
            Await.until(
                    "the new intent is told to wait",
                    Cluster.PATIENCE,
                    () -> cluster.readyMessage("shop", "cart-outbound-checkout").contains("guardrail limit"));
            assertEquals(before, revisions());
            cluster.deleteGuardrail("limit");
            cluster.awaitRuleState("shop", "cart-outbound-checkout", "Open");
            Observation.converged(client, "understood again", Cluster.PATIENCE);
        } finally {
            cluster.deleteGuardrail("limit");
            cluster.deleteIntent("shop", "cart-outbound-checkout");
            cluster.installDefinitions();
        }
    }

    @Test
    void whileNobodyKnowsWhomOneNamesNothingOpensAndWhatWasOpenStays() {
        Observation.converged(client, "at the start", Cluster.PATIENCE);
        Map<String, String> before = revisions();
        IngressClass ingressClass = new IngressClassBuilder()
                .withNewMetadata()
                .withName("haproxy")
                .endMetadata()
                .withNewSpec()
                .withController("haproxy.org/ingress-controller")
                .endSpec()
                .build();
        client.resource(ingressClass).create();
        cluster.guardrail(
                "limit",
                Map.of(
                        "description",
                        "Ask the platform team.",
                        "deny",
                        List.of(Map.of("from", Map.of("wellKnown", List.of("IngressController"))))));
        try {
            Await.until(
                    "it is called unresolved",
                    Cluster.PATIENCE,
                    () -> reason("limit").equals("Unresolved"));
            cluster.asks("outbound", "shop", "cart", "shop", "checkout");
            Await.until(
                    "the new intent is told to wait",
                    Cluster.PATIENCE,
                    () -> cluster.readyMessage("shop", "cart-outbound-checkout").contains("guardrail limit"));
            assertEquals(before, revisions());
            client.resource(ingressClass).delete();
            cluster.namespace("ingress-nginx");
            Await.until(
                    "it is in force", Cluster.PATIENCE, () -> reason("limit").equals("InForce"));
            cluster.awaitRuleState("shop", "cart-outbound-checkout", "Open");
        } finally {
            client.resource(ingressClass).delete();
            client.namespaces().withName("ingress-nginx").delete();
            cluster.deleteGuardrail("limit");
            cluster.deleteIntent("shop", "cart-outbound-checkout");
        }
    }

    private void loosen() {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("guardrails.bulkhead.dev")
                .edit(definition -> {
                    JSONSchemaProps anything = new JSONSchemaProps();
                    anything.setType("object");
                    anything.setXKubernetesPreserveUnknownFields(true);
                    definition
                            .getSpec()
                            .getVersions()
                            .get(0)
                            .getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .put("spec", anything);
                    return definition;
                });
        Await.until("the API server takes anything", Cluster.PATIENCE, () -> {
            try {
                cluster.guardrail("limit", Map.of("description", "from another version", "deny", "whatever"));
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    private String reason(String name) {
        List<Map<String, Object>> conditions = client.genericKubernetesResources(Cluster.API, "Guardrail")
                .withName(name)
                .get()
                .get("status", "conditions");
        return conditions == null ? "" : String.valueOf(conditions.get(0).get("reason"));
    }

    /** What tells whether anybody wrote a policy. */
    private Map<String, String> revisions() {
        return client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                .map(HasMetadata::getMetadata)
                .collect(Collectors.toMap(
                        metadata -> metadata.getNamespace() + "/" + metadata.getName(),
                        ObjectMeta::getResourceVersion));
    }

    private void awaitSegments(List<GuardrailSegment> segments) {
        Await.until("the status says " + segments, Cluster.PATIENCE, () -> {
            Guardrail found =
                    client.resources(Guardrail.class).withName("limit").get();
            return found.getStatus() != null && found.getStatus().segments().equals(segments);
        });
    }

    private void judged(String what, Runnable change) {
        assertTrue(Transition.judge(client, what, change) > 2, what + ": nothing was to be judged");
    }
}
