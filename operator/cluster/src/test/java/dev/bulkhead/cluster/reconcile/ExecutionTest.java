package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.metrics.Work;
import dev.bulkhead.cluster.status.PolicyReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private static final NetworkPolicy CLOSED = TestCluster.isolating("shop", Direction.EGRESS);
    private static final NetworkPolicy OLD = TestCluster.allow("shop", "old", Direction.EGRESS, "web");
    private static final NetworkPolicy NEW = TestCluster.allow("shop", "new", Direction.EGRESS, "pay");

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final PendingWithdrawals pending = Expected.of("shop");
    private final long wake = pending.latestWake("shop");
    private final Drift drift = new Drift();
    private final Fights fights = new Fights(ticker);
    private final TestCluster cluster = new TestCluster().namespace("shop").live(CLOSED, OLD);
    private final List<Write> written = new ArrayList<>();
    /** Before each write, whether something is to be withdrawn still. */
    private final List<Boolean> expected = new ArrayList<>();

    private final PolicyReporter reporter = mock();
    private int failAt = Integer.MAX_VALUE;

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
        Proposal proposal = cluster.proposal("shop", CLOSED);
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
        Proposal proposal = cluster.proposal("shop", CLOSED, NEW);
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

    private ImmutableList<Write> carryOut(Proposal proposal, boolean withdrawn) {
        Reporters reporters = new Reporters(null, null, null, reporter, mock());
        Instalments instalments = new Instalments(
                (writes, live, acknowledged) -> {
                    for (Write write : writes) {
                        if (expected.size() == failAt) {
                            throw new IllegalStateException("refused");
                        }
                        expected.add(pending.isExpected("shop"));
                        acknowledged.accept(write);
                    }
                    return live;
                },
                new Progress(ticker),
                ticker);
        Execution execution = new Execution(
                instalments,
                pending,
                drift,
                fights,
                new Offers(reporters.policies(), ticker),
                new Work(new CollectorRegistry(), clock),
                reporters);
        return execution.carryOut(proposal, wake, withdrawn, written);
    }
}
