package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.apply.NamespaceEndingException;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one namespace from what it holds to what it should hold, by as many passes as that takes. */
final class NamespaceReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReconciler.class);
    /** How often a plan is made anew at once because its view was stale; after that with growing delay. */
    private static final int FRESH_VIEWS = 4;

    private final Inventory inventory;
    private final PendingWithdrawals pending;
    private final WithdrawalBarrier barrier;
    private final ReconcilePass pass;
    private final ComputeThrottle pace;
    private final Progress progress;
    private final ReconcileWork work;

    NamespaceReconciler(
            Inventory inventory,
            WithdrawalBarrier barrier,
            ReconcilePass pass,
            ComputeThrottle pace,
            Progress progress,
            ReconcileWork work) {
        this.inventory = inventory;
        this.pending = inventory.pendingWithdrawals();
        this.barrier = barrier;
        this.pass = pass;
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
                    return attempt(namespace);
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

    private Optional<Duration> attempt(String namespace) {
        boolean succeeded = false;
        barrier.begin(namespace);
        try {
            Optional<Duration> next = pass.over(namespace);
            succeeded = true;
            return next;
        } finally {
            barrier.end(namespace, succeeded);
        }
    }
}
