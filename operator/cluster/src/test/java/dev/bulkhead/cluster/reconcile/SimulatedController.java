package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.Work;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.StatusPublisher;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

/** The product's controller with a simulated scheduler in the place of JOSDK. Statuses are not written. */
public final class SimulatedController implements InventoryListener {

    /** What is read past all caches. */
    public interface Reads {

        /** When the definition was made; absent if it is not there. */
        Optional<Instant> defined(String definition);

        Collection<HasMetadata> list(String kind);

        Collection<HasMetadata> list(String kind, String namespace);
    }

    private final Clock clock;
    private final LogQuota quota;
    private final WakeUps wakeUps = new WakeUps();
    private final Reconciliation reconciliation;
    private MeasuredReconciler reconciler;

    /** @param wake told of each namespace that is to be reconciled, once {@link #begin} was called */
    public SimulatedController(Clock clock, Ticker ticker, Consumer<String> wake) {
        this.clock = clock;
        this.quota = new LogQuota(clock);
        this.reconciliation = new Reconciliation(
                clock, ticker, new Progress(ticker), new Work(new CollectorRegistry(), clock), quota, wakeUps);
        wakeUps.setEventHandler(
                event -> wake.accept(event.getRelatedCustomResourceID().getName()));
    }

    public void begin(Inventory inventory, PolicyApi api, Reads reads) {
        WriteCounters counters =
                new WriteCounters(key -> reconciliation.driftedBy(key).isPresent());
        Applier applier = new Applier(api, inventory, counters, new WriteLog(quota, reconciliation::driftedBy));
        StatusPublisher nobody = new StatusPublisher(namespace -> false, quota);
        nobody.close();
        Reporters reporters = Reporters.create(null, inventory, nobody, counters, clock, "simulated", quota);
        reconciler = reconciliation.begin(inventory, applier, reporters, new Consistent(reads));
        wakeUps.start();
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
