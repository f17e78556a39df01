package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Policies that nobody declared to Bulkhead, and kinds of policies that it does not know. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class PoliciesByOthersTest {

    private static final String OPENS_EGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: legacy, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: checkout}}
              policyTypes: [Egress]
              egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 443}]}]
            """;

    private final Cluster cluster;
    private final KubernetesClient client;

    PoliciesByOthersTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        client.load(getClass().getResourceAsStream("ciliumnetworkpolicies.yaml"))
                .items()
                .forEach(definition -> client.resource(definition).create());
        Await.until("the other kind is served", Cluster.PATIENCE, () -> client.getApiResources("cilium.io/v2") != null);
        cluster.namespace("shop");
        cluster.workload("shop", "checkout");
        cluster.workload("shop", "cart");
        cluster.asks("outbound", "shop", "checkout", "shop", "cart");
        cluster.segment("shop", List.of("shop"), true, true, "Namespace");
        cluster.startOperator();
        cluster.awaitRuleState("shop", "checkout-outbound-cart", "Open");
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void whatOneOpensIsToldWithWhoWroteItLastUntilItIsGoneOrDeclared() {
        awaitVoided("False", "NothingWidened");
        long told = events();

        apply(OPENS_EGRESS, "somebody");

        awaitVoided("True", "PoliciesByOthers");
        VoidedBy found = status().voidedBy().get(0);
        assertEquals("shop/legacy", found.policy());
        assertEquals("somebody", found.lastWrittenBy());
        assertTrue(found.opens().startsWith("shop (checkout, "), found.opens());
        assertTrue(found.opens().endsWith(" to 198.51.100.0 on TCP 443"), found.opens());
        Await.until("an event tells it", Cluster.PATIENCE, () -> events() > told);

        cluster.intent(
                "shop",
                "checkout-card-network",
                Map.of(
                        "workload",
                        Map.of("serviceAccount", "checkout"),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("network", Map.of("cidr", "198.51.100.0/24")),
                                "ports",
                                List.of(Map.of("port", 443))))));
        awaitVoided("False", "NothingWidened");

        cluster.deleteIntent("shop", "checkout-card-network");
        awaitVoided("True", "PoliciesByOthers");
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("legacy")
                .delete();
        awaitVoided("False", "NothingWidened");
        assertEquals(List.of(), status().voidedBy());
    }

    @Test
    void oneThatOpensWhatTheOtherEndKeepsClosedWidensNothing() {
        apply(
                OPENS_EGRESS.replace(
                        "{to: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 443}]}",
                        "{to: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 9090}]}"),
                "somebody");
        apply(OPENS_EGRESS.replace("name: legacy", "name: other").replace("app: checkout", "app: cart"), "somebody");

        awaitVoided("True", "PoliciesByOthers");
        assertEquals(
                List.of("shop/other"),
                status().voidedBy().stream().map(VoidedBy::policy).toList());
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("legacy")
                .delete();
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .withName("other")
                .delete();
        awaitVoided("False", "NothingWidened");
    }

    @Test
    void anOpenRuleSaysThatOneMayCloseItForAsLongAsThatIsSo() {
        cluster.namespace("away");
        cluster.asks("outbound", "shop", "checkout", "away", "service");
        String open = "Open: TCP 8080 open";
        awaitRules("checkout-outbound-service", List.of(open));

        apply("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny, namespace: away}
                spec:
                  podSelector: {}
                  policyTypes: [Ingress]
                """, "somebody");
        awaitRules(
                "checkout-outbound-service",
                List.of(open
                        + "; but Bulkhead does not enforce this direction at the other end, where NetworkPolicies by"
                        + " others may close it"));

        AccessIntent intent = client.resources(AccessIntent.class)
                .inNamespace("shop")
                .withName("checkout-outbound-service")
                .get();
        assertEquals(
                List.of(
                        "MayBeClosedByOthers: All rules are open as far as Bulkhead decides; policies by others may close"
                                + " outbound[0]."),
                intent.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals("Connected"))
                        .map(condition -> condition.reason() + ": " + condition.message())
                        .toList());

        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("away")
                .withName("deny")
                .delete();
        awaitRules("checkout-outbound-service", List.of(open));
        cluster.deleteIntent("shop", "checkout-outbound-service");
    }

    private void awaitRules(String intent, List<String> rules) {
        Await.until(
                intent + " says " + rules,
                Cluster.PATIENCE,
                () -> cluster.ruleStates("shop", intent).equals(rules));
    }

    @Test
    void kindsThatNobodyJudgesAreNamed() {
        Await.until(
                "they are named",
                Cluster.PATIENCE,
                () -> status() != null && status().notJudged().equals(List.of("CiliumNetworkPolicy.cilium.io")));
    }

    private void apply(String policy, String writer) {
        client.resource(policy)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(writer)
                        .build());
    }

    private void awaitVoided(String status, String reason) {
        Await.until(
                "the segment says " + reason,
                Cluster.PATIENCE,
                () -> status() != null
                        && status().conditions().stream().anyMatch(condition -> says(condition, status, reason)));
    }

    private static boolean says(Condition condition, String status, String reason) {
        return condition.type().equals("Voided")
                && condition.status().toString().equalsIgnoreCase(status)
                && condition.reason().equals(reason);
    }

    private SegmentStatus status() {
        return client.resources(Segment.class).withName("shop").get().getStatus();
    }

    private long events() {
        return client.events().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> event.getReason().equals("PoliciesByOthers"))
                .count();
    }
}
