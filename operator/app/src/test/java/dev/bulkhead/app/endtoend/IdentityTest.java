package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster in which identity comes to be vouched for, and then no longer is. Each step begins where the one before
 * ended, and every state on the way is judged.
 */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdentityTest {

    private static final String INTENT = "checkout-outbound-payments";
    private static final String BINDING = "bulkhead-stamp-service-account";

    private final Cluster cluster;
    private final KubernetesClient client;
    private final ControlPlane controlPlane;

    IdentityTest(ControlPlane controlPlane) {
        this.cluster = new Cluster(controlPlane);
        this.client = controlPlane.client();
        this.controlPlane = controlPlane;
    }

    /** shop calls pay, which has agreed; both by service account, which nothing stamps. */
    @BeforeAll
    void inhabit() {
        cluster.installDefinitions();
        cluster.namespace("shop");
        cluster.namespace("pay");
        cluster.workload("shop", "checkout");
        cluster.workload("pay", "payments");
        cluster.asks("outbound", "shop", "checkout", "pay", "payments");
        cluster.asks("inbound", "pay", "payments", "shop", "checkout");
        cluster.segment("town", List.of("shop", "pay"), true, true, "Namespace");
        cluster.startOperator();
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    @Order(1)
    void whileNothingVouchesLabelsStandForServiceAccountsAndTheStatusSaysSo() {
        cluster.awaitRuleState("shop", INTENT, "Open");
        Observation.converged(client, "asserted", Cluster.PATIENCE);

        awaitIdentity(IdentityAssurance.ASSERTED);
        awaitSegment("False", "PoliciesMissing", null);
        String missing = condition().orElseThrow().message();
        assertTrue(missing.contains("MutatingAdmissionPolicyBinding " + BINDING + " is not there"), missing);
        assertEquals(0, events(), "nothing has changed for the worse");
    }

    @Test
    @Order(2)
    void onceThePoliciesAreThereWhatWasOpenStaysOpenAndThePodsWithoutAStampAreCounted() {
        Transition.judge(client, "the policies come", () -> {
            InstalledIdentityPolicies.install(controlPlane);
            awaitSegment("True", "Stamped", 2);
        });

        cluster.awaitRuleState("shop", INTENT, "Open");
        awaitIdentity(IdentityAssurance.ASSERTED);
    }

    @Test
    @Order(3)
    void onceEveryPodIsStampedTheStampIsWhatPoliciesRestOn() {
        Transition.judge(client, "the pods are stamped", () -> {
            for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
                // Whatever writes a pod lets the API server stamp it.
                client.resource(pod)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"annotations\":{\"seen\":\"yes\"}}}");
            }
            awaitSegment("True", "Stamped", 0);
            awaitIdentity(IdentityAssurance.VERIFIED);
        });

        cluster.awaitRuleState("shop", INTENT, "Open");
        assertTrue(restsOnTheStamp(), "the policies select by the stamp");
    }

    @Test
    @Order(4)
    void aPolicyThatIsDeletedIsFoundAndToldAndOpensNothing() {
        Transition.judge(client, "a binding is deleted", () -> {
            client.genericKubernetesResources("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding")
                    .withName(BINDING)
                    .delete();
            awaitSegment("False", "PoliciesMissing", null);
            awaitIdentity(IdentityAssurance.ASSERTED);
        });

        cluster.awaitRuleState("shop", INTENT, "Open");
        Await.until("an event tells it", Cluster.PATIENCE, () -> events() == 1);
        assertEquals(List.of(), cluster.unready());
    }

    @Test
    @Order(5)
    void aPolicyThatIsBrokenCountsForNothing() {
        install();
        awaitSegment("True", "Stamped", 0);

        client.genericKubernetesResources("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
                .withName("bulkhead-verify-service-account")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"failurePolicy\":\"Ignore\"}}");

        awaitSegment("False", "PoliciesMissing", null);
        String broken = condition().orElseThrow().message();
        assertTrue(broken.contains("bulkhead-verify-service-account has failurePolicy Ignore: write Fail"), broken);
    }

    @Test
    @Order(6)
    void aSegmentThatDemandsVerifiedIdentityHasNothingOpenMeanwhileAndAllOfItAgainAfterwards() {
        cluster.apply(
                "Segment",
                null,
                "town",
                Map.of(
                        "namespaces",
                        List.of("shop", "pay"),
                        "enforce",
                        Map.of("ingress", true, "egress", true),
                        "identity",
                        "Verified"));
        cluster.awaitRuleState("shop", INTENT, "Forbidden");
        Observation.converged(client, "forbidden", Cluster.PATIENCE);

        install();

        cluster.awaitRuleState("shop", INTENT, "Open");
        awaitIdentity(IdentityAssurance.VERIFIED);
    }

    /** As an administrator puts it right, whoever changed what. */
    private void install() {
        InstalledIdentityPolicies.objects(client)
                .forEach(object -> client.resource(object).forceConflicts().serverSideApply());
        InstalledIdentityPolicies.install(controlPlane);
    }

    private boolean restsOnTheStamp() {
        return Observation.of(client).managed().values().stream()
                .map(NetworkPolicy::toString)
                .anyMatch(text -> text.contains("bulkhead.dev/service-account"));
    }

    private void awaitIdentity(IdentityAssurance identity) {
        Await.until("the status says " + identity, Cluster.PATIENCE, () -> {
            AccessIntent intent = client.resources(AccessIntent.class)
                    .inNamespace("shop")
                    .withName(INTENT)
                    .get();
            return intent.getStatus() != null
                    && intent.getStatus().identity() == identity
                    && intent.getStatus().rules().stream().allMatch(rule -> rule.identity() == identity);
        });
    }

    private void awaitSegment(String status, String reason, Integer unstamped) {
        Await.until(
                "the segment says " + reason + " and " + unstamped,
                Cluster.PATIENCE,
                () -> condition()
                                .filter(condition ->
                                        condition.status().toString().equalsIgnoreCase(status)
                                                && condition.reason().equals(reason))
                                .isPresent()
                        && Objects.equals(segment().unstampedPods(), unstamped));
    }

    private Optional<Condition> condition() {
        SegmentStatus status = segment();
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals("IdentityInForce"))
                        .findFirst();
    }

    private SegmentStatus segment() {
        return client.resources(Segment.class).withName("town").get().getStatus();
    }

    private long events() {
        return client.events().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> event.getReason().equals("PoliciesMissing"))
                .count();
    }
}
