package dev.bulkhead.cluster;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.ClusterPolicyApi;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.inventory.FieldManagers;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.cluster.leaderelection.Fence;
import dev.bulkhead.cluster.leaderelection.FencedRequests;
import dev.bulkhead.cluster.leaderelection.Leadership;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.MetricsDetail;
import dev.bulkhead.cluster.metrics.OperatorMetrics;
import dev.bulkhead.cluster.reconcile.NamespaceController;
import dev.bulkhead.cluster.reconcile.Progress;
import dev.bulkhead.cluster.status.ClusterStatusApi;
import dev.bulkhead.cluster.status.ReportQueue;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.StatusPublisher;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator: watches a cluster and, while it leads, keeps its NetworkPolicies what the intents say. It ends when it is
 * closed, or by itself, through {@link Exit}, when it cannot go on or has lost the lead; it is not started twice.
 */
public final class Operator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    /** Beyond that a namespace waits its own turn, rather than a thread. */
    private static final int REQUEST_RETRIES = 2;

    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

    private final OperatorSettings settings;
    private final Exit exit;
    private final KubernetesClient writing;
    private final WriteCounters counters;
    private final OperatorMetrics metrics;
    private final Progress progress = new Progress(Ticker.systemTicker());
    private final LogQuota quota = new LogQuota(Clock.systemUTC());
    private final ReportQueue reports = new ReportQueue(progress::isBusy, Ticker.systemTicker(), quota);
    private final StatusPublisher publisher = new StatusPublisher(reports);
    private final NamespaceController controller;
    private final Inventory inventory;
    private final Applier applier;
    private final Reporters reporters;
    private final Optional<Leadership> leadership;
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch working = new CountDownLatch(1);
    private final AtomicReference<Instant> workingSince = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread starter = new Thread(this::run, "bulkhead-start");

    /** For whoever runs it in a process of their own: where it cannot go on, it says so in the log and stops writing. */
    public Operator(KubernetesClient client, OperatorSettings settings) {
        this(client, settings, Operator::logEnd);
    }

    private static void logEnd(String reason, Throwable cause) {
        LOG.atError().addKeyValue(LogKey.NOTE, reason).setCause(cause).log("Operator ended");
    }

    /** @param client stays open when the operator is closed */
    public Operator(KubernetesClient client, OperatorSettings settings, Exit exit) {
        this(client, settings, exit, new OperatorMetrics(MetricsDetail.SEGMENT, "unknown", Clock.systemUTC()));
    }

    /**
     * @param client stays open when the operator is closed
     * @param metrics what it reports to, and nobody else
     */
    public Operator(KubernetesClient client, OperatorSettings settings, Exit exit, OperatorMetrics metrics) {
        this.metrics = metrics;
        this.settings = settings;
        this.exit = exit;
        this.leadership = settings.election()
                .map(election ->
                        new Leadership(client, election, this::startWorking, () -> end("the lead is lost", null)));
        this.writing = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withUserAgent(FieldManagers.OURS + "/operator")
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(REQUEST_RETRIES)
                        .build())
                .withHttpClientBuilderConsumer(clients -> {
                    metrics.apiRequests().watch(clients);
                    new FencedRequests(fence()).guard(clients);
                })
                .build();
        this.controller = new NamespaceController(
                writing, settings.threads(), Clock.systemUTC(), progress, metrics.work(), quota);
        this.counters = new WriteCounters(key -> controller.driftedBy(key).isPresent());
        this.inventory = new Inventory(client, settings, controller, quota);
        this.applier = new Applier(
                new ClusterPolicyApi(writing), inventory, counters, new WriteLog(quota, controller::driftedBy));
        this.reporters = Reporters.create(
                writing,
                new ClusterStatusApi(writing),
                inventory,
                reports,
                counters,
                Clock.systemUTC(),
                settings.instance(),
                quota);
        metrics.tellOf(
                inventory, reporters, counters, progress::running, () -> Optional.ofNullable(workingSince.get()));
        starter.setDaemon(true);
    }

    /** Open while this replica may write. */
    private Fence fence() {
        return leadership.map(Leadership::fence).orElse(Fence.ALWAYS_OPEN);
    }

    /** Returns at once; what follows happens on other threads. */
    public void start() {
        starter.start();
    }

    private void run() {
        try {
            Instant begin = Clock.systemUTC().instant();
            inventory.start(settings.readLimit(), failure -> end("the cluster cannot be watched any longer", failure));
            logRead(Duration.between(begin, Clock.systemUTC().instant()));
            read.countDown();
            if (leadership.isPresent()) {
                leadership.get().join();
                controller.rehearse(inventory, () -> isLeading() || closing.get());
            } else {
                work();
            }
        } catch (RuntimeException e) {
            end("the operator cannot start", e);
        }
    }

    private void logRead(Duration took) {
        InventorySnapshot snapshot = inventory.snapshot();
        LOG.atInfo()
                .addKeyValue(LogKey.NAMESPACES, snapshot.world().namespaces().size())
                .addKeyValue(LogKey.SEGMENTS, snapshot.segmentRevisions().size())
                .addKeyValue(LogKey.GUARDRAILS, snapshot.guardrailRevisions().size())
                .addKeyValue(
                        LogKey.INTENTS,
                        snapshot.declared().values().stream()
                                .mapToInt(declared -> declared.revisions().size())
                                .sum())
                .addKeyValue(
                        LogKey.POLICIES,
                        snapshot.policies().values().stream()
                                .mapToInt(Map::size)
                                .sum())
                .addKeyValue(LogKey.DURATION_SECONDS, took.toMillis() / 1e3)
                .log("Cluster read");
    }

    private void startWorking() {
        Thread worker = new Thread(this::work, "bulkhead-lead");
        worker.setDaemon(true);
        worker.start();
    }

    private void work() {
        try {
            if (!closing.get()) {
                controller.start(
                        inventory, applier, reporters, failure -> end("namespaces cannot be watched", failure));
                LOG.atInfo().addKeyValue(LogKey.REPLICA, settings.instance()).log("Lead gained");
                workingSince.set(Clock.systemUTC().instant());
                working.countDown();
            }
        } catch (RuntimeException e) {
            end("the controller cannot start", e);
        }
    }

    private void end(String reason, Throwable cause) {
        if (!closing.get()) {
            exit.exit(reason, cause);
            close();
        }
    }

    /** Waits until the cluster has been read. */
    public boolean awaitReady(Duration limit) {
        return await(read, limit);
    }

    /** Waits until this replica writes. */
    public boolean awaitWorking(Duration limit) {
        return await(working, limit);
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What keeps it from knowing the cluster as it is now; empty when nothing does. */
    public List<String> unready() {
        return inventory.isComplete() ? inventory.missed() : inventory.awaited();
    }

    /** Whether the cluster has been read once; what is known may have grown stale since, as {@link #unready()} says. */
    public boolean hasReadAll() {
        return inventory.isComplete();
    }

    /** What people are shown of it. */
    public LiveView view() {
        return inventory.view();
    }

    /** What keeps it from making progress whatever the API server does; empty when nothing does. */
    public List<String> stuck() {
        if (progress.isStuck(LONGEST_STEP)) {
            return List.of("a namespace is worked on for more than " + LONGEST_STEP.toMinutes() + " minutes");
        }
        return publisher.isAlive() ? List.of() : List.of("nobody writes statuses");
    }

    public boolean isLeading() {
        return working.getCount() == 0;
    }

    public OperatorMetrics metrics() {
        return metrics;
    }

    public WriteCounters counters() {
        return counters;
    }

    /** Stops writing, then gives the lead up. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            controller.close();
            publisher.close();
            leadership.ifPresent(Leadership::close);
            inventory.close();
            writing.close();
        }
    }
}
