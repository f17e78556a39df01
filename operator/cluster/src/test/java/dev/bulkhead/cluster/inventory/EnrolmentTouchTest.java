package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static dev.bulkhead.cluster.inventory.Contents.service;
import static dev.bulkhead.cluster.inventory.Contents.stamped;
import static dev.bulkhead.cluster.inventory.Contents.workload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what segments say of themselves is looked at again. */
class EnrolmentTouchTest {

    private static final Workload.Key WEB = new Workload.Key("Deployment", "web");

    private final InventoryState state = new InventoryState(Set.of("kube-system"), ClusterFacts.unknown(false));

    @BeforeEach
    void begin() {
        for (String name : List.of("shop", "pay", "metrics", "dns", "kube-system")) {
            state.namespace(name, Optional.of(namespace(name)));
        }
        state.segment("town", Sightings.of(Sightings.segment("town", "shop"), 1));
        state.complete();
    }

    @Test
    void whatStandsInANamespaceIsNothingThatSegmentsSpeakOf() {
        assertFalse(somePod("shop", "a").enrolment());
        assertFalse(
                state.service("shop", "web", Optional.of(service("web", 80))).enrolment());
        assertFalse(
                state.workload("shop", WEB, Optional.of(workload(WEB, "web"))).enrolment());
        DeclaredIntent intent = Sightings.intent("shop", "checkout", "pay");
        assertFalse(state.intent(intent.key(), Sightings.of(intent, 1)).enrolment());
        assertFalse(state.policyTouch("shop").enrolment());
    }

    @Test
    void whereTheNameServiceIsSaidToBeItsServicesAreLookedAt() {
        assertFalse(state.service("dns", "kube-dns", Optional.of(service("kube-dns", 53)))
                .enrolment());
        assertTrue(state.service("kube-system", "kube-dns", Optional.of(service("kube-dns", 53)))
                .enrolment());
        assertFalse(
                state.service("kube-system", "kube-dns", Optional.of(service("kube-dns", 53)))
                        .enrolment(),
                "known");
        say(WellKnown.KUBE_DNS, "dns");
        assertTrue(state.service("dns", "kube-dns", Optional.empty()).enrolment());
        assertFalse(state.service("kube-system", "kube-dns", Optional.empty()).enrolment());
    }

    @Test
    void whatStandsWhereAPlaceIsSaidToBeIsLookedAt() {
        assertFalse(somePod("metrics", "a").enrolment());
        say(WellKnown.MONITORING, "metrics");
        assertTrue(somePod("metrics", "b").enrolment());
        assertFalse(somePod("shop", "b").enrolment());
        state.wellKnown(Sightings.of(
                new WellKnownPlaces(
                        ImmutableMap.of(
                                WellKnown.MONITORING,
                                new WellKnownPlaces.Networks(
                                        ImmutableSortedSet.of(Cidr.parse("192.0.2.0/24")), Ports.none())),
                        ImmutableSortedSet.of()),
                3));
        assertFalse(somePod("metrics", "c").enrolment());
    }

    @Test
    void podsWithoutStampAreCountedAnewWhereStampsAreInForce() {
        Pod old = pod("shop", "old", podClass("web"));
        Pod next = pod("shop", "next", stamped(podClass("web")));
        assertFalse(state.pod("shop", "old", Optional.of(old)).enrolment(), "they are not in force");
        state.facts(() -> ClusterFacts.unknown(true));
        assertFalse(state.pod("shop", "next", Optional.of(next)).enrolment(), "it has its stamp");
        assertFalse(state.pod("shop", "old", Optional.of(old)).enrolment(), "known");
        assertTrue(state.pod("shop", "old", Optional.empty()).enrolment(), "one less");
        assertEquals(0, state.unstamped(List.of("shop")));
    }

