package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.apply.NamespaceEndingException;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.Work;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.plan.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one namespace from what it holds to what it should hold: look, compile, plan, ask the gates, write, report. */
final class NamespaceReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReconciler.class);
    /** How often a plan is made anew at once because its view was stale; after that with growing delay. */
    private static final int FRESH_VIEWS = 4;
    /** Lets others have the thread. */
    private static final Duration NEXT_INSTALMENT = Duration.ofMillis(1);

    private final Inventory inventory;
    private final PendingWithdrawals pending;
    private final WithdrawalBarrier barrier;
    private final Gates gates;
    private final Execution execution;
    private final PassReporter reporter;
    private final Offers offers;
    private final Drift drift;
    private final Pace pace;
    private final Progress progress;
    private final Work work;
    private final Compiler compiler = new Compiler();
    private final Planner planner = new Planner();

    NamespaceReconciler(
            Inventory inventory,
            WithdrawalBarrier barrier,
            Gates gates,
            Execution execution,
            PassReporter reporter,
            Offers offers,
            Drift drift,
            Pace pace,
            Progress progress,
            Work work) {
        this.inventory = inventory;
        this.pending = inventory.pendingWithdrawals();
        this.barrier = barrier;
        this.gates = gates;
        this.execution = execution;
        this.reporter = reporter;
        this.offers = offers;
        this.drift = drift;
        this.pace = pace;
        this.progress = progress;
        this.work = work;
    }

    /**
     * @return when it should be called again, if soon
     * @throws HeldException if nothing is written because it is in doubt whether it is meant
     */
    Optional<Duration> reconcile(String namespace) {
        Optional<Duration> rest = pace.rest(namespace, pending.latestWake(namespace));
        if (rest.isPresent()) {
            return rest;
        }
        progress.begin(namespace);
        try {
            for (int view = 1; ; view++) {
                try {
                    return pass(namespace);
                } catch (StaleViewException e) {
                    if (view == FRESH_VIEWS) {
                        throw e;
                    }
                    LOG.atDebug()
                            .addKeyValue(LogKey.NAMESPACE, namespace)
                            .addKeyValue(LogKey.ERROR, Errors.brief(e))
                            .log("Planned anew");
                    // Where one policy was not what was known, others may be neither, such as while a first list is
                    // old.
                    inventory.comparePolicies(namespace);
                }
            }
        } catch (NamespaceEndingException e) {
            work.gone(namespace);
            LOG.atDebug().addKeyValue(LogKey.NAMESPACE, namespace).log("Namespace about to go");
            return Optional.empty();
        } finally {
            progress.end(namespace);
        }
    }

    private Optional<Duration> pass(String namespace) {
        boolean succeeded = false;
        barrier.begin(namespace);
        try {
            Optional<Duration> next = look(namespace);
            succeeded = true;
            return next;
        } finally {
            barrier.end(namespace, succeeded);
        }
    }

    private Optional<Duration> look(String namespace) {
        long wake = pending.latestWake(namespace);
        long begin = pace.begin();
        work.begun(namespace);
        Snapshot snapshot = inventory.snapshotFor(namespace);
        if (snapshot.world()
                .namespace(namespace)
                .filter(known -> !known.terminating())
                .isEmpty()) {
            inventory.compiled(namespace, Optional.empty());
            pending.settle(namespace, wake);
            reporter.gone(namespace);
            return Optional.empty();
        }
        Proposal proposal = new Proposal(
                planner,
                snapshot,
                compiled(snapshot, namespace),
                ImmutableSet.copyOf(offers.open(snapshot.policies(namespace))));
        Gates.Passage passage = gates.check(proposal);
        pace.computed(namespace, begin, wake);
        List<Write> written = new ArrayList<>();
        try {
            return passage.stop()
                    .map(hold -> stopped(passage.proposal(), hold))
                    .orElseGet(() -> carriedOut(passage, wake, written));
        } finally {
            gates.passed(passage, written);
        }
    }

    private Compilation compiled(Snapshot snapshot, String namespace) {
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
    private Optional<Duration> stopped(Proposal proposal, Hold hold) {
        reporter.stopped(proposal, hold);
        if (hold.scope() == Hold.Scope.SHRINK && hold.again().isEmpty()) {
            throw new HeldException(hold.reason());
        }
        return hold.again();
    }

    private Optional<Duration> carriedOut(Gates.Passage passage, long wake, List<Write> written) {
        Proposal proposal = passage.proposal();
        boolean closing = passage.holds(Hold.Scope.ALL_BUT_BASELINE);
        boolean withdrawn = !closing && !passage.holds(Hold.Scope.POLICIES);
        ImmutableList<Write> left = execution.carryOut(proposal, wake, withdrawn, written);
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
