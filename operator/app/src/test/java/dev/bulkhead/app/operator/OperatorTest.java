package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnControlPlane(ControlPlaneKind.REAL)
class OperatorTest {

    private final Scene scene;

    OperatorTest(ControlPlane controlPlane) {
        scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() {
        scene.installDefinitions();
        scene.startOperator();
    }

    @AfterEach
    void clear() {
        scene.close();
    }

    @Test
    void whatIsDeclaredIsWrittenScaledWithoutAWriteChangedAndWithdrawn() {
        String shop = scene.namespace("shop");
        String pay = scene.namespace("pay");
        scene.segment("town", List.of(shop, pay), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(pay, "payments", 1);
        scene.outbound(shop, "checkout", "checkout", pay, "payments", 8443);
        scene.awaitRuleState(shop, "checkout", "AwaitingPeer");
        assertEquals(Set.of("bulkhead-baseline", "bulkhead-dns"), withoutHash(scene.policies(pay)));
        scene.inbound(pay, "payments", "payments", shop, "checkout", 8443);
        scene.awaitRuleState(shop, "checkout", "Open");
        scene.awaitRuleState(pay, "payments", "Open");
        assertEquals(
                Set.of("bulkhead-baseline", "bulkhead-dns", "bulkhead-egress-checkout"),
                withoutHash(scene.policies(shop)));

        long writes = scene.operator().counters().policyWrites();
        scene.scale(shop, "checkout", 12);
        scene.scale(shop, "checkout", 2);
        assertEquals(writes, scene.operator().counters().policyWrites());

        scene.outbound(shop, "checkout", "checkout", pay, "payments", 9443);
        scene.awaitRuleState(shop, "checkout", "AwaitingPeer");
        scene.awaitRuleState(pay, "payments", "AwaitingPeer");

        scene.delete(shop, "checkout");
        scene.await("the policy of checkout is gone", () -> scene.policies(shop).size() == 2);
    }

    @Test
    void policiesThatSomebodyEditsOrDeletesArePutRight() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
        NetworkPolicy baseline = scene.policy(shop, "bulkhead-baseline");
        scene.client().resource(baseline).delete();
        scene.await(
                "the baseline is back",
                () -> scene.find(shop, "bulkhead-baseline")
                        .filter(found -> found.getSpec().equals(baseline.getSpec()))
                        .isPresent());
        scene.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(shop)
                .withName("bulkhead-baseline")
                .edit(policy -> {
                    policy.getSpec().setPolicyTypes(List.of("Ingress"));
                    policy.getMetadata().getLabels().put("team", "storefront");
                    return policy;
                });
        scene.await(
                "the baseline is right",
                () -> scene.policy(shop, "bulkhead-baseline").getSpec().equals(baseline.getSpec()));
        assertEquals(
                "storefront",
                scene.policy(shop, "bulkhead-baseline")
                        .getMetadata()
                        .getLabels()
                        .get("team"));
        scene.await("people are told", () -> scene.events(shop).contains("DriftRepaired"));
    }

    @Test
    void aPolicyOfSomebodyElseWithOurNameIsLeftAlone() {
        String shop = scene.namespace("shop");
        NetworkPolicy foreign = scene.foreignPolicy(shop, "bulkhead-dns");
        String town = scene.segment("town", List.of(shop), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.await(
                "the conflict is told",
                () -> scene.readyReason(shop, "checkout").equals("NameConflict"));
        scene.await(
                "the platform is told that the namespace is not enforced",
                () -> scene.segmentReadyReason(town).equals("NameConflict"));
        assertEquals(foreign, scene.policy(shop, "bulkhead-dns"));
        scene.client().resource(foreign).delete();
        scene.await(
                "all is well then", () -> scene.readyReason(shop, "checkout").equals("Written"));
        scene.await(
                "and so is the segment", () -> scene.segmentReadyReason(town).equals("Enrolled"));
    }

    @Test
    void onesThatLoseTheirMarksAreReportedUntilTheirNamesAreFree() {
        String shop = scene.namespace("shop");
        String town = scene.segment("town", List.of(shop), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.await("it is written", () -> scene.readyReason(shop, "checkout").equals("Written"));
        String allowance = scene.policies(shop).stream()
                .map(policy -> policy.getMetadata().getName())
                .filter(name -> name.startsWith("bulkhead-egress-"))
                .findFirst()
                .orElseThrow();

        NetworkPolicy unmarked = unmarked(shop, allowance);
        scene.await(
                "the team is told", () -> scene.readyReason(shop, "checkout").equals("NameConflict"));
        scene.client().resource(unmarked).delete();
        scene.await(
                "it is written again", () -> scene.readyReason(shop, "checkout").equals("Written"));
        assertEquals("Enrolled", scene.segmentReadyReason(town));

        NetworkPolicy open = unmarked(shop, "bulkhead-dns");
        scene.await("the platform is told", () -> scene.segmentReadyReason(town).equals("NameConflict"));
        scene.client().resource(open).delete();
        scene.await(
                "the namespace is enforced",
                () -> scene.segmentReadyReason(town).equals("Enrolled"));
    }

    private NetworkPolicy unmarked(String namespace, String name) {
        return scene.client().resource(scene.policy(namespace, name)).edit(policy -> {
            policy.getMetadata().setLabels(Map.of());
            return policy;
        });
    }

    @Test
    void whateverHasTheNameOfTheBaselineBecomesTheBaseline() {
        String shop = scene.namespace("shop");
        String uid =
                scene.foreignPolicy(shop, "bulkhead-baseline").getMetadata().getUid();
        String town = scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
        assertEquals(uid, scene.policy(shop, "bulkhead-baseline").getMetadata().getUid());
        scene.await("people are told", () -> scene.events(shop).contains("DriftRepaired"));
        scene.await(
                "the namespace is enforced",
                () -> scene.segmentReadyReason(town).equals("Enrolled"));
    }

    @Test
    void anOperatorThatStartsAgainWritesNothing() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.await("it is written", () -> scene.readyReason(shop, "checkout").equals("Written"));
        List<NetworkPolicy> before = scene.policies(shop);
        scene.restartOperator();
        String later = scene.namespace("later");
        scene.segment("village", List.of(later), true);
        // A write is counted when it is acknowledged, which may be after others see what it made.
        scene.await(
                "all is written",
                () -> scene.policies(later).size() == 2
                        && scene.operator().counters().policyWrites() >= 2);
        assertEquals(before, scene.policies(shop));
        assertEquals(
                2,
                scene.operator().counters().policyWrites(),
                "nobody is there for whom the baseline would have to stand open");
    }

    private static Set<String> withoutHash(List<NetworkPolicy> policies) {
        return policies.stream()
                .map(policy -> policy.getMetadata().getName().replaceAll("-[0-9a-f]{6,}$", ""))
                .collect(Collectors.toSet());
    }
}
