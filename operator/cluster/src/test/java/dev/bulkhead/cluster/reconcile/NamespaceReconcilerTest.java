package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** The namespace {@code shop} is enforced as it should be, and holds a policy of ours that it should not. */
class NamespaceReconcilerTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");
    private static final NetworkPolicy OLD = TestCluster.allow("shop", "old", Direction.EGRESS, "web");

    private final SetTicker ticker = new SetTicker();
    private final TestCluster cluster =
            new TestCluster().namespace("shop", "web").enforced("town", "shop").live(baseline(), OLD);
    private final TestPolicies policies = new TestPolicies(cluster);
    private final PendingWithdrawals pending = Expected.of("shop");
    private final Inventory inventory = mock();
    private final WithdrawalBarrier barrier = mock();
    private final PassReporter reporter = mock();
    private final PolicyReporter policyReporter = mock();
    private final ReconcileWork work = mock();
    private final DriftTracker drift = new DriftTracker();
    private final Progress progress = new Progress(ticker);
    /** What the gates that are set hold back. */
    private final List<Hold> holds = new ArrayList<>();

    private NamespaceReconciler reconciler;

    @BeforeEach
    void assemble() {
        when(inventory.pendingWithdrawals()).thenReturn(pending);
        when(inventory.snapshotFor("shop")).thenAnswer(call -> cluster.snapshot());
        Reporters reporters = new Reporters(mock(), mock(), mock(), policyReporter, mock());
        Applier applier = new Applier(
                policies,
                inventory,
                new WriteCounters(key -> false),
                new WriteLog(new LogQuota(new SetClock()), key -> Optional.empty()));
        AdoptionTracker offers = new AdoptionTracker(policyReporter, ticker);
        ComputeThrottle pace = new ComputeThrottle(ticker);
        ReconcilePass pass = new ReconcilePass(
                inventory,
                new Gates(List.of(held(0), held(1))),
                new GatedExecution(
                        new PlanExecutor(applier::apply, progress, ticker),
                        pending,
                        drift,
                        new ConflictBackoff(ticker),
                        offers,
                        work,
                        reporters),
                reporter,
                offers,
                drift,
                pace,
                work);
        reconciler = new NamespaceReconciler(inventory, barrier, pass, pace, progress, work);
    }

    private Gate held(int index) {
        return proposal -> holds.stream().skip(index).findFirst();
    }

    /** Everybody may call an address. */
    private void declare() {
        cluster.intent(new DeclaredIntent(
                new DeclaredIntent.Key("shop", "checkout"),
                new WorkloadSelector.All(),
                ImmutableList.of(new Rule(
                        Direction.EGRESS,
                        0,
                        new Peer.OfNetwork(IpBlock.of(Cidr.parse("192.0.2.1/32"), List.of())),
                        Ports.port(Protocol.TCP, 443),
                        ""))));
    }

    private Optional<Duration> reconcile() {
        return reconciler.reconcile("shop");
    }

    @Test
    void theNamespaceComesToHoldWhatItShould() {
        declare();
        assertEquals(Optional.empty(), reconcile());
        assertEquals(2, policies.writes.size());
        assertTrue(policies.writes.contains("delete old"));
        assertEquals(
                List.of("bulkhead-baseline"),
                cluster.snapshot().policies("shop").keySet().stream()
                        .filter(name -> !policies.writes.contains("create " + name))
                        .toList());
        verify(reporter).settled(any(), eq(List.of()));
        verify(reporter, never()).cut(any(), any());
        verify(inventory).compiled(eq("shop"), argThat(Optional::isPresent));
        assertFalse(pending.isExpected("shop"));
    }

    @Test
    void whatIsRightIsLeftAlone() {
        reconcile();
        policies.writes.clear();
        assertEquals(Optional.empty(), reconcile());
        assertEquals(List.of(), policies.writes);
        verify(reporter, times(2)).settled(any(), eq(List.of()));
    }

    @Test
    void othersAreToldOfThePassBeforeItLooksAndOnceItIsOver() {
        reconcile();
        InOrder inOrder = inOrder(barrier, work, inventory, reporter);
        inOrder.verify(barrier).begin("shop");
        inOrder.verify(work).begun("shop");
        inOrder.verify(inventory).snapshotFor("shop");
        inOrder.verify(reporter).settled(any(), any());
        inOrder.verify(barrier).end("shop", true);
    }

    @Test
    void whatSomebodyChangedCountsAsPutRightOnceTheNamespaceHoldsWhatItShould() {
        drift.found(BASELINE, "kubectl");
        reconcile();
        assertEquals(Optional.empty(), drift.by(BASELINE));
        drift.found(OLD.key(), "kubectl");
        reconcile();
        assertEquals(Optional.empty(), drift.by(OLD.key()), "there was nothing left to be written");
    }

    @Test
    void whyAPolicyThatIsOfferedIsNotTakenOverIsTold() {
        NetworkPolicy offered = theirs("legacy", Map.of(Marker.ADOPT, "true"));
        cluster.live(offered);
        reconcile();
        verify(policyReporter).notAdopted(eq(offered.key()), any());
    }

    @Test
    void aNamespaceThatIsNotThereHasNothingToWithdrawAndNothingIsWritten() {
        cluster.namespaceGone("shop");
        assertNothingToDo();
    }

    @Test
    void norHasOneThatIsBeingDeleted() {
        cluster.terminating("shop");
        assertNothingToDo();
    }

    private void assertNothingToDo() {
        assertEquals(Optional.empty(), reconcile());
        assertEquals(List.of(), policies.writes);
        assertFalse(pending.isExpected("shop"));
        verify(reporter).gone("shop");
        verify(inventory).compiled("shop", Optional.empty());
        verify(barrier).end("shop", true);
        verify(reporter, never()).settled(any(), any());
    }

    @Test
    void whatHasToBeWithdrawnSinceThePassBeganIsNotSettledByIt() {
        when(inventory.snapshotFor("shop")).thenAnswer(call -> {
            InventorySnapshot before = cluster.snapshot();
            Expected.expect(pending, "shop");
            return before;
        });
        reconcile();
        assertTrue(pending.isExpected("shop"));
        cluster.terminating("shop");
        reconcile();
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void aNamespaceThatComesToItsEndDuringThePassIsDoneWithAndSettlesNothing() {
        policies.arriving = write -> {
            throw new KubernetesClientException("because it is being terminated", 403, null);
        };
        assertEquals(Optional.empty(), reconcile());
        verify(work).gone("shop");
        verify(barrier).end("shop", false);
        verify(reporter, never()).settled(any(), any());
        assertTrue(pending.isExpected("shop"));
        assertFalse(progress.isBusy("shop"));
    }

    @Test
    void aStaleViewIsPlannedAnewFourTimesAndNoMore() {
        policies.arriving = write -> {
            throw refusal(409);
        };
        assertThrows(StaleViewException.class, this::reconcile);
        verify(inventory, times(4)).snapshotFor("shop");
        verify(barrier, times(4)).begin("shop");
        verify(barrier, times(4)).end("shop", false);
        verify(reporter, never()).settled(any(), any());
        assertTrue(pending.isExpected("shop"));
        assertFalse(progress.isBusy("shop"));
        verify(inventory, times(3)).comparePolicies("shop");
    }

    @Test
    void onceTheViewIsFreshThePassSucceeds() {
        AtomicInteger refusals = new AtomicInteger(3);
        policies.arriving = write -> {
            if (refusals.getAndDecrement() > 0) {
                throw refusal(409);
            }
        };
        assertEquals(Optional.empty(), reconcile());
        assertEquals(List.of("delete old"), policies.writes);
        verify(barrier, times(3)).end("shop", false);
        verify(barrier).end("shop", true);
    }

    @Test
    void anythingElseThatFailsIsNotTriedAgainAtOnce() {
        policies.arriving = write -> {
            throw refusal(503);
        };
        assertThrows(KubernetesClientException.class, this::reconcile);
        verify(inventory).snapshotFor("shop");
        verify(barrier).end("shop", false);
        assertFalse(progress.isBusy("shop"));
    }

    @Test
    void whatWasWrittenBeforeAFailureIsTold() {
        declare();
        policies.arriving = write -> {
            if (!policies.writes.isEmpty()) {
                throw refusal(503);
            }
        };
        assertThrows(KubernetesClientException.class, this::reconcile);
        assertEquals(1, policies.writes.size());
        verify(work).wrote("shop");
        verify(reporter, never()).settled(any(), any());
    }

    @Test
    void whileItIsWorkedOnTheNamespaceIsBusy() {
        List<Boolean> busy = new ArrayList<>();
        policies.arriving = write -> busy.add(progress.isBusy("shop"));
        reconcile();
        assertEquals(List.of(true), busy);
        assertFalse(progress.isBusy("shop"));
    }

    @Test
    void whatItDependsOnIsNotKnownWhereTheCompilationFails() {
        InventorySnapshot broken = cluster.snapshot();
        when(inventory.snapshotFor("shop"))
                .thenReturn(new InventorySnapshot(
                        broken.world(),
                        broken.declarations(),
                        /* enrolment= */ null,
                        broken.declared(),
                        broken.segmentRevisions(),
                        broken.segmentRejections(),
                        broken.guardrailRevisions(),
                        broken.guardrailRejections(),
                        broken.wellKnownRevisions(),
                        broken.wellKnownRejections(),
                        broken.policies()));
        assertThrows(NullPointerException.class, this::reconcile);
        verify(inventory).compiled("shop", Optional.empty());
        verify(barrier).end("shop", false);
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void aDoubtWhetherSomethingIsMeantStopsThePassAndIsAFailure() {
        Hold hold = Hold.shrink("a definition is not found");
        holds.add(hold);
        HeldException held = assertThrows(HeldException.class, this::reconcile);
        assertEquals("a definition is not found", held.getMessage());
        assertStopped(hold);
        verify(barrier).end("shop", false);
    }

    @Test
    void oneThatIsLookedAtAgainSoonIsNone() {
        Hold hold = Hold.shrink("a second read shows other segments").again(Duration.ofMillis(200));
        holds.add(hold);
        assertEquals(Optional.of(Duration.ofMillis(200)), reconcile());
        assertStopped(hold);
        verify(barrier).end("shop", true);
    }

    @Test
    void aNamespaceThatMayNotChangeStaysAsItIsUntilSomethingHappens() {
        Hold hold = Hold.namespace("two segments claim it");
        holds.add(hold);
        assertEquals(Optional.empty(), reconcile());
        assertStopped(hold);
    }

    /** Others go on waiting for it: what it has to withdraw is not withdrawn. */
    private void assertStopped(Hold hold) {
        assertEquals(List.of(), policies.writes);
        verify(reporter).stopped(any(), eq(hold));
        verify(reporter, never()).settled(any(), any());
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void heldGrowthWithdrawsAllTheSameAndIsLookedAtAgain() {
        declare();
        Hold hold = Hold.growth("others withdraw first").again(Duration.ofSeconds(30));
        holds.add(hold);
        assertEquals(Optional.of(Duration.ofSeconds(30)), reconcile());
        assertEquals(List.of("delete old"), policies.writes);
        verify(reporter).settled(any(), eq(List.of(hold)));
        assertFalse(pending.isExpected("shop"));
    }

    @Test
    void aPolicyThatIsHeldMayHaveToBeWithdrawnStill() {
        Hold hold = Hold.policies("it is fought over", Map.of(OLD.key(), Optional.of(OLD)))
                .again(Duration.ofSeconds(2));
        holds.add(hold);
        declare();
        assertEquals(Optional.of(Duration.ofSeconds(2)), reconcile());
        assertEquals(1, policies.writes.size());
        assertTrue(cluster.snapshot().policies("shop").containsKey("old"));
        verify(reporter).settled(any(), eq(List.of(hold)));
        assertTrue(pending.isExpected("shop"));
    }

    /** What is withdrawn, or put right, once the claim is settled is neither yet. */
    @Test
    void aNamespaceThatIsOnlyClosedMayHaveToWithdrawAndToPutRightStill() {
        cluster.gone(BASELINE);
        drift.found(OLD.key(), "kubectl");
        Hold hold = Hold.allButBaseline("two segments claim it", Map.of(BASELINE, baseline(), OLD.key(), OLD));
        holds.add(hold);
        assertEquals(Optional.empty(), reconcile());
        assertEquals(List.of("create bulkhead-baseline"), policies.writes);
        verify(reporter).settled(any(), eq(List.of(hold)));
        assertTrue(pending.isExpected("shop"));
        assertEquals(Optional.of("kubectl"), drift.by(OLD.key()));
    }

    @Test
    void ofSeveralHoldsTheOneThatEndsFirstSaysWhenItIsLookedAtAgain() {
        NetworkPolicy other = TestCluster.allow("shop", "other", Direction.EGRESS, "web");
        cluster.live(other);
        holds.add(Hold.policies("one", Map.of(OLD.key(), Optional.of(OLD))).again(Duration.ofSeconds(8)));
        holds.add(Hold.policies("two", Map.of(other.key(), Optional.of(other))).again(Duration.ofSeconds(2)));
        assertEquals(Optional.of(Duration.ofSeconds(2)), reconcile());
        assertEquals(List.of(), policies.writes);
    }

    @Test
    void aLongPlanIsCutAndTheNextPassGoesOn() {
        for (int i = 0; i < 25; i++) {
            cluster.live(TestCluster.allow("shop", "old-" + i, Direction.EGRESS, "web"));
        }
        policies.arriving = write -> ticker.advance(Duration.ofSeconds(1));

        assertEquals(Optional.of(Duration.ofMillis(1)), reconcile());
        int first = policies.writes.size();
        assertTrue(first > 0 && first < 26, first + " writes");
        verify(reporter).cut(any(), argThat(left -> left.size() == 26 - first));
        verify(reporter, never()).settled(any(), any());
        assertTrue(pending.isExpected("shop"));

        for (int i = 0; i < 5 && reconcile().isPresent(); i++) {
            assertTrue(pending.isExpected("shop"));
        }
        assertEquals(26, policies.writes.size());
        assertFalse(pending.isExpected("shop"));
        verify(reporter).settled(any(), eq(List.of()));
    }

    @Test
    void aNamespaceThatTakesLongToComputeRests() {
        when(inventory.snapshotFor("shop")).thenAnswer(call -> {
            ticker.advance(Duration.ofMillis(300));
            return cluster.snapshot();
        });
        reconcile();
        assertEquals(Optional.of(Duration.ofMillis(300)), reconcile());
        verify(inventory).snapshotFor("shop");
        verify(barrier).begin("shop");
        Expected.expect(pending, "shop");
        assertEquals(Optional.empty(), reconcile(), "it has something to withdraw");
        verify(inventory, times(2)).snapshotFor("shop");
    }

    @Test
    void whatTheWritesTakeIsNoReasonToRest() {
        policies.arriving = write -> ticker.advance(Duration.ofMillis(500));
        reconcile();
        assertEquals(Optional.empty(), reconcile());
        verify(inventory, times(2)).snapshotFor("shop");
    }

    @Test
    void aRestIsNoPass() {
        when(inventory.snapshotFor("shop")).thenAnswer(call -> {
            ticker.advance(Duration.ofMillis(300));
            return cluster.snapshot();
        });
        reconcile();
        clearInvocations(reporter, work, barrier);
        assertTrue(reconcile().isPresent());
        verifyNoInteractions(reporter, work, barrier);
    }

    private static NetworkPolicy baseline() {
        return new NetworkPolicy(
                BASELINE,
                Marker.labels(Marker.Role.BASELINE),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.copyOf(Direction.values()),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static NetworkPolicy theirs(String name, Map<String, String> annotations) {
        NetworkPolicy policy = TestCluster.allow("shop", name, Direction.EGRESS, "web");
        return new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of("team", "shop"),
                ImmutableSortedMap.copyOf(annotations),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    private static KubernetesClientException refusal(int code) {
        return new KubernetesClientException("refused", code, null);
    }
}
