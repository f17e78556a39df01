package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An intent that was written before its definition was tightened. */
@OnControlPlane(ControlPlaneKind.REAL)
class UndecodableIntentTest {

    private final Scene scene;

    UndecodableIntentTest(ControlPlane controlPlane) {
        scene = new Scene(controlPlane);
    }

    @BeforeEach
    void install() {
        scene.installDefinitions();
    }

    @AfterEach
    void clear() {
        scene.close();
    }

    @Test
    void theOthersAreServedAndItsOwnPoliciesStay() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        for (String name : List.of("checkout", "catalogue", "cart")) {
            scene.deployment(shop, name, 1);
        }
        scene.startOperator();
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.awaitRuleState(shop, "checkout", "Open");
        NetworkPolicy written = onlyEgressOf(shop, "checkout");

        loosen();
        scene.intent(shop, "checkout", outboundToPort(3_000_000_000L));
        scene.installDefinitions();
        scene.await(
                "it is called invalid",
                () -> scene.readyReason(shop, "checkout").equals("Invalid"));
        assertEquals(written, onlyEgressOf(shop, "checkout"));

        scene.restartOperator();
        scene.outbound(shop, "cart", "cart", shop, "catalogue", 8081);
        scene.awaitRuleState(shop, "cart", "Open");
        assertEquals(written, onlyEgressOf(shop, "checkout"), "what it said before a restart is not known any more");
        assertEquals("Invalid", scene.readyReason(shop, "checkout"));
        assertTrue(scene.operator().unready().isEmpty());

        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8082);
        scene.awaitRuleState(shop, "checkout", "Open");
    }

    private NetworkPolicy onlyEgressOf(String namespace, String workload) {
        return scene.policies(namespace).stream()
                .filter(policy -> policy.getMetadata().getName().startsWith("bulkhead-egress-" + workload + "-"))
                .findFirst()
                .orElseThrow();
    }

    private void loosen() {
        scene.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("accessintents.bulkhead.dev")
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
        scene.await("the API server takes anything", () -> {
            try {
                scene.intent("default", "probe", outboundToPort(3_000_000_000L));
                scene.delete("default", "probe");
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    private static Map<String, Object> outboundToPort(long port) {
        return Map.of(
                "workload",
                Map.of("owner", Map.of("kind", "Deployment", "name", "checkout")),
                "outbound",
                List.of(Map.of(
                        "to",
                        Map.of("workload", Map.of("owner", Map.of("kind", "Deployment", "name", "catalogue"))),
                        "ports",
                        List.of(Map.of("port", port)))));
    }
}