    @Test
    void whateverBecomesOfTheAdmissionPoliciesIsLookedAt() {
        assertTrue(state.identity(() -> ClusterFacts.unknown(false)).enrolment(), "another flaw, say");
        assertSame(AffectedNamespaces.NOBODY, state.facts(() -> ClusterFacts.unknown(false)));
        AffectedNamespaces touch = state.identity(() -> ClusterFacts.unknown(true));
        assertTrue(touch.enrolment());
        assertEquals(Set.of("shop"), touch.namespaces());
    }

    @Test
    void aNamespaceThatComesOrGoesIsLookedAt() {
        assertTrue(state.namespace("shop", Optional.empty()).enrolment());
        assertSame(AffectedNamespaces.NOBODY, state.namespace("shop", Optional.empty()));
        AffectedNamespaces touch = state.namespace("shop", Optional.of(namespace("shop")));
        assertTrue(touch.enrolment());
        assertEquals(Set.of("shop"), touch.namespaces());
        assertSame(AffectedNamespaces.NOBODY, state.namespace("shop", Optional.of(namespace("shop"))));
    }

    @Test
    void aNamespaceIsEnrolledWhenItComesAndNoMoreWhenItIsGone() {
        assertEquals(Set.of("pay"), segment("city", 1, "pay", "later"));
        state.namespace("later", Optional.of(namespace("later")));
        assertEquals(
                "city",
                state.snapshot().enrolment().segment("later").orElseThrow().name());
        state.namespace("later", Optional.empty());
        assertEquals(
                Set.of("shop", "pay"), state.snapshot().enrolment().segments().keySet());
    }

    /** Something may be on its way there that is not known yet. */
    @Test
    void aNamespaceThatLeavesItsSegmentIsLookedAtAlthoughNothingIsKnownOfIt() {
        assertEquals(Set.of("shop"), state.segmentGone("town").namespaces());
    }

    @Test
    void aSegmentThatDecodesNoMoreStandsForWhatItStoodForAndClaimsNothingElse() {
        AffectedNamespaces touch = state.segment("town", Sightings.broken("it is broken", 2));
        assertEquals(Set.of(), touch.namespaces());
        assertTrue(touch.enrolment(), "it says so");
        assertEquals(Set.of("shop"), state.snapshot().enrolment().segments().keySet());
    }

    @Test
    void whatIsKnownTouchesNobody() {
        state.workload("shop", WEB, Optional.of(workload(WEB, "web")));
        state.service("shop", "web", Optional.of(service("web", 80)));
        assertSame(AffectedNamespaces.NOBODY, state.workload("shop", WEB, Optional.of(workload(WEB, "web"))));
        assertSame(AffectedNamespaces.NOBODY, state.service("shop", "web", Optional.of(service("web", 80))));
        assertEquals(
                Set.of("shop"), state.workload("shop", WEB, Optional.empty()).namespaces());
    }

    @Test
    void anotherLabelOfANamespaceWakesThoseThatSelectNamespacesByLabelsAndNothingElseDoes() {
        compiled("shop", new Dependency.Contents("pay", Dependency.Kind.LABELS));
        assertEquals(
                Set.of("shop"),
                state.namespace("pay", Optional.of(namespace("pay", Map.of("team", "a"))))
                        .namespaces());
        assertEquals(
                Set.of(),
                state.namespace("metrics", Optional.of(namespace("metrics", Map.of("team", "a"))))
                        .namespaces());
        state.namespace("pay", Optional.of(namespace("pay")));
        assertEquals(
                Set.of(),
                state.namespace("pay", Optional.of(Contents.terminating("pay"))).namespaces(),
                "its labels are what they were");
    }

    @Test
    void whatANamespaceDependsOnIsRememberedForAsLongAsItIsThere() {
        compiled("shop", new Dependency.Contents("pay", Dependency.Kind.PODS));
        state.namespace("shop", Optional.of(namespace("shop", Map.of("team", "a"))));
        assertEquals(Set.of("shop"), somePod("pay", "a").namespaces());
        state.namespace("shop", Optional.empty());
        state.namespace("shop", Optional.of(namespace("shop")));
        assertEquals(Set.of(), somePod("pay", "b").namespaces(), "another one, which has yet to look");
    }

