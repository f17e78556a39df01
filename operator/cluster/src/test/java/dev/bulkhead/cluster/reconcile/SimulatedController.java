package dev.bulkhead.cluster.reconcile;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.ReportQueue;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.StatusApi;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The product's controller with a simulated scheduler in the place of JOSDK and of the thread that sends reports. */
public final class SimulatedController implements InventoryListener {

    /** What is read past all caches. */
    public interface Reads {

        /** When the definition was made; absent if it is not there. */
        Optional<Instant> defined(String definition);

        Collection<HasMetadata> list(String kind);

        Collection<HasMetadata> list(String kind, String namespace);
    }

    /** Of a client no more is needed here than how it writes objects. */
    private static final KubernetesClient SERIALIZING =
            mock(KubernetesClient.class, withSettings().stubOnly());

    static {
        when(SERIALIZING.getKubernetesSerialization()).thenReturn(new KubernetesSerialization());
    }

    private final Clock clock;
    private final LogQuota quota;
    private final WakeUps wakeUps = new WakeUps();
    private final Reconciliation reconciliation;
    private final ReportQueue reports;
    private MeasuredReconciler reconciler;

    /**
     * @param wake told of each namespace that is to be reconciled, once {@link #begin} was called
     * @param gates given the name of a gate, whether it is asked
     */
    public SimulatedController(Clock clock, Ticker ticker, Consumer<String> wake, Predicate<String> gates) {
        this.clock = clock;
        this.quota = new LogQuota(clock);
        Progress progress = new Progress(ticker);
        this.reports = new ReportQueue(progress::isBusy, ticker, quota);
        this.reconciliation = new Reconciliation(
                clock,
                ticker,
                progress,
                new ReconcileWork(new CollectorRegistry(), clock),
                quota,
                wakeUps,
                all -> all.stream()
                        .filter(gate -> gates.test(gate.getClass().getSimpleName()))
                        .collect(ImmutableList.toImmutableList()));
        wakeUps.setEventHandler(
                event -> wake.accept(event.getRelatedCustomResourceID().getName()));
    }

    public void begin(Inventory inventory, PolicyApi api, StatusApi statuses, Reads reads) {
        WriteCounters counters =
                new WriteCounters(key -> reconciliation.driftedBy(key).isPresent());
        Applier applier = new Applier(api, inventory, counters, new WriteLog(quota, reconciliation::driftedBy));
        Reporters reporters =
                Reporters.create(SERIALIZING, statuses, inventory, reports, counters, clock, "simulated", quota);
        reporters.segments().begin();
        reconciler = reconciliation.begin(inventory, applier, reporters, new Consistent(reads));
        wakeUps.start();
        reporters.segments().report();
        reporters.guardrails().report();
    }

    /** Whether a report may be due. */
    public boolean isReportDue() {
        return reports.isDue();
    }

    /** Sends the next report, if one is due. */
    public void sendReport() {
        reports.sendNext();
    }

    /** After which one may be due; empty if that takes one that is yet to come. */
    public Optional<Duration> untilNextReport() {
        return reports.untilNext();
    }

    public Optional<Duration> reconcile(String namespace) {
        return reconciler.reconcile(namespace);
    }

    @Override
    public void touched(Set<String> namespaces) {
        reconciliation.touched(namespaces);
    }

    @Override
    public void enrolmentChanged() {
        reconciliation.enrolmentChanged();
    }

    @Override
    public void drifted(NetworkPolicy.Key key, String by) {
        reconciliation.drifted(key, by);
    }

    @Override
    public void gone(String namespace) {
        reconciliation.gone(namespace);
    }

    private record Consistent(Reads reads) implements ConsistentReads {

        @Override
        public Optional<Definition> definition(String name) {
            return reads.defined(name).map(created -> new Definition(created, false));
        }

        @Override
        public Map<String, Revision> revisions(String kind) {
            return revisions(reads.list(kind));
        }

        @Override
        public Map<String, Revision> revisions(String kind, String namespace) {
            return revisions(reads.list(kind, namespace));
        }

        @Override
        public Map<String, Map<String, Revision>> revisionsByNamespace(String kind) {
            Map<String, Map<String, Revision>> revisions = new HashMap<>();
            reads.list(kind)
                    .forEach(object -> revisions
                            .computeIfAbsent(object.getMetadata().getNamespace(), unknown -> new HashMap<>())
                            .put(object.getMetadata().getName(), Revision.of(object)));
            return revisions;
        }

        private static Map<String, Revision> revisions(Collection<HasMetadata> objects) {
            Map<String, Revision> revisions = new HashMap<>();
            objects.forEach(object -> revisions.put(object.getMetadata().getName(), Revision.of(object)));
            return revisions;
        }
    }
}
