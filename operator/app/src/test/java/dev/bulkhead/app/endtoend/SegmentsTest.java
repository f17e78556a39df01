package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentConflict;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** How namespaces come under a segment's regime, change from one to another and leave it; every state on the way is judged. */
@OnControlPlane(ControlPlaneKind.REAL)
@TestInstance(Lifecycle.PER_CLASS)
class SegmentsTest {

    private final Cluster cluster;
    private final KubernetesClient client;

    SegmentsTest(ControlPlane controlPlane) {
        cluster = new Cluster(controlPlane);
        client = controlPlane.client();
    }

    /** town-shop calls town-pay, and so does the unenrolled street; both ends of the first have agreed. */
    @BeforeAll
    void inhabit(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        cluster.installDefinitions();
        for (String namespace : List.of("town-shop", "town-pay", "street")) {
            cluster.namespace(namespace);
            cluster.foreignPolicy(namespace);
        }
        cluster.workload("town-shop", "checkout");
        cluster.workload("town-shop", "cart");
        cluster.workload("town-pay", "payments");
        cluster.workload("town-pay", "ledger");
        cluster.workload("street", "visitor");
        cluster.asks("outbound", "town-shop", "checkout", "town-pay", "payments");
        cluster.asks("inbound", "town-pay", "payments", "town-shop", "checkout");
        cluster.asks("outbound", "town-shop", "checkout", "town-shop", "cart");
        cluster.asks("inbound", "town-pay", "ledger", "town-pay", "payments");
        cluster.asks("inbound", "town-pay", "payments", "street", "visitor");
        cluster.startOperator();
    }