    private void compiled(String namespace, Dependency... on) {
        state.compiled(namespace, Optional.of(new Dependencies(ImmutableSet.copyOf(on), ImmutableSet.of())));
    }

    @Test
    void anotherLabelOfANamespaceTouchesItAlone() {
        AffectedNamespaces touch = state.namespace("shop", Optional.of(namespace("shop", Map.of("team", "a"))));
        assertEquals(Set.of("shop"), touch.namespaces());
        assertEquals(
                Set.of(),
                state.namespace("pay", Optional.of(namespace("pay", Map.of("team", "a"))))
                        .namespaces());
    }

    @Test
    void whoIsClaimedByAnotherSegmentAsWellIsTouchedWithEveryChangeOfThat() {
        assertEquals(Set.of("shop"), segment("city", 1, "shop"));
        assertTrue(state.snapshot().enrolment().conflicts().containsKey("shop"));
        assertEquals(Set.of(), segment("land", 1, "metrics-*"));
        assertEquals(Set.of("shop"), segment("land", 2, "shop"), "one more");
        assertEquals(Set.of("shop"), state.segmentGone("land").namespaces(), "one less");
        assertEquals(Set.of("shop"), state.segmentGone("city").namespaces());
        assertEquals(
                "town",
                state.snapshot().enrolment().segment("shop").orElseThrow().name());
    }

    @Test
    void aNamespaceThatIsNotThereIsNotTouchedByTheSegmentThatNamesIt() {
        assertEquals(Set.of("pay"), segment("city", 1, "pay", "not-there"));
        state.namespace("pay", Optional.empty());
        assertEquals(Set.of(), state.segmentGone("city").namespaces());
    }

    @Test
    void aGuardrailTouchesEverybodyOnceForEachStateOfIt() {
        assertEquals(Set.of("shop"), guardrail("nothing leaves", 1).namespaces());
        assertSame(AffectedNamespaces.NOBODY, guardrail("nothing leaves", 1));
        AffectedNamespaces touch = guardrail("something leaves", 2);
        assertEquals(Set.of("shop"), touch.namespaces());
        assertTrue(touch.enrolment());
        assertTrue(touch.mayWithdraw());
    }

    @Test
    void whatIsThereIsNotDeletedAsLost() {
        guardrail("nothing leaves", 1);
        LostDeclarations.InForce inForce = state.guardrailsInForce();
        assertSame(AffectedNamespaces.NOBODY, inForce.deleted("exits"));
        assertTrue(state.snapshot().declarations().guardrails().containsKey("exits"));
        inForce.lost("exits");
        assertTrue(inForce.isLost("exits"));
        assertTrue(state.snapshot().declarations().guardrails().containsKey("exits"));
        assertEquals(Set.of("shop"), inForce.deleted("exits").namespaces());
        assertFalse(state.snapshot().declarations().guardrails().containsKey("exits"));
    }

    private AffectedNamespaces guardrail(String description, long generation) {
        return state.guardrail("exits", Sightings.of(Sightings.guardrail("exits", description), generation));
    }

    private Set<String> segment(String name, long generation, String... namespaces) {
        return state.segment(name, Sightings.of(Sightings.segment(name, namespaces), generation))
                .namespaces();
    }

    /** Of a class of its own. */
    private AffectedNamespaces somePod(String namespace, String name) {
        return state.pod(namespace, name, Optional.of(pod(namespace, name, podClass(name))));
    }

    private void say(WellKnown name, String namespace) {
        state.wellKnown(Sightings.of(
                new WellKnownPlaces(
                        ImmutableMap.of(
                                name, new WellKnownPlaces.Pods(namespace, new WorkloadSelector.All(), Ports.none())),
                        ImmutableSortedSet.of()),
                2));
    }
}
