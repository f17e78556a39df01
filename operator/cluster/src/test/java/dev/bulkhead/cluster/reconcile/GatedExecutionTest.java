package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.audit.PolicyAudit;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.PolicyConflict;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatedExecutionTest {

    private static final NetworkPolicy CLOSED = TestCluster.isolating("shop", Direction.EGRESS);
    private static final NetworkPolicy OLD = TestCluster.allow("shop", "old", Direction.EGRESS, "web");
    private static final NetworkPolicy NEW = TestCluster.allow("shop", "new", Direction.EGRESS, "pay");

    private final SetTicker ticker = new SetTicker();
    private final PendingWithdrawals pending = Expected.of("shop");
    private long wake = pending.latestWake("shop");
    private final DriftTracker drift = new DriftTracker();
    private final ConflictBackoff fights = new ConflictBackoff(ticker);
    private final TestCluster cluster = new TestCluster().namespace("shop").live(CLOSED, OLD);
    private final List<Write> written = new ArrayList<>();
    /** Before each write, whether something is to be withdrawn still. */
    private final List<Boolean> expected = new ArrayList<>();

    private final PolicyReporter reporter = mock();
    private final PolicyAudit audit = mock();
    private final ReconcileWork work = mock();
    private int failAt = Integer.MAX_VALUE;
    private Duration writeTakes = Duration.ZERO;

    @Test
    void whatIsWithdrawnIsSettledAfterTheLastWriteThatWithdraws() {
        carryOut(cluster.proposal("shop", CLOSED, NEW), true);
        assertEquals(2, written.size());
        int last = written.indexOf(new Write.Delete(OLD.key()));
        assertTrue(expected.get(last));
        assertFalse(pending.isExpected("shop"));
    }

    @Test
    void whereNothingIsToBeWithdrawnThatIsSettledBeforeAnythingGrows() {
        carryOut(cluster.proposal("shop", CLOSED, OLD, NEW), true);
        assertEquals(List.of(false), expected);
    }

    @Test
    void whatFailsIsNotSettled() {
        ProposedWrites proposal = cluster.proposal("shop", CLOSED);
        failAt = 0;
        assertThrows(IllegalStateException.class, () -> carryOut(proposal, true));
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void norIsWhatIsHeldBack() {
        carryOut(cluster.proposal("shop", CLOSED, OLD), false);
        assertTrue(pending.isExpected("shop"));
    }

    @Test
    void whatAFailedPlanHasPutRightCountsAsPutRight() {
        drift.found(OLD.key(), "kubectl");
        ProposedWrites proposal = cluster.proposal("shop", CLOSED, NEW);
        failAt = 1;
        assertThrows(IllegalStateException.class, () -> carryOut(proposal, true));
        assertEquals(1, written.size());
        boolean repaired = written.get(0).key().equals(OLD.key());
        assertEquals(repaired ? Optional.empty() : Optional.of("kubectl"), drift.by(OLD.key()));
    }

    @Test
    void whatTakesThePlaceOfABaselineOfOthersIsToldAsARepairAlthoughNobodySawTheChange() {
        NetworkPolicy baseline = LivePolicies.policy("shop", "bulkhead-baseline");
        cluster.live(LivePolicies.byOthers(baseline, "", "uid", "1").policy());
        carryOut(cluster.proposal("shop", CLOSED, OLD, baseline), true);
        assertEquals(List.of(new Write.Update(baseline)), written);
        verify(reporter).repaired(baseline.key(), "");
    }

    @Test
    void whatIsWrittenIsToldAlsoIfThePlanFailsHalfWay() {
        drift.found(OLD.key(), "kubectl");
        ProposedWrites proposal = cluster.proposal("shop", CLOSED, NEW);
        failAt = 1;
        assertThrows(IllegalStateException.class, () -> carryOut(proposal, true));
        verify(audit).touch(Set.of("shop"));
        verify(work).wrote("shop");
    }

    @Test
    void whereNothingIsWrittenNobodyIsToldAndWhatWasToBeWithdrawnIs() {
        assertEquals(List.of(), carryOut(cluster.proposal("shop", CLOSED, OLD), true));
        verifyNoInteractions(audit, work, reporter);
        assertFalse(pending.isExpected("shop"));
    }

    @Test
    void aPolicyThatIsPutRightAgainAndAgainIsAFight() {
        for (int i = 0; i < 4; i++) {
            drift.found(OLD.key(), "kubectl");
            written.clear();
            carryOut(cluster.proposal("shop", CLOSED), true);
        }
        assertEquals(List.of(new PolicyConflict(OLD.key(), "kubectl")), fights.current());
        verify(reporter, times(4)).repaired(OLD.key(), "kubectl");
    }

    @Test
    void whatWasOfferedIsToldOnceItIsTakenOver() {
        NetworkPolicy offered = new NetworkPolicy(
                new NetworkPolicy.Key("shop", "legacy"),
                ImmutableSortedMap.of("team", "shop"),
                ImmutableSortedMap.of(Marker.ADOPT, "true"),
                NEW.subject(),
                NEW.directions(),
                NEW.ingress(),
                NEW.egress());
        cluster.live(offered);
        carryOut(cluster.offeredProposal("shop", Set.of(offered.key()), CLOSED, OLD, NEW), true);
        verify(reporter).adopted(offered.key(), NEW.key());
    }

    @Test
    void whatIsLeftIsLeftInItsOrder() {
        for (int i = 0; i < 30; i++) {
            cluster.live(TestCluster.allow("shop", "old-" + i, Direction.EGRESS, "web"));
        }
        ProposedWrites proposal = cluster.proposal("shop", CLOSED);
        writeTakes = Duration.ofSeconds(1);
        ImmutableList<Write> left = carryOut(proposal, true);
        assertEquals(31, written.size() + left.size());
        assertFalse(left.isEmpty());
        assertEquals(
                proposal.plan().writes(),
                ImmutableList.builder().addAll(written).addAll(left).build());
        assertTrue(pending.isExpected("shop"));
    }

    /** To tell which write is the last that withdraws takes time. */
    @Test
    void inALongPlanWhatIsWithdrawnIsSettledAtItsEndOnly() {
        assertEquals(Collections.nCopies(200, false), expectedWith(200));
        assertEquals(Collections.nCopies(201, true), expectedWith(201));
        assertFalse(pending.isExpected("shop"));
    }

    /** Before which of so many writes, of which none withdraws anything, something is to be withdrawn. */
    private List<Boolean> expectedWith(int creations) {
        Expected.expect(pending, "shop");
        wake = pending.latestWake("shop");
        written.clear();
        expected.clear();
        List<NetworkPolicy> desired = new ArrayList<>(List.of(CLOSED, OLD));
        for (int i = 0; i < creations; i++) {
            desired.add(TestCluster.allow("shop", "new-" + i, Direction.EGRESS, "pay"));
        }
        carryOut(cluster.proposal("shop", desired.toArray(NetworkPolicy[]::new)), true);
        return List.copyOf(expected);
    }

    private ImmutableList<Write> carryOut(ProposedWrites proposal, boolean withdrawn) {
        Reporters reporters = new Reporters(null, null, null, reporter, audit);
        PlanExecutor instalments = new PlanExecutor(
                (writes, live, acknowledged) -> {
                    for (Write write : writes) {
                        if (expected.size() == failAt) {
                            throw new IllegalStateException("refused");
                        }
                        expected.add(pending.isExpected("shop"));
                        written.add(write);
                        acknowledged.accept(write);
                        ticker.advance(writeTakes);
                    }
                    return live;
                },
                new Progress(ticker),
                ticker);
        GatedExecution execution = new GatedExecution(
                instalments,
                pending,
                drift,
                fights,
                new AdoptionTracker(reporters.policies(), ticker),
                work,
                reporters);
        return execution.carryOut(proposal, wake, withdrawn);
    }
}
