package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.audit.PolicyAudit;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.log.RecordedLog;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.GuardrailReporter;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.SegmentReporter;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All gates and whatever is remembered between passes, over a small cluster in which {@code shop} is enforced. */
class ReconciliationTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final TestCluster cluster =
            new TestCluster().namespace("shop", "pay").enforced("town", "shop");
    private final TestPolicies policies = new TestPolicies(cluster);
    private final PendingWithdrawals pending = Expected.of();
    private final Inventory inventory = mock();
    private final FakeReads reads = new FakeReads();
    private final SegmentReporter segments = mock();
    private final GuardrailReporter guardrails = mock();
    private final PolicyReporter policyReporter = mock();
    private final PolicyAudit audit = mock();
    private final ReconcileWork work = mock();
    private final LogQuota quota = new LogQuota(clock);
    private final List<String> woken = new ArrayList<>();
    private final WakeUps wakeUps = new WakeUps();
    private final Reconciliation reconciliation =
            new Reconciliation(clock, ticker, new Progress(ticker), work, quota, wakeUps);
    private final RecordedLog log = new RecordedLog(HoldLog.class);

    private MeasuredReconciler reconciler;

    @BeforeEach
    void assemble() {
        when(inventory.pendingWithdrawals()).thenReturn(pending);
        when(inventory.snapshot()).thenAnswer(call -> cluster.snapshot());
        when(inventory.snapshotFor(any())).thenAnswer(call -> cluster.snapshot());
        reads.segments = Map.of("town", new Revision("uid", 1));
        wakeUps.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
        wakeUps.start();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void begin() {
        Applier applier = new Applier(
                policies,
                inventory,
                new WriteCounters(key -> reconciliation.driftedBy(key).isPresent()),
                new WriteLog(quota, reconciliation::driftedBy));
        reconciler = reconciliation.begin(
                inventory, applier, new Reporters(mock(), segments, guardrails, policyReporter, audit), reads);
    }

    private Optional<Duration> reconcile(String namespace) {
        return reconciler.reconcile(namespace);
    }

    @Test
    void whatIsEnforcedIsIsolated() {
        begin();
        assertEquals(Optional.empty(), reconcile("shop"));
        assertEquals(List.of("create bulkhead-baseline"), policies.writes);
        verify(work).ended(eq("shop"), eq(ReconcileWork.Result.SUCCESS), any());
    }

    @Test
    void beforeThePoliciesAreReadPastAllCachesNothingIsIsolated() {
        begin();
        reconcile("shop");
        verify(inventory).comparePolicies("shop");
    }

    @Test
    void untilGuardrailsMayHaveFollowedTheirDefinitionNothingOpens() {
        begin();
        reconcile("shop");
        when(inventory.guardrailsFollowUntil(any()))
                .thenReturn(Optional.of(clock.instant().plus(Duration.ofMinutes(4))));
        intent("one");
        assertEquals(Optional.of(Duration.ofMinutes(4)), reconcile("shop"));
        assertEquals(List.of("create bulkhead-baseline"), policies.writes);
    }

    @Test
    void whatIsTouchedIsWoken() {
        begin();
        reconciliation.touched(Set.of("shop"));
        assertEquals(List.of("shop"), woken);
        verify(work).touched(Set.of("shop"));
        verify(audit).touch(Set.of("shop"));
    }

    @Test
    void soItIsBeforeAnythingCanBeReported() {
        reconciliation.touched(Set.of("shop"));
        reconciliation.enrolmentChanged();
        reconciliation.gone("pay");
        assertEquals(List.of("shop"), woken);
        verifyNoInteractions(work, segments, guardrails, audit);
    }

    @Test
    void aChangeOfWhoIsEnrolledIsToldOnSegmentsAndGuardrails() {
        begin();
        reconciliation.enrolmentChanged();
        verify(segments).report();
        verify(guardrails).report();
    }

    @Test
    void whoChangedAPolicyIsKnownUntilItIsPutRight() {
        begin();
        reconcile("shop");
        change();
        assertEquals(Optional.of("kubectl"), reconciliation.driftedBy(BASELINE));
        reconcile("shop");
        assertEquals(Optional.empty(), reconciliation.driftedBy(BASELINE));
        verify(policyReporter).repaired(BASELINE, "kubectl");
    }

    @Test
    void whatChangedBeforeThisReplicaWritesIsNobodysConcern() {
        reconciliation.drifted(BASELINE, "kubectl");
        assertEquals(Optional.empty(), reconciliation.driftedBy(BASELINE));
    }

    @Test
    void aPolicyThatSomebodyDeletedIsNotWrittenAgainUntilASecondReadAgrees() {
        begin();
        intent("one");
        reconcile("shop");
        NetworkPolicy.Key allowance = cluster.snapshot().policies("shop").values().stream()
                .map(live -> live.policy().key())
                .filter(key -> !key.equals(BASELINE))
                .findFirst()
                .orElseThrow();
        cluster.gone(allowance);
        reconciliation.drifted(allowance, "");
        policies.writes.clear();
        ticker.advance(Duration.ofMinutes(1));
        reads.segments = Map.of();
        assertTrue(reconcile("shop").isPresent());
        assertEquals(List.of(), policies.writes);
        reads.segments = Map.of("town", new Revision("uid", 1));
        ticker.advance(Duration.ofMinutes(1));
        reconcile("shop");
        assertEquals(List.of("create " + allowance.name()), policies.writes);
    }

    @Test
    void aKindWhoseWatchSeemsToHaveLostSomethingIsReadAnew() {
        begin();
        reads.segments = Map.of();
        for (int i = 0; i < 10; i++) {
            reconcile("shop");
            ticker.advance(Duration.ofSeconds(1));
        }
        verify(inventory).readAnew("Segment");
    }

    @Test
    void withANamespaceGoesWhatIsSaidOfIt() {
        begin();
        reconciliation.gone("shop");
        verify(segments).taken("shop", ImmutableSortedSet.of());
        verify(segments).held("shop", Optional.empty());
    }

    @Test
    void whoChangedItsPoliciesIsForgotten() {
        begin();
        reconciliation.drifted(BASELINE, "kubectl");
        reconciliation.drifted(new NetworkPolicy.Key("pay", "bulkhead-baseline"), "kubectl");
        reconciliation.gone("shop");
        assertEquals(Optional.empty(), reconciliation.driftedBy(BASELINE));
        assertTrue(reconciliation
                .driftedBy(new NetworkPolicy.Key("pay", "bulkhead-baseline"))
                .isPresent());
    }

    @Test
    void aPolicyThatWasFoughtOverIsPutRightAtOnceInANamespaceThatIsMadeAnew() {
        begin();
        reconcile("shop");
        for (int i = 0; i < 4; i++) {
            change();
            reconcile("shop");
        }
        change();
        policies.writes.clear();
        assertEquals(Optional.of(Duration.ofSeconds(1)), reconcile("shop"));
        assertEquals(List.of(), policies.writes);
        reconciliation.gone("shop");
        assertEquals(Optional.empty(), reconcile("shop"));
        assertEquals(List.of("replace bulkhead-baseline"), policies.writes);
    }

    @Test
    void aFailureIsNewsAgainInANamespaceThatIsMadeAnew() {
        begin();
        fail("shop");
        fail("shop");
        assertEquals(1, log.lines().size());
        reconciliation.gone("shop");
        fail("shop");
        assertEquals(2, log.lines().size());
        verify(segments, never()).failing(eq("shop"), argThat(Optional::isPresent));
    }

    @Test
    void aNamespaceThatIsMadeAnewNeedsNoRest() {
        begin();
        when(inventory.snapshotFor("shop")).thenAnswer(call -> {
            ticker.advance(Duration.ofMillis(300));
            return cluster.snapshot();
        });
        reconcile("shop");
        assertTrue(reconcile("shop").isPresent());
        reconciliation.gone("shop");
        assertEquals(Optional.empty(), reconcile("shop"));
    }

    @Test
    void whyAnOfferIsNotTakenIsToldAgainInANamespaceThatIsMadeAnew() {
        begin();
        NetworkPolicy allowance = TestCluster.allow("shop", "legacy", Direction.EGRESS, "pay");
        cluster.live(new NetworkPolicy(
                allowance.key(),
                ImmutableSortedMap.of("team", "shop"),
                ImmutableSortedMap.of(Marker.ADOPT, "true"),
                allowance.subject(),
                allowance.directions(),
                allowance.ingress(),
                allowance.egress()));
        reconcile("shop");
        reconcile("shop");
        verify(policyReporter, times(1)).notAdopted(eq(allowance.key()), any());
        reconciliation.gone("shop");
        reconcile("shop");
        verify(policyReporter, times(2)).notAdopted(eq(allowance.key()), any());
    }

    @Test
    void nobodyWaitsAnyLongerForANamespaceThatIsGone() {
        begin();
        cluster.live(
                TestCluster.isolating("shop", Direction.EGRESS),
                TestCluster.allow("shop", "old", Direction.EGRESS, "pay"),
                TestCluster.isolating("pay", Direction.INGRESS));
        Expected.expect(pending, "shop");
        reconcile("pay");
        assertEquals(List.of(), policies.writes, "its release would meet what shop has to withdraw");
        pending.settle("shop", pending.latestWake("shop"));
        reconciliation.gone("shop");
        assertEquals(List.of("pay"), woken);
    }

    @Test
    void whatIsWrittenFirstIntoANamespaceThatIsMadeAnewNeedsASecondRead() {
        begin();
        reconcile("shop");
        ticker.advance(Duration.ofMinutes(1));
        int before = reads.lists;
        intent("one");
        reconcile("shop");
        assertEquals(before, reads.lists, "it was declared meanwhile");
        reconciliation.gone("shop");
        intent("two");
        reconcile("shop");
        assertTrue(reads.lists > before);
        assertEquals(3, policies.writes.size());
    }

    private void change() {
        cluster.live(TestCluster.allow("shop", BASELINE.name(), Direction.EGRESS, "pay"));
        reconciliation.drifted(BASELINE, "kubectl");
    }

    private void fail(String namespace) {
        policies.arriving = write -> {
            throw new KubernetesClientException("busy", 503, null);
        };
        assertThrows(KubernetesClientException.class, () -> reconcile(namespace));
        policies.arriving = write -> {};
    }

    /** Everybody may call one more address. */
    private void intent(String name) {
        int number = cluster.snapshot().declared("shop").revisions().size() + 1;
        cluster.intent(new DeclaredIntent(
                new DeclaredIntent.Key("shop", name),
                new WorkloadSelector.All(),
                ImmutableList.of(new Rule(
                        Direction.EGRESS,
                        0,
                        new Peer.OfNetwork(IpBlock.of(Cidr.parse("192.0.2." + number + "/32"), List.of())),
                        Ports.port(Protocol.TCP, 443),
                        ""))));
        reads.intents.put("shop", Map.copyOf(cluster.snapshot().declared("shop").revisions()));
    }
}
