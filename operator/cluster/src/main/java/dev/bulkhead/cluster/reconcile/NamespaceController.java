package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.Work;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the reconciler over all namespaces, as long as this replica leads; one that fails holds up no other. */
public final class NamespaceController implements InventoryListener, AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);
    /** After which a namespace is looked at even if nothing seems to have changed. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    private static final Duration TERMINATION = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final int threads;
    private final Clock clock;
    private final Progress progress;
    private final Work work;
    private final PendingWithdrawals pending = new PendingWithdrawals();
    private final WakeUps wakeUps = new WakeUps();
    private final Drift drift = new Drift();
    private final Holds holds;
    private final Fights fights;
    private Operator operator;
    private volatile Reporters reporters;

    /**
     * @param threads how many namespaces are worked on at a time
     * @param work told how that goes
     * @param quota of lines of the log that namespaces cause
     */
    public NamespaceController(
            KubernetesClient client, int threads, Clock clock, Progress progress, Work work, LogQuota quota) {
        this.client = client;
        this.threads = threads;
        this.clock = clock;
        this.progress = progress;
        this.fights = new Fights(clock);
        this.work = work;
        this.holds = new Holds(quota);
    }

    /**
     * Looks at all namespaces, and from then on at those that something touches.
     *
     * @param stopped told when it cannot go on
     */
    public synchronized void start(
            Inventory inventory, Applier applier, Reporters reportersOfAll, Consumer<Throwable> stopped) {
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(threads)
                .withReconciliationTerminationTimeout(TERMINATION)
                .withInformerStoppedHandler((informer, failure) -> {
                    if (failure != null) {
                        stopped.accept(failure);
                    }
                }));
        NamespaceReconciler reconciler = new NamespaceReconciler(
                inventory,
                new Instalments(applier::apply, progress, clock),
                reportersOfAll,
                new ShrinkBrake(new SecondRead(new ClusterConsistentReads(client), clock), clock),
                pending,
                new GivingWay(pending, clock),
                drift,
                fights,
                new Offers(reportersOfAll.policies(), clock),
                new Pace(clock),
                progress,
                work,
                holds);
        operator.register(
                new MeasuredReconciler(reconciler, wakeUps, work, holds, clock),
                controller -> controller
                        .withName("namespaces")
                        .withRetry(new GenericRetry()
                                .withoutMaxAttempts()
                                .setInitialInterval(FIRST_RETRY)
                                .setMaxInterval(LAST_RETRY.toMillis()))
                        .withReconciliationMaxInterval(LONGEST_REST)
                        // The inventory says when a change of a Namespace matters.
                        .withOnUpdateFilter((object, before) -> false));
        reportersOfAll.segments().begin();
        reporters = reportersOfAll;
        operator.start();
        reportersOfAll.audit().start();
        reportersOfAll.segments().report();
        reportersOfAll.guardrails().report();
    }

    @Override
    public void touched(Set<String> namespaces, boolean mayWithdraw) {
        if (mayWithdraw) {
            pending.expect(namespaces);
        }
        if (reporters != null) {
            work.touched(namespaces);
        }
        wakeUps.wake(namespaces);
        if (reporters != null) {
            reporters.audit().touch();
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
    public Optional<String> driftedBy(NetworkPolicy.Key key) {
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
        pending.forget(namespace);
        drift.settle(namespace);
        fights.forget(namespace);
        holds.forget(namespace);
    }

    @Override
    public synchronized void close() {
        if (reporters != null) {
            reporters.audit().close();
        }
        if (operator != null) {
            operator.stop();
            operator = null;
        }
    }
}