    @AfterEach
    void release() {
        client.resources(Segment.class).delete();
        converged("released");
        assertEquals(Map.of(), Observation.of(client).managed());
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void enrolmentAndReleaseMakeNeitherGapNorHole() {
        Set<String> foreign = cluster.foreignPolicies();
        judged("enrolment", () -> cluster.segment("town", List.of("town-*"), true, true, "Namespace"));
        assertTrue(Observation.of(client).managed().size() > 6);
        cluster.awaitRuleState("town-shop", "checkout-outbound-payments", "Open");
        judged("release", () -> cluster.deleteSegment("town"));
        assertEquals(Map.of(), Observation.of(client).managed());
        assertEquals(foreign, cluster.foreignPolicies());
    }

    @Test
    void aNamespaceThatMovesBetweenSegmentsOfDifferentEnforcementSeesNeitherGapNorHole() {
        Set<String> foreign = cluster.foreignPolicies();
        cluster.segment("town", List.of("town-*"), true, true, "Namespace");
        converged("enrolled");
        judged("to ingress alone", () -> cluster.segment("bank", List.of("town-pay"), true, false, "Workload"));
        judged("the other way round", () -> cluster.segment("bank", List.of("town-pay"), false, true, "Segment"));
        judged(
                "to a segment that observes",
                () -> cluster.segment("bank", List.of("town-pay"), false, false, "Namespace"));
        judged(
                "the rest too, enforced",
                () -> cluster.segment("bank", List.of("town-pay", "town-shop"), true, true, "Segment"));
        judged("back", () -> cluster.segment("bank", List.of("town-shop"), true, true, "Workload"));
        judged("the whole town", () -> cluster.segment("town", List.of("street"), true, true, "Namespace"));
        assertEquals(foreign, cluster.foreignPolicies());
    }

    @Test
    void twoSegmentsThatClaimOneNamespaceChangeNothingUntilOneGivesWay() {
        cluster.segment("town", List.of("town-pay", "town-shop"), true, true, "Namespace");
        converged("enrolled");
        Map<NetworkPolicy.Key, NetworkPolicy> before = Observation.of(client).policies();
        try (Recording recording = new Recording(client)) {
            cluster.segment("bank", List.of("town-pay"), true, false, "Workload");
            awaitReady("town", "False", "Conflict");
            awaitReady("bank", "False", "Conflict");
            assertEquals(
                    List.of(new SegmentConflict("town-pay", "bank")),
                    status("town").conflicts());
            assertEquals(
                    List.of(new SegmentConflict("town-pay", "town")),
                    status("bank").conflicts());
            assertEquals(List.of("town-shop"), status("town").namespaces());
            Await.until(
                    "both segments have an Event",
                    Cluster.PATIENCE,
                    () -> eventsOfConflicts().containsAll(Set.of("town", "bank")));
            // A change elsewhere shows that the operator has gone on in the meantime.
            cluster.asks("outbound", "town-shop", "cart", "street", "visitor");
            awaitPolicies("the change elsewhere", before.size() + 1);
            assertEquals(
                    List.of(),
                    recording.events().stream()
                            .filter(event -> event.contains("town-pay/"))
                            .toList());
            recording.states();
        }
        judged("one gives way", () -> cluster.segment("town", List.of("town-shop"), true, true, "Namespace"));
        awaitReady("town", "True", "Enrolled");
        awaitReady("bank", "True", "Enrolled");
        assertEquals(List.of(), status("bank").conflicts());
        assertEquals(List.of("town-pay"), status("bank").namespaces());
        cluster.deleteIntent("town-shop", "cart-outbound-visitor");
    }

    @Test
    void aNewNamespaceThatTwoSegmentsClaimIsClosedUntilOneGivesWay() {
        NetworkPolicy.Key baseline = new NetworkPolicy.Key("twin-twin", "bulkhead-baseline");
        cluster.segment("twins", List.of("twin-*"), true, false, "Namespace");
        cluster.segment("others", List.of("*-twin"), false, true, "Namespace");
        cluster.namespace("twin-twin");
        try {
            cluster.asks("outbound", "twin-twin", "mole", "street", "visitor");
            awaitReady("twins", "False", "Conflict");
            awaitReady("others", "False", "Conflict");
            Observation claimed = converged("claimed twice");
            assertEquals(Set.of(baseline), claimed.managed().keySet());
            assertEquals(
                    Set.of(Direction.values()), claimed.managed().get(baseline).directions());

            deleteBaseline("twin-twin");
            converged("the baseline was deleted");
            cluster.stopOperator();
            deleteBaseline("twin-twin");
            cluster.startOperator();
            assertEquals(
                    claimed.managed(),
                    converged("it was deleted while no operator ran").managed());

            cluster.segment("others", List.of("nobody-*"), false, true, "Namespace");
            awaitReady("twins", "True", "Enrolled");
            assertEquals(
                    Set.of(Direction.INGRESS),
                    converged("one gave way").managed().get(baseline).directions());
        } finally {
            client.namespaces().withName("twin-twin").delete();
            Await.until(
                    "it is gone",
                    Cluster.PATIENCE,
                    () -> client.namespaces().withName("twin-twin").get() == null);
        }
    }

    private void deleteBaseline(String namespace) {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("bulkhead-baseline")
                .delete();
    }

    @Test
    void aNamespaceThatTerminatesIsLeftAlone() {
        cluster.namespace("town-old");
        cluster.foreignPolicy("town-old");
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("town-old")
                        .withName("anchor")
                        .addToFinalizers("example.org/anchor")
                        .endMetadata()
                        .build())
                .create();
        cluster.segment("town", List.of("town-*"), true, true, "Namespace");
        converged("enrolled");
        assertTrue(policiesOf("town-old") > 1);
        try (Recording recording = new Recording(client)) {
            client.namespaces().withName("town-old").delete();
            Await.until("its policies are gone", Cluster.PATIENCE, () -> policiesOf("town-old") == 0);
            cluster.segment("town", List.of("town-*"), true, false, "Workload");
            converged("with another regime");
            assertEquals(
                    "Active",
                    client.namespaces().withName("town-shop").get().getStatus().getPhase());
            recording.states();
            assertFalse(recording.events().stream()
                    .anyMatch(event -> event.contains(" town-old/") && !event.startsWith("DELETED")));
        } finally {
            client.configMaps().inNamespace("town-old").withName("anchor").edit(found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
            });
        }
        Await.until(
                "it is gone",
                Cluster.PATIENCE,
                () -> client.namespaces().withName("town-old").get() == null);
        assertEquals(0, policiesOf("town-old"));
    }

    /** What the judge of all the other tests is worth. */
    @Test
    void aGapAndAHoleWouldBeFound() {
        cluster.segment("town", List.of("town-*"), true, true, "Namespace");
        Observation enrolled = converged("enrolled");
        Map<NetworkPolicy.Key, NetworkPolicy> all = enrolled.policies();
        Map<NetworkPolicy.Key, NetworkPolicy> baselines =
                Maps.filterKeys(all, key -> key.name().equals("bulkhead-baseline"));
        List<String> gaps = new Transition(enrolled.world(), List.of(all, baselines, all)).wrong();
        assertTrue(gaps.stream().anyMatch(wrong -> wrong.startsWith("gap")));
        assertTrue(gaps.stream().noneMatch(wrong -> wrong.startsWith("hole")), gaps::toString);
        List<String> holes = new Transition(enrolled.world(), List.of(all, Map.of(), all)).wrong();
        assertTrue(holes.stream().anyMatch(wrong -> wrong.startsWith("hole")));
        assertTrue(holes.stream().noneMatch(wrong -> wrong.startsWith("gap")), holes::toString);
    }

    private void judged(String what, Runnable change) {
        assertTrue(Transition.judge(client, what, change) > 2, what + ": nothing was to be judged");
    }

    private Observation converged(String situation) {
        return Observation.converged(client, situation, Cluster.PATIENCE);
    }

    private void awaitPolicies(String what, int count) {
        Await.until(
                what,
                Cluster.PATIENCE,
                () -> client.network()
                                .v1()
                                .networkPolicies()
                                .inAnyNamespace()
                                .list()
                                .getItems()
                                .size()
                        >= count);
    }

    private long policiesOf(String namespace) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
    }

    private SegmentStatus status(String segment) {
        return client.resources(Segment.class).withName(segment).get().getStatus();
    }

    private void awaitReady(String segment, String status, String reason) {
        Await.until(segment + " is " + reason, Cluster.PATIENCE, () -> {
            Segment found = client.resources(Segment.class).withName(segment).get();
            return found.getStatus() != null
                    && found.getMetadata()
                            .getGeneration()
                            .equals(found.getStatus().observedGeneration())
                    && found.getStatus().conditions().stream()
                            .anyMatch(condition -> isReady(condition, status, reason));
        });
    }

    private static boolean isReady(Condition condition, String status, String reason) {
        return condition.type().equals("Ready")
                && condition.status().toString().equalsIgnoreCase(status)
                && condition.reason().equals(reason);
    }

    private Set<String> eventsOfConflicts() {
        return client.events().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> event.getReason().equals("Conflict"))
                .map(event -> event.getRegarding().getName())
                .collect(Collectors.toSet());
    }
}
