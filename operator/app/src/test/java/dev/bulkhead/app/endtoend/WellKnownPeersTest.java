package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Well-known peers are found, shown on the Segment, and followed where they go. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class WellKnownPeersTest {

    private final Cluster cluster;
    private final KubernetesClient client;

    WellKnownPeersTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.workload("shop", "web");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.intent(
                "shop",
                "web",
                Map.of(
                        "workload", Map.of("serviceAccount", "web"),
                        "outbound",
                                List.of(
                                        Map.of("to", Map.of("wellKnown", "KubeAPIServer")),
                                        Map.of(
                                                "to",
                                                Map.of("wellKnown", "Nodes"),
                                                "ports",
                                                List.of(Map.of("port", 9100)))),
                        "inbound", List.of(from("IngressController", 8080), from("Monitoring", 9090))));
        cluster.startOperator();
        Observation.converged(client, "enrolled", Cluster.PATIENCE);
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    private static Map<String, Object> from(String name, int port) {
        return Map.of("from", Map.of("wellKnown", name), "ports", List.of(Map.of("port", port)));
    }

    @Test
    void theSegmentShowsWhatEachComesToAndWhy() {
        awaitFound(WellKnownPeer.KUBE_DNS, WellKnownSource.FOUND, "namespace kube-system on TCP 53,UDP 53");
        awaitFound(WellKnownPeer.KUBE_API_SERVER, WellKnownSource.FOUND, "/32 on TCP ");
        awaitFound(WellKnownPeer.INTERNET, WellKnownSource.FOUND, "0.0.0.0/0 except [10.0.0.0/8, ");
        assertEquals(
                List.of(WellKnownPeer.values()),
                found().stream().map(WellKnownFound::name).toList());
    }

    @Test
    void nodesAreFollowedAsTheyComeAndGo() {
        node("edge-1", "192.0.2.66");
        awaitFound(WellKnownPeer.NODES, WellKnownSource.FOUND, "192.0.2.66/32");
        awaitPolicy("192.0.2.66/32");
        node("edge-1", "192.0.2.67");
        awaitPolicy("192.0.2.67/32");
        awaitNoPolicy("192.0.2.66/32");
        client.nodes().withName("edge-1").delete();
        awaitNoPolicy("192.0.2.67/32");
        Observation.converged(client, "without the node", Cluster.PATIENCE);
    }

    private void node(String name, String address) {
        // One that is there is written by kwok, too.
        if (client.nodes().withName(name).get() == null) {
            client.resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        // Until then kwok would replace its addresses.
        Await.until(name + " is ready", Cluster.PATIENCE, () -> isReady(name));
        client.nodes()
                .withName(name)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"addresses\": [{\"type\": \"InternalIP\", \"address\": \"" + address
                                + "\"}]}}");
    }

    private boolean isReady(String node) {
        return client.nodes().withName(node).get().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    @Test
    void theApiServerIsFollowedToWhereItSaysThatItIs() {
        // The API server puts its slice right every few seconds, so it may take more than one attempt to be seen.
        Await.until("a policy with the new address", Cluster.PATIENCE, () -> {
            client.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace("default")
                    .withName("kubernetes")
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            "[{\"op\": \"add\", \"path\": \"/endpoints/-\", \"value\": {\"addresses\": [\"192.0.2.80\"]}}]");
            return policies().contains("192.0.2.80/32");
        });
        awaitNoPolicy("192.0.2.80/32");
        awaitFound(WellKnownPeer.KUBE_API_SERVER, WellKnownSource.FOUND, "/32 on TCP ");
        Observation.converged(client, "without the endpoint", Cluster.PATIENCE);
    }

    @Test
    void aSliceThatAControllerMadeForTheServiceIsNotFollowed() {
        EndpointSlice made = client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("kubernetes-made")
                        .addToLabels("kubernetes.io/service-name", "kubernetes")
                        .addToLabels("endpointslice.kubernetes.io/managed-by", "somebody.example.com")
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses("192.0.2.81")
                        .endEndpoint()
                        .addNewPort()
                        .withName("https")
                        .withPort(6443)
                        .withProtocol("TCP")
                        .endPort()
                        .build())
                .create();
        // Whatever is written for this comes after the slice.
        cluster.namespace("monitoring");
        awaitPolicy("monitoring");
        Observation.converged(client, "with a slice that a controller made", Cluster.PATIENCE);
        assertFalse(policies().contains("192.0.2.81"));
        client.resource(made).delete();
        client.namespaces().withName("monitoring").delete();
        awaitFound(WellKnownPeer.MONITORING, WellKnownSource.MISSING, "spec.monitoring");
    }

    @Test
    void theIngressControllerIsFoundOnceThereIsOne() {
        awaitFound(WellKnownPeer.INGRESS_CONTROLLER, WellKnownSource.MISSING, "spec.ingressController");
        client.resource(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName("nginx")
                        .endMetadata()
                        .withNewSpec()
                        .withController("k8s.io/ingress-nginx")
                        .endSpec()
                        .build())
                .create();
        cluster.namespace("ingress-nginx");
        awaitFound(WellKnownPeer.INGRESS_CONTROLLER, WellKnownSource.FOUND, "of namespace ingress-nginx");
        awaitPolicy("ingress-nginx");
        Observation.converged(client, "with an ingress controller", Cluster.PATIENCE);
    }

    @Test
    void whatThePlatformSaysHoldsAndWhatItTakesBackIsFoundAgain() {
        cluster.namespace("metrics");
        cluster.apply(
                "WellKnownPeers",
                null,
                "cluster",
                Map.of(
                        "kubeDNS", Map.of("networks", List.of("169.254.20.10/32")),
                        "monitoring",
                                Map.of("workload", Map.of("namespace", "metrics", "serviceAccount", "prometheus"))));
        awaitFound(WellKnownPeer.KUBE_DNS, WellKnownSource.CONFIGURED, "169.254.20.10/32 on TCP 53,UDP 53");
        awaitFound(WellKnownPeer.MONITORING, WellKnownSource.CONFIGURED, "of namespace metrics");
        awaitPolicy("169.254.20.10/32");
        awaitPolicy("metrics");
        Observation.converged(client, "as the platform says", Cluster.PATIENCE);

        client.genericKubernetesResources(Cluster.API, "WellKnownPeers")
                .withName("cluster")
                .delete();
        awaitFound(WellKnownPeer.KUBE_DNS, WellKnownSource.FOUND, "kube-system");
        awaitFound(WellKnownPeer.MONITORING, WellKnownSource.MISSING, "spec.monitoring");
        awaitNoPolicy("169.254.20.10/32");
        Observation.converged(client, "as they are found", Cluster.PATIENCE);
    }

    private List<WellKnownFound> found() {
        Segment segment = client.resources(Segment.class).withName("shop").get();
        return segment.getStatus() == null ? List.of() : segment.getStatus().wellKnown();
    }

    private void awaitFound(WellKnownPeer name, WellKnownSource source, String part) {
        Await.until(
                name + " is " + source + ": " + part,
                Cluster.PATIENCE,
                () -> found().stream()
                        .anyMatch(found -> found.name() == name
                                && found.source() == source
                                && found.meaning().contains(part)));
    }

    private void awaitPolicy(String part) {
        Await.until("a policy with " + part, Cluster.PATIENCE, () -> policies().contains(part));
    }

    private void awaitNoPolicy(String part) {
        Await.until(
                "no policy with " + part, Cluster.PATIENCE, () -> !policies().contains(part));
    }

    private String policies() {
        return client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                .map(NetworkPolicy::getSpec)
                .map(Serialization::asYaml)
                .collect(Collectors.joining("\n"));
    }
}
