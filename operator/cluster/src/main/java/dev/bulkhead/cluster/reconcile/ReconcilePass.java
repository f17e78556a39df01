package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.plan.Write;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** One look at a namespace and what follows from it: compile, plan, ask the gates, write, report. */
final class ReconcilePass {

    /** Lets others have the thread. */
    private static final Duration NEXT_INSTALMENT = Duration.ofMillis(1);

    private final Inventory inventory;
    private final PendingWithdrawals pending;
    private final Gates gates;
    private final GatedExecution execution;
    private final PassReporter reporter;
    private final AdoptionTracker offers;
    private final DriftTracker drift;
    private final ComputeThrottle pace;
    private final ReconcileWork work;
    private final Compiler compiler = new Compiler();
    private final Planner planner = new Planner();

    ReconcilePass(
            Inventory inventory,
            Gates gates,
            GatedExecution execution,
            PassReporter reporter,
            AdoptionTracker offers,
            DriftTracker drift,
            ComputeThrottle pace,
            ReconcileWork work) {
        this.inventory = inventory;
        this.pending = inventory.pendingWithdrawals();
        this.gates = gates;
        this.execution = execution;
        this.reporter = reporter;
        this.offers = offers;
        this.drift = drift;
        this.pace = pace;
        this.work = work;
    }

    /**
     * @return when the next one is due, if soon
     * @throws HeldException if nothing is written because it is in doubt whether it is meant
     */
    Optional<Duration> over(String namespace) {
        long wake = pending.latestWake(namespace);
        long begin = pace.begin();
        work.begun(namespace);
        InventorySnapshot snapshot = inventory.snapshotFor(namespace);
        if (snapshot.world()
                .namespace(namespace)
                .filter(known -> !known.terminating())
                .isEmpty()) {
            inventory.compiled(namespace, Optional.empty());
            pending.settle(namespace, wake);
            reporter.gone(namespace);
            return Optional.empty();
        }
        ProposedWrites proposal = new ProposedWrites(
                planner,
                snapshot,
                compiled(snapshot, namespace),
                ImmutableSet.copyOf(offers.open(snapshot.policies(namespace))));
        Gates.Passage passage = gates.check(proposal);
        pace.computed(namespace, begin, wake);
        return passage.stop().map(hold -> stopped(passage.proposal(), hold)).orElseGet(() -> carriedOut(passage, wake));
    }

    private Compilation compiled(InventorySnapshot snapshot, String namespace) {
        Optional<Dependencies> dependencies = Optional.empty();
        try {
            Compilation compilation = compiler.compile(
                    snapshot.world(),
                    snapshot::policiesByOthers,
                    snapshot.declarations(),
                    snapshot.enrolment(),
                    namespace);
            dependencies = Optional.of(compilation.dependencies());
            return compilation;
        } finally {
            inventory.compiled(namespace, dependencies);
        }
    }

    /** What it has to withdraw is not known, or not certain, so others go on waiting for it. */
    private Optional<Duration> stopped(ProposedWrites proposal, Hold hold) {
        reporter.stopped(proposal, hold);
        if (hold.scope() == Hold.Scope.SHRINK && hold.again().isEmpty()) {
            throw new HeldException(hold.reason());
        }
        return hold.again();
    }

    private Optional<Duration> carriedOut(Gates.Passage passage, long wake) {
        ProposedWrites proposal = passage.proposal();
        boolean closing = passage.holds(Hold.Scope.ALL_BUT_BASELINE);
        boolean withdrawn = !closing && !passage.holds(Hold.Scope.POLICIES);
        ImmutableList<Write> left = execution.carryOut(proposal, wake, withdrawn);
        if (!left.isEmpty()) {
            reporter.cut(proposal, left);
            return Optional.of(NEXT_INSTALMENT);
        }
        if (!closing) {
            drift.settle(proposal.namespace());
            offers.settle(proposal.namespace(), proposal.plan(), proposal.live(), proposal.desired());
        }
        reporter.settled(proposal, passage.holds());
        return passage.holds().stream().flatMap(hold -> hold.again().stream()).min(Comparator.naturalOrder());
    }
}
