package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static dev.bulkhead.cluster.inventory.Contents.terminating;
import static dev.bulkhead.cluster.inventory.Sightings.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryStateTest {

    private static final Workload.Key CHECKOUT = new Workload.Key("Deployment", "checkout");

    private final InventoryState state = new InventoryState(Set.of("kube-system"), ClusterFacts.unknown(false));
    private final Compiler compiler = new Compiler();
    private long generation;

    @BeforeEach
    void begin() {
        for (String name : List.of("shop", "pay", "cache", "lonely", "kube-system")) {
            state.namespace(name, Optional.of(Namespace.empty(name)));
        }
        segment("town", "shop", "pay", "cache");
        for (String namespace : List.of("pay", "cache")) {
            state.intent(
                    new DeclaredIntent.Key(namespace, "offer"),
                    sighting(
                            intent(namespace, "offer", Direction.INGRESS, "shop", new WorkloadSelector.All()),
                            next(),
                            Optional.empty()));
        }
        compile(state.complete());
    }

    /** As the reconciler does with those that are woken. */
    private AffectedNamespaces compile(AffectedNamespaces touch) {
        for (String namespace : touch.namespaces()) {
            InventorySnapshot snapshot = state.snapshotFor(namespace);
            Compilation compilation = compiler.compile(
                    snapshot.world(),
                    snapshot::policiesByOthers,
                    snapshot.declarations(),
                    snapshot.enrolment(),
                    namespace);
            state.compiled(namespace, Optional.of(compilation.dependencies()));
        }
        return touch;
    }

    @Test
    void anIntentThatTurnsToAnotherNamespaceTouchesTheOneItLeft() {
        assertEquals(Set.of("shop", "pay"), intent("checkout", "pay").namespaces());
        AffectedNamespaces retargeted = intent("checkout", "cache");
        assertEquals(Set.of("shop", "pay", "cache"), retargeted.namespaces());
        assertTrue(retargeted.mayWithdraw());
        assertEquals(Set.of("shop", "cache"), state.intentGone(key("checkout")).namespaces());
    }

    @Test
    void aNewIntentWithdrawsNothing() {
        assertFalse(intent("checkout", "pay").mayWithdraw());
    }

    @Test
    void whoMayHaveToWithdrawIsKnownAsSoonAsTheChangeIs() {
        for (String name : List.of("shop", "pay", "cache")) {
            state.pending().settle(name, state.pending().latestWake(name));
        }
        intent("checkout", "pay");
        assertEquals(Set.of(), state.pending().namespaces());
        intent("checkout", "cache");
        assertEquals(Set.of("shop", "pay", "cache"), state.pending().namespaces());

        long seen = state.pending().latestWake("shop");
        state.intentGone(key("checkout"));
        state.pending().settle("shop", seen);
        assertTrue(state.pending().isExpected("shop"), "it has not seen the last change");
        state.namespace("shop", Optional.empty());
        assertFalse(state.pending().isExpected("shop"));
    }

    @Test
    void nobodyWaitsForANamespaceThatIsBeingDeleted() {
        intent("checkout", "pay");
        state.namespace("pay", Optional.of(terminating("pay")));
        assertFalse(state.pending().isExpected("pay"));
        intent("checkout", "cache");
        assertFalse(state.pending().isExpected("pay"));
        assertTrue(state.pending().isExpected("cache"));
    }

    @Test
    void aPolicyThatSomebodyChangesMayHaveToBeWithdrawn() {
        for (String name : List.of("shop", "pay", "cache")) {
            state.pending().settle(name, state.pending().latestWake(name));
        }
        LivePolicy foreign = policy("uid", "9", LabelSelector.everything());
        state.policy(foreign);
        assertTrue(state.pending().isExpected(foreign.policy().key().namespace()));
    }

    @Test
    void anotherPodOfAKnownClassChangesNothing() {
        PodClass known = podClass("checkout");
        assertEquals(
                Set.of("shop"),
                state.pod("shop", "a", Optional.of(pod("shop", known))).namespaces());
        InventorySnapshot before = state.snapshot();
        assertSame(AffectedNamespaces.NOBODY, state.pod("shop", "b", Optional.of(pod("shop", known))));
        assertSame(AffectedNamespaces.NOBODY, state.pod("shop", "b", Optional.empty()));
        assertSame(before.world().namespaces(), state.snapshot().world().namespaces());
        assertEquals(Set.of("shop"), state.pod("shop", "a", Optional.empty()).namespaces());
    }

    @Test
    void whatStandsInANamespaceConcernsThoseWhoSpeakOfIt() {
        intent("checkout", "pay");
        assertEquals(
                Set.of("shop", "pay"),
                state.pod("pay", "a", Optional.of(pod("pay", podClass("payments"))))
                        .namespaces());
    }

    /** Within the boundary of a segment a policy of one end rests on what the other end declares. */
    private void oneEndIsEnough() {
        segment("town", DeclaredSegment.TrustBoundary.SEGMENT, "shop", "lonely");
        compile(state.intent(
                key("checkout"),
                sighting(
                        intent("shop", "checkout", Direction.EGRESS, "lonely", new WorkloadSelector.Owner(CHECKOUT)),
                        next(),
                        Optional.empty())));
    }

    private AffectedNamespaces checkoutSelects(String app) {
        return compile(state.workload(
                "shop", CHECKOUT, Optional.of(new Workload(CHECKOUT, LabelSelector.label("app", app), podClass(app)))));
    }

    @Test
    void anIntentWakesItsPeerThatDeclaresNothingWhereOneEndIsEnough() {
        segment("town", DeclaredSegment.TrustBoundary.SEGMENT, "shop", "lonely");
        assertEquals(Set.of("shop", "lonely"), intent("checkout", "lonely").namespaces());
        assertEquals(Set.of("shop", "lonely"), state.intentGone(key("checkout")).namespaces());
    }

    @Test
    void aSegmentThatTakesOneEndAwayWakesTheOther() {
        checkoutSelects("checkout");
        oneEndIsEnough();
        assertTrue(segment("stronger", "shop").namespaces().contains("lonely"));
    }

    @Test
    void anotherSelectorOfTheWorkloadAtOneEndWakesTheOther() {
        checkoutSelects("checkout");
        oneEndIsEnough();
        assertTrue(checkoutSelects("till").namespaces().contains("lonely"));
    }

    @Test
    void aPodWakesNobodyWhoHasNothingToDoWithItsNamespace() {
        intent("checkout", "pay");
        assertEquals(
                Set.of(),
                state.pod("lonely", "a", Optional.of(pod("lonely", podClass("any"))))
                        .namespaces());
        assertEquals(
                Set.of("cache"),
                state.pod("cache", "a", Optional.of(pod("cache", podClass("any"))))
                        .namespaces());
    }

    @Test
    void theDnsIsEverybodysByItsServiceAloneNotByWhatElseRunsBesideIt() {
        assertEquals(
                Set.of(),
                state.pod("kube-system", "a", Optional.of(pod("kube-system", podClass("any"))))
                        .namespaces());
        AffectedNamespaces touch = state.service(
                "kube-system",
                "kube-dns",
                Optional.of(new Service(
                        "kube-dns",
                        true,
                        LabelSelector.label("app", "dns"),
                        ImmutableList.of(),
                        ImmutableSortedSet.of())));
        assertEquals(Set.of("shop", "pay", "cache"), touch.namespaces());
        assertTrue(touch.enrolment());
    }

    @Test
    void whileANamespaceIsCompiledEveryChangeWakesIt() {
        state.snapshotFor("shop");
        Optional<Pod> any = Optional.of(pod("cache", podClass("any")));
        assertEquals(Set.of("shop", "cache"), state.pod("cache", "a", any).namespaces());
        state.compiled("shop", Optional.empty());
        assertEquals(Set.of("cache"), state.pod("cache", "a", Optional.empty()).namespaces());
    }

    @Test
    void whatWasCompiledForANamespaceThatWentMeanwhileIsNotRemembered() {
        intent("checkout", "pay");
        Optional<Pod> any = Optional.of(pod("pay", podClass("any")));
        state.snapshotFor("shop");
        state.namespace("shop", Optional.empty());
        state.compiled(
                "shop",
                Optional.of(new Dependencies(
                        ImmutableSet.of(new Dependency.Contents("pay", Dependency.Kind.PODS)), ImmutableSet.of())));
        state.namespace("shop", Optional.of(Namespace.empty("shop")));
        assertEquals(Set.of("pay"), state.pod("pay", "a", any).namespaces());
    }

    @Test
    void anIntentThatNobodyEverUnderstoodWakesThoseWhosePoliciesCarryItOnceItGoes() {
        DeclaredIntent.Key broken = new DeclaredIntent.Key("pay", "broken");
        LivePolicy carrying = policy(
                "uid", "9", LabelSelector.everything(), ImmutableSortedMap.of(Marker.INTENTS, "checkout,pay/broken"));
        state.written(carrying);
        state.written(LivePolicies.of("cache", "bulkhead-baseline", "carries nothing", "9"));
        state.written(LivePolicies.of(
                new NetworkPolicy(
                        new NetworkPolicy.Key("lonely", "theirs"),
                        ImmutableSortedMap.of(),
                        carrying.policy().annotations(),
                        LabelSelector.everything(),
                        ImmutableSet.of(Direction.INGRESS),
                        ImmutableList.of(),
                        ImmutableList.of()),
                "theirs",
                "9"));
        state.intent(
                broken,
                new DecodedObject<>(
                        Optional.empty(),
                        "it is broken",
                        new LiveStatus<>(next(), Optional.empty(), "9"),
                        /* weight= */ 0));

        AffectedNamespaces touch = state.intentGone(broken);

        assertEquals(Set.of("shop", "pay"), touch.namespaces());
        assertTrue(touch.mayWithdraw());
    }

    @Test
    void aSegmentThatNobodyEverUnderstoodMayHaveClaimedAnyNamespace() {
        DecodedObject<DeclaredSegment, SegmentStatus> broken = new DecodedObject<>(
                Optional.empty(), "it is broken", new LiveStatus<>(next(), Optional.empty(), "9"), /* weight= */ 0);
        assertEquals(
                Set.of("shop", "pay", "cache"), state.segment("broken", broken).namespaces());
        assertEquals(Set.of("shop", "pay", "cache"), state.segmentGone("broken").namespaces());
    }

    @Test
    void aSegmentThatLosesANamespaceTouchesIt() {
        AffectedNamespaces touch = segment("town", "shop", "pay");
        assertTrue(touch.namespaces().contains("cache"));
        assertFalse(touch.namespaces().contains("lonely"));
        assertEquals(Optional.empty(), state.snapshot().enrolment().segment("cache"));
    }

    @Test
    void anIntentThatDecodesNoMoreKeepsItsMeaning() {
        intent("checkout", "pay");
        state.intent(
                key("checkout"),
                new DecodedObject<>(
                        Optional.empty(),
                        "it is broken",
                        new LiveStatus<>(next(), Optional.empty(), "9"),
                        /* weight= */ 0));
        NamespaceDeclarations declared = state.snapshot().declared("shop");
        assertTrue(declared.intents().intents().containsKey("checkout"));
        assertTrue(declared.rejections().get("checkout").meaningKept());
        assertFalse(declared.revisions().containsKey("checkout"));
    }

    @Test
    void aStatusThatComesBackIsNoNews() {
        DeclaredIntent intent = anIntent("checkout", "pay");
        Revision revision = next();
        DecodedObject<DeclaredIntent, AccessIntentStatus> sighting = new DecodedObject<>(
                Optional.of(intent), "", new LiveStatus<>(revision, Optional.empty(), "9"), /* weight= */ 0);
        assertEquals(Set.of("shop", "pay"), state.intent(intent.key(), sighting).namespaces());
        assertSame(AffectedNamespaces.NOBODY, state.intent(intent.key(), sighting));
    }

    @Test
    void aStatusThatSomebodyElseWroteIsNewsAndOursIsNotHoweverLateItShows() {
        DeclaredIntent intent = anIntent("checkout", "pay");
        Revision revision = next();
        state.intent(intent.key(), sighting(intent, revision, Optional.empty(), "10"));
        Statuses<DeclaredIntent.Key, AccessIntentStatus> statuses = state.intentStatuses();
        AccessIntentStatus first = status("1/2");
        AccessIntentStatus second = status("2/2");
        statuses.statusMeant(intent.key(), first);
        statuses.statusWritten(intent.key(), new LiveStatus<>(revision, Optional.of(first), "11"));
        statuses.statusMeant(intent.key(), second);
        statuses.statusWritten(intent.key(), new LiveStatus<>(revision, Optional.of(second), "12"));

        assertSame(
                AffectedNamespaces.NOBODY,
                state.intent(intent.key(), sighting(intent, revision, Optional.of(first), "11")));
        assertEquals(
                Optional.of(second), statuses.status(intent.key()).orElseThrow().status());
        assertSame(
                AffectedNamespaces.NOBODY,
                state.intent(intent.key(), sighting(intent, revision, Optional.of(second), "12")));
        assertIsNews(sighting(intent, revision, Optional.empty(), "13"));
        assertIsNews(sighting(intent, revision, Optional.of(status("9/9")), "14"));
        // One of ours that somebody else brought back.
        assertIsNews(sighting(intent, revision, Optional.of(first), "15"));
    }

    @Test
    void aStatusThatSomebodyElseWroteBeforeTheAnswerToOurWriteCameIsKept() {
        DeclaredIntent intent = anIntent("checkout", "pay");
        Revision revision = next();
        state.intent(intent.key(), sighting(intent, revision, Optional.empty(), "10"));
        Statuses<DeclaredIntent.Key, AccessIntentStatus> statuses = state.intentStatuses();
        AccessIntentStatus ours = status("1/2");
        statuses.statusMeant(intent.key(), ours);
        assertSame(
                AffectedNamespaces.NOBODY,
                state.intent(intent.key(), sighting(intent, revision, Optional.of(ours), "11")));
        assertIsNews(sighting(intent, revision, Optional.of(status("9/9")), "12"));
        statuses.statusWritten(intent.key(), new LiveStatus<>(revision, Optional.of(ours), "11"));

        assertEquals(
                Optional.of(status("9/9")),
                statuses.status(intent.key()).orElseThrow().status());
    }

    private void assertIsNews(DecodedObject<DeclaredIntent, AccessIntentStatus> sighting) {
        assertTrue(state.intent(sighting.meaning().orElseThrow().key(), sighting)
                .namespaces()
                .contains("shop"));
    }

    private static DecodedObject<DeclaredIntent, AccessIntentStatus> sighting(
            DeclaredIntent intent, Revision revision, Optional<AccessIntentStatus> status) {
        return sighting(intent, revision, status, "9");
    }

    private static DecodedObject<DeclaredIntent, AccessIntentStatus> sighting(
            DeclaredIntent intent, Revision revision, Optional<AccessIntentStatus> status, String version) {
        return new DecodedObject<>(
                Optional.of(intent), "", new LiveStatus<>(revision, status, version), /* weight= */ 0);
    }

    @Test
    void theEchoOfAWriteIsNoNewsWhetherItComesBeforeTheAnswerOrAfter() {
        LivePolicy first = policy("uid", "9", LabelSelector.everything());
        NetworkPolicy.Key key = first.policy().key();
        state.writing(key, Optional.of(first.policy()));
        assertFalse(state.policy(first));
        state.written(first);
        state.answered(key);
        LivePolicy second = policy("uid", "10", LabelSelector.label("app", "web"));
        state.written(second);
        assertFalse(state.policy(first), "older");
        assertFalse(state.policy(second));
        assertEquals(second, state.livePolicy(key).orElseThrow());
        assertTrue(state.policy(policy("uid", "11", LabelSelector.everything())), "somebody else's");
    }

    @Test
    void aPolicyThatWasDeletedDoesNotComeBackWithALateEvent() {
        LivePolicy policy = policy("uid", "9", LabelSelector.everything());
        NetworkPolicy.Key key = policy.policy().key();
        state.written(policy);
        state.deleted(key, "uid");
        assertFalse(state.policy(policy));
        assertEquals(Optional.empty(), state.livePolicy(key));
        assertFalse(state.policyGone(key, "uid"));
        LivePolicy again = policy("another uid", "12", LabelSelector.everything());
        state.written(again);
        assertFalse(state.policyGone(key, "uid"), "the earlier object's");
        assertTrue(state.policyGone(key, "another uid"));
    }

    @Test
    void aPolicyThatSomebodyDeletesBeforeWeAreToldThatWeMadeItIsGone() {
        LivePolicy policy = policy("uid", "9", LabelSelector.everything());
        NetworkPolicy.Key key = policy.policy().key();
        state.writing(key, Optional.of(policy.policy()));
        state.policy(policy);
        assertTrue(state.policyGone(key, "uid"));
        state.written(policy);
        state.answered(key);
        assertEquals(Optional.empty(), state.livePolicy(key));
    }

    @Test
    void oneThatSomebodyDeletesBeforeWeAreToldThatWeChangedItIsGone() {
        LivePolicy before = policy("uid", "9", LabelSelector.everything());
        LivePolicy after = policy("uid", "10", LabelSelector.label("app", "web"));
        NetworkPolicy.Key key = before.policy().key();
        state.policy(before);
        state.writing(key, Optional.of(after.policy()));
        assertTrue(state.policyGone(key, "uid"));
        state.written(after);
        state.answered(key);
        assertEquals(Optional.empty(), state.livePolicy(key));
        LivePolicy again = policy("another uid", "12", LabelSelector.everything());
        state.writing(key, Optional.of(again.policy()));
        state.written(again);
        state.answered(key);
        assertEquals(Optional.of(again), state.livePolicy(key));
    }

    private AffectedNamespaces intent(String name, String peer) {
        return compile(state.intent(key(name), sighting(anIntent(name, peer), next(), Optional.empty())));
    }

    private static DeclaredIntent anIntent(String name, String peer) {
        return intent("shop", name, Direction.EGRESS, peer, new WorkloadSelector.All());
    }

    private static DeclaredIntent intent(
            String namespace, String name, Direction direction, String peer, WorkloadSelector workload) {
        return new DeclaredIntent(
                new DeclaredIntent.Key(namespace, name),
                workload,
                ImmutableList.of(new Rule(
                        direction,
                        0,
                        new Peer.OfWorkload(peer, new WorkloadSelector.All()),
                        Ports.port(Protocol.TCP, 8080),
                        "")));
    }

    private static DeclaredIntent.Key key(String name) {
        return new DeclaredIntent.Key("shop", name);
    }

    private AffectedNamespaces segment(String name, String... namespaces) {
        return segment(name, DeclaredSegment.TrustBoundary.NAMESPACE, namespaces);
    }

    private AffectedNamespaces segment(String name, DeclaredSegment.TrustBoundary boundary, String... namespaces) {
        DeclaredSegment segment = new DeclaredSegment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.of(),
                ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
                boundary,
                /* dns= */ true,
                /* verified= */ false);
        return compile(state.segment(
                name,
                new DecodedObject<>(
                        Optional.of(segment), "", new LiveStatus<>(next(), Optional.empty(), "9"), /* weight= */ 0)));
    }

    private Revision next() {
        generation++;
        return new Revision("uid", generation);
    }

    private static Pod pod(String namespace, PodClass traits) {
        return new Pod(
                namespace, "a", new WorkloadName(namespace, "Deployment", "any"), traits, ImmutableSortedSet.of());
    }

    private static LivePolicy policy(String uid, String version, LabelSelector subject) {
        return policy(uid, version, subject, ImmutableSortedMap.of());
    }

    private static LivePolicy policy(
            String uid, String version, LabelSelector subject, ImmutableSortedMap<String, String> annotations) {
        NetworkPolicy policy = new NetworkPolicy(
                new NetworkPolicy.Key("shop", "bulkhead-baseline"),
                Marker.labels(Marker.Role.BASELINE),
                annotations,
                subject,
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.of(),
                ImmutableList.of());
        return new LivePolicy(
                policy, uid, version, Instant.EPOCH, false, false, "", DeletionBlockers.NONE, Optional.empty());
    }
}
