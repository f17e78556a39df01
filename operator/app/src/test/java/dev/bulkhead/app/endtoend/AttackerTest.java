package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A connection is open to one service account, and somebody with the rights of an administrator wants it for another one. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class AttackerTest {

    private static final int PORT = 8080;
    private static final String FORGED = "{\"metadata\":{\"labels\":{\"" + Identity.LABEL + "\":\"checkout\"}}}";

    private final Cluster cluster;
    private final KubernetesClient client;

    AttackerTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void openTheConnection(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.namespace("pay");
        cluster.workload("shop", "checkout");
        cluster.workload("pay", "payments");
        cluster.serviceAccount("shop", "intruder");
        cluster.asks("outbound", "shop", "checkout", "pay", "payments");
        cluster.asks("inbound", "pay", "payments", "shop", "checkout");
        cluster.segment("town", List.of("shop", "pay"), true, true, "Namespace");
        cluster.startOperator();
        cluster.awaitRuleState("shop", "checkout-outbound-payments", "Open");
        cluster.awaitRuleState("pay", "payments-inbound-checkout", "Open");
        Observation.converged(client, "before the attack", Cluster.PATIENCE);
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void f62_aForgedLabelInATemplateGetsNobodyThrough() {
        Deployment deployment = cluster.deployment("shop", "forger", 1);
        deployment.getSpec().getTemplate().getSpec().setServiceAccountName("intruder");
        deployment.getSpec().getTemplate().getMetadata().getLabels().put(Identity.LABEL, "checkout");
        client.resource(deployment).create();
        cluster.awaitPods("shop", "forger");
        assertEquals("intruder", pod("forger").getMetadata().getLabels().get(Identity.LABEL));
        assertEquals(Set.of("checkout"), accountsThatReachPayments());
    }

    @Test
    void f62_aPodThatIsRelabelledGetsNobodyThrough() {
        intrude("relabelled");
        attempt(() -> client.pods()
                .inNamespace("shop")
                .withName("relabelled")
                .patch(PatchContext.of(PatchType.JSON_MERGE), FORGED));
        assertEquals("intruder", pod("relabelled").getMetadata().getLabels().get(Identity.LABEL));
        assertEquals(Set.of("checkout"), accountsThatReachPayments());
    }

    @Test
    void aPodThatIsRelabelledThroughItsStatusGetsNobodyThrough() {
        intrude("through-status");
        assertThrows(
                KubernetesClientException.class,
                () -> client.pods()
                        .inNamespace("shop")
                        .withName("through-status")
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), FORGED));
        assertEquals("intruder", pod("through-status").getMetadata().getLabels().get(Identity.LABEL));
        assertEquals(Set.of("checkout"), accountsThatReachPayments());
    }

    /** A pod of another service account, with everything else like checkout's own. */
    private void intrude(String name) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .addToLabels(Map.of("app", name, Identity.LABEL, "checkout"))
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName("intruder")
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.example/app:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** What the API server makes of it, refusal or correction, shows afterwards. */
    private static void attempt(Runnable attack) {
        try {
            attack.run();
        } catch (KubernetesClientException e) {
            assertEquals(422, e.getCode(), e::getMessage);
        }
    }

    private Pod pod(String app) {
        return client.pods()
                .inNamespace("shop")
                .withLabel("app", app)
                .list()
                .getItems()
                .get(0);
    }

    /** The service accounts of all pods that what the API server holds lets through. */
    private Set<String> accountsThatReachPayments() {
        PodReader reader = new PodReader();
        PolicyReader policies = new PolicyReader();
        Evaluator evaluator = Evaluator.of(
                Observation.of(client).world().namespaces(),
                client.network().v1().networkPolicies().inAnyNamespace().list().getItems().stream()
                        .map(policies::read)
                        .toList(),
                PluginSemantics.upstream());
        Endpoint payments = end(
                reader,
                client.pods()
                        .inNamespace("pay")
                        .withLabel("app", "payments")
                        .list()
                        .getItems()
                        .get(0));
        Set<String> accounts = new TreeSet<>();
        for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
            if (evaluator
                    .verdict(end(reader, pod), payments, Protocol.TCP, PORT)
                    .allowed()) {
                accounts.add(pod.getSpec().getServiceAccountName());
            }
        }
        return accounts;
    }

    private static Endpoint end(PodReader reader, Pod pod) {
        return Endpoint.Pods.of(
                pod.getMetadata().getNamespace(), reader.read(pod).orElseThrow());
    }
}
