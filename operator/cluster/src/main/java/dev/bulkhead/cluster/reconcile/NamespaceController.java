package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
    private final WakeUps wakeUps = new WakeUps();
    private final Reconciliation reconciliation;
    private boolean closed;
    private Operator operator;
    private Reporters reporters;

    /**
     * @param threads how many namespaces are worked on at a time
     * @param work told how that goes
     * @param quota of lines of the log that namespaces cause
     */
    public NamespaceController(
            KubernetesClient client, int threads, Clock clock, Progress progress, ReconcileWork work, LogQuota quota) {
        this.client = client;
        this.threads = threads;
        this.reconciliation = new Reconciliation(clock, Ticker.systemTicker(), progress, work, quota, wakeUps);
    }

    /**
     * Looks at all namespaces, and from then on at those that something touches. Once it was closed it does nothing.
     *
     * @param stopped told when it cannot go on
     */
    public synchronized void start(
            Inventory inventory, Applier applier, Reporters reportersOfAll, Consumer<Throwable> stopped) {
        if (closed) {
            return;
        }
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
        reportersOfAll.segments().begin();
        operator.register(
                reconciliation.begin(inventory, applier, reportersOfAll, new ClusterConsistentReads(client)),
                controller -> controller
                        .withName("namespaces")
                        .withRetry(new GenericRetry()
                                .withoutMaxAttempts()
                                .setInitialInterval(FIRST_RETRY)
                                .setMaxInterval(LAST_RETRY.toMillis()))
                        .withReconciliationMaxInterval(LONGEST_REST)
                        // The inventory says when a change of a Namespace matters.
                        .withOnUpdateFilter((object, before) -> false));
        reporters = reportersOfAll;
        operator.start();
        reportersOfAll.audit().start();
        reportersOfAll.segments().report();
        reportersOfAll.guardrails().report();
    }

    /**
     * Makes the first passes after {@link #start} faster, on a replica that does not lead. Writes nothing.
     *
     * @param over whether it leads by now, or ends
     */
    public void rehearse(Inventory inventory, BooleanSupplier over) {
        new StandbyWarmUp(inventory::snapshot, new ClusterConsistentReads(client), new PolicyRenderer()::render)
                .run(over);
    }

    @Override
    public void touched(Set<String> namespaces) {
        reconciliation.touched(namespaces);
    }

    @Override
    public void enrolmentChanged() {
        reconciliation.enrolmentChanged();
    }

    /** Who changed the policy, if it is somebody else and it is not put right yet; empty text where that is not known. */
    public Optional<String> driftedBy(NetworkPolicy.Key key) {
        return reconciliation.driftedBy(key);
    }

    @Override
    public void drifted(NetworkPolicy.Key key, String by) {
        reconciliation.drifted(key, by);
    }

    @Override
    public void gone(String namespace) {
        reconciliation.gone(namespace);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (reporters != null) {
            reporters.audit().close();
        }
        if (operator != null) {
            operator.stop();
            operator = null;
        }
    }
}
