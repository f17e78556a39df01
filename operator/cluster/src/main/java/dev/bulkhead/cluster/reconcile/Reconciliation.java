package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The reconciler with everything that it remembers between passes. Whoever has this one only needs to call it: JOSDK in
 * the operator, a scheduler of its own in the simulator.
 */
final class Reconciliation implements InventoryListener {

    private final Clock clock;
    private final Ticker ticker;
    private final Progress progress;
    private final ReconcileWork work;
    private final WakeUps wakeUps;
    private final UnaryOperator<ImmutableList<Gate>> asked;
    private final DriftTracker drift = new DriftTracker();
    private final HoldLog holds;
    private final ConflictBackoff fights;
    private final ComputeThrottle pace;
    private volatile AdoptionTracker offers;
    private volatile WithdrawalBarrier barrier;
    private volatile MassRemovalBrake shrinkBrake;
    private volatile FailingNamespaces failures;
    private volatile Reporters reporters;

    /**
     * @param clock to compare with times that the API server tells
     * @param ticker for all waiting
     * @param wakeUps told which namespaces are to be reconciled
     */
    Reconciliation(Clock clock, Ticker ticker, Progress progress, ReconcileWork work, LogQuota quota, WakeUps wakeUps) {
        this(clock, ticker, progress, work, quota, wakeUps, UnaryOperator.identity());
    }

    /** @param asked given all gates in their order, those that are asked */
    Reconciliation(
            Clock clock,
            Ticker ticker,
            Progress progress,
            ReconcileWork work,
            LogQuota quota,
            WakeUps wakeUps,
            UnaryOperator<ImmutableList<Gate>> asked) {
        this.clock = clock;
        this.ticker = ticker;
        this.progress = progress;
        this.work = work;
        this.wakeUps = wakeUps;
        this.asked = asked;
        this.holds = new HoldLog(quota);
        this.fights = new ConflictBackoff(ticker);
        this.pace = new ComputeThrottle(ticker);
    }

    /** From now on what the inventory shows leads to reports, too. */
    MeasuredReconciler begin(Inventory inventory, Applier applier, Reporters reportersOfAll, ConsistentReads reads) {
        offers = new AdoptionTracker(reportersOfAll.policies(), ticker);
        barrier = new WithdrawalBarrier(inventory.pendingWithdrawals(), inventory::snapshot, wakeUps::wake, ticker);
        SecondRead secondRead = new SecondRead(new SharedReads(reads, ticker), clock, ticker);
        shrinkBrake =
                new MassRemovalBrake(secondRead, key -> drift.by(key).isPresent(), inventory::readAnew, clock, ticker);
        Gates gates = new Gates(asked.apply(ImmutableList.of(
                new ConflictingSegments(),
                new UnknownWellKnownPeers(),
                new UnknownSegments(),
                new UnknownIntents(),
                new UnknownContents(inventory::leftOut),
                new ContestedPolicies(fights),
                new UnknownGuardrails(),
                new UnlocatedGuardrails(),
                new ReturningGuardrails(inventory::guardrailsFollowUntil, clock, ticker),
                shrinkBrake,
                new CurrentPolicies(inventory::comparePolicies, inventory::snapshot),
                // Last, so that it is as near to the writes as can be.
                new WithdrawalsElsewhere(barrier))));
        GatedExecution execution = new GatedExecution(
                new PlanExecutor(applier::apply, progress, ticker),
                inventory.pendingWithdrawals(),
                drift,
                fights,
                offers,
                work,
                reportersOfAll);
        ReconcilePass pass = new ReconcilePass(
                inventory,
                gates,
                execution,
                new PassReporter(reportersOfAll, fights, holds, work),
                offers,
                drift,
                pace,
                work);
        NamespaceReconciler reconciler = new NamespaceReconciler(inventory, barrier, pass, pace, progress, work);
        reporters = reportersOfAll;
        failures = new FailingNamespaces(inventory, reportersOfAll);
        return new MeasuredReconciler(reconciler, wakeUps, work, holds, failures, ticker);
    }

    @Override
    public void touched(Set<String> namespaces) {
        if (reporters != null) {
            work.touched(namespaces);
        }
        wakeUps.wake(namespaces);
        if (reporters != null) {
            reporters.audit().touch(namespaces);
        }
    }

    @Override
    public void enrolmentChanged() {
        if (reporters != null) {
            reporters.segments().report();
            reporters.guardrails().report();
        }
    }

    /** Who changed the policy, if it is somebody else and it is not put right yet; empty text where that is not known. */
    Optional<String> driftedBy(NetworkPolicy.Key key) {
        return drift.by(key);
    }

    @Override
    public void drifted(NetworkPolicy.Key key, String by) {
        if (reporters != null) {
            drift.found(key, by);
        }
    }

    @Override
    public void gone(String namespace) {
        drift.settle(namespace);
        fights.forget(namespace);
        holds.forget(namespace);
        pace.forget(namespace);
        if (reporters != null) {
            offers.forget(namespace);
            barrier.forget(namespace);
            shrinkBrake.forget(namespace);
            failures.forget(namespace);
            reporters.segments().taken(namespace, ImmutableSortedSet.of());
            reporters.segments().held(namespace, Optional.empty());
        }
    }
}
