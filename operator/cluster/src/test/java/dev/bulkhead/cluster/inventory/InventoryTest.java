package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.pod;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");
    private static final DeclaredIntent CHECKOUT = Sightings.intent("shop", "checkout", "pay");

    private final RecordingListener listener = new RecordingListener();
    private final FakeSource source = new FakeSource();
    private Inventory.Feed feed;
    private final Inventory inventory = new Inventory(
            "bulkhead-system",
            List.of(Cidr.parse("10.96.0.0/12")),
            OperatorSettings.DEFAULT_NAMESPACE_MEMORY,
            listener,
            given -> {
                feed = given;
                return source;
            });

    @BeforeEach
    void begin() {
        source.listed.complete(null);
        for (String name : List.of("shop", "pay", "bulkhead-system", "kube-system")) {
            feed.state().namespace(name, Optional.of(namespace(name)));
        }
        feed.state().segment("town", Sightings.of(Sightings.segment("town", "shop", "bulkhead-system", "kube-*"), 1));
        source.guardrailsDefinedSince = () -> Optional.of(Instant.EPOCH.plusSeconds(100));
        inventory.start(Duration.ofMinutes(1), failure -> {});
    }

    @Test
    void onceEverythingIsReadThoseForWhichThereIsSomethingToDoAreWoken() {
        assertEquals(List.of("touched [shop]", "enrolment"), listener.told);
        assertTrue(inventory.pendingWithdrawals().isExpected("shop"));
    }

    @Test
    void noSegmentEnrolsTheOperatorsOwnNamespaceOrThoseOfTheSystem() {
        assertEquals(Set.of("shop"), inventory.snapshot().enrolment().segments().keySet());
    }

    @Test
    void rangesThatSomebodyNamedAreTheClustersOwn() {
        assertTrue(inventory.snapshot().world().facts().networks().contains(Cidr.parse("10.96.0.0/12")));
    }

    @Test
    void whoIsTouchedIsToldAndNobodyIsToldOfNobody() {
        listener.told.clear();
        feed.touched().accept(AffectedNamespaces.NOBODY);
        feed.touched().accept(AffectedNamespaces.growth(Set.of("pay")));
        feed.touched().accept(AffectedNamespaces.enrolment(Set.of()));
        assertEquals(List.of("touched [pay]", "enrolment"), listener.told);
    }

    @Test
    void fromTheLookToTheCompilationEveryChangeWakesANamespace() {
        assertTrue(inventory.snapshotFor("shop").world().namespaces().containsKey("shop"));
        assertEquals(Set.of("shop"), podOfTheSystem("a").namespaces());
        inventory.compiled("shop", Optional.empty());
        assertEquals(Set.of(), podOfTheSystem("b").namespaces());
        inventory.compiled(
                "shop",
                Optional.of(new Dependencies(
                        ImmutableSet.of(new Dependency.Contents("kube-system", Dependency.Kind.PODS)),
                        ImmutableSet.of())));
        assertEquals(Set.of("shop"), podOfTheSystem("c").namespaces());
    }

    /** Of a class of its own. */
    private AffectedNamespaces podOfTheSystem(String name) {
        return feed.state().pod("kube-system", name, Optional.of(pod("kube-system", name, podClass(name))));
    }

    @Test
    void aWriteIsKnownBeforeTheWatchShowsIt() {
        LivePolicy written = LivePolicies.baseline("uid", "9");
        inventory.writing(BASELINE, Optional.of(written.policy()));
        inventory.written(written);
        inventory.answered(BASELINE);
        assertEquals(Map.of("bulkhead-baseline", written), inventory.snapshot().policies("shop"));
        inventory.deleted(BASELINE, "uid");
        assertEquals(Map.of(), inventory.snapshot().policies("shop"));
    }

    @Test
    void theEchoOfAWriteThatIsNotAnsweredYetIsNoNewsAndAfterTheAnswerAChangeIs() {
        LivePolicy written = LivePolicies.baseline("uid", "9");
        inventory.writing(BASELINE, Optional.of(written.policy()));
        assertFalse(feed.state().policy(written));
        inventory.answered(BASELINE);
        feed.state().policyGone(BASELINE, "uid");
        assertTrue(feed.state().policy(LivePolicies.baseline("another", "10")));
    }

    @Test
    void aPolicyOfOursThatARefusedWriteShowsToBeGoneIsDrift() {
        inventory.written(LivePolicies.baseline("uid", "9"));
        listener.told.clear();
        inventory.gone(BASELINE, "another");
        assertEquals(List.of(), listener.told);
        inventory.gone(BASELINE, "uid");
        assertEquals(List.of("drifted shop/bulkhead-baseline by ''"), listener.told);
        assertEquals(Map.of(), inventory.snapshot().policies("shop"));
    }

    /** The watch shows nothing new of it any more. */
    @Test
    void whoeverRestsOnAPolicyByOthersIsToldWhatOurWritesFindOutOfIt() {
        LivePolicy theirs = LivePolicies.byOthers(LivePolicies.policy("pay", "theirs"), "kubectl", "theirs", "9");
        NetworkPolicy.Key key = theirs.policy().key();
        inventory.compiled(
                "shop",
                Optional.of(new Dependencies(
                        ImmutableSet.of(new Dependency.Contents("pay", Dependency.Kind.POLICIES_BY_OTHERS)),
                        ImmutableSet.of())));
        listener.told.clear();
        inventory.written(theirs);
        assertEquals(List.of("touched [shop]"), listener.told);
        inventory.deleted(key, "theirs");
        assertEquals(List.of("touched [shop]", "touched [shop]"), listener.told);
        inventory.written(LivePolicies.byOthers(LivePolicies.policy("pay", "theirs"), "kubectl", "again", "10"));
        listener.told.clear();
        inventory.gone(key, "again");
        assertEquals(List.of("touched [shop]"), listener.told);
    }

    @Test
    void statusesOfAllKindsAreKeptAsTheyAreWritten() {
        AccessIntentStatus status = Sightings.status("1/1");
        feed.state().intent(CHECKOUT.key(), Sightings.of(CHECKOUT, 1));
        inventory.intentStatuses().statusWritten(CHECKOUT.key(), Sightings.live(1, Optional.of(status), "10"));
        assertEquals(
                Optional.of(status),
                inventory.intentStatuses().status(CHECKOUT.key()).orElseThrow().status());
        assertEquals(
                Map.of("shop", List.of(status)),
                inventory.intentStatusesByNamespace().asMap());
        assertEquals(
                Map.of("checkout", status), inventory.view().intentStatuses().get("shop"));

        assertEquals(
                Sightings.revision(1),
                inventory.segmentStatuses().status("town").orElseThrow().revision());
        feed.state().guardrail("exits", Sightings.of(Sightings.guardrail("exits", "nothing leaves"), 7));
        assertEquals(
                Sightings.revision(7),
                inventory.guardrailStatuses().status("exits").orElseThrow().revision());
    }

    @Test
    void podsWithoutStampAreCountedAndWhatIsMissingForStampsIsSaid() {
        feed.state().pod("shop", "a", Optional.of(pod("shop", "a", podClass("web"))));
        assertEquals(1, inventory.unstampedPods(List.of("shop", "pay")));
        assertEquals(0, inventory.unstampedPods(List.of("pay")));
        assertEquals(4, inventory.identityFlaws().size());
    }

    @Test
    void guardrailsMayFollowForAWhileWhereTheirDefinitionIsNewerThanWhatTheyMayHaveLimited() {
        Instant defined = Instant.EPOCH.plusSeconds(100);
        assertEquals(
                Optional.of(defined.plus(LostDeclarations.TIME_TO_FOLLOW)),
                inventory.guardrailsFollowUntil(defined.minusSeconds(1)));
        assertEquals(Optional.empty(), inventory.guardrailsFollowUntil(defined));
    }

    @Test
    void whatIsInterruptedAndWhatIsAskedForIsTheSourcesBusiness() {
        source.interrupted = List.of("Pod");
        assertEquals(List.of("Pod"), inventory.interrupted());
        source.quiet = Map.of("Pod", Duration.ofSeconds(7));
        assertEquals(source.quiet, inventory.quietWatches());
        inventory.comparePolicies("shop");
        inventory.readAnew("Segment");
        inventory.close();
        assertEquals(List.of("compare shop", "read Segment", "close"), source.asked);
    }

    @Test
    void aKindThatIsRefusedAndDoneWithoutIsInterruptedAndNotMissed() {
        source.interrupted = List.of("EndpointSlice", "Pod");
        source.doneWithout = List.of("EndpointSlice");
        assertEquals(List.of("EndpointSlice", "Pod"), inventory.interrupted());
        assertEquals(List.of("Pod"), inventory.missed());
    }

    @Test
    void onARealClientNothingIsWatchedBeforeTheStart() {
        Inventory real = new Inventory(
                mock(KubernetesClient.class), OperatorSettings.alone(), listener, new LogQuota(new SetClock()));
        assertEquals(List.of(), real.interrupted());
        assertEquals(Set.of(), real.snapshot().world().namespaces().keySet());
        real.close();
    }
}
