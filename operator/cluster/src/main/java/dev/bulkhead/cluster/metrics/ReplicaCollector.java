package dev.bulkhead.cluster.metrics;

import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** How this replica stands, whether it leads or not. */
final class ReplicaCollector extends Collector {

    private final Inventory inventory;
    private final ReconcileWork work;
    private final WriteCounters writes;
    private final IntSupplier running;
    private final Supplier<Optional<Instant>> leadingSince;

    /**
     * @param running how many namespaces are being worked on
     * @param leadingSince absent on a standby
     */
    ReplicaCollector(
            Inventory inventory,
            ReconcileWork work,
            WriteCounters writes,
            IntSupplier running,
            Supplier<Optional<Instant>> leadingSince) {
        this.inventory = inventory;
        this.work = work;
        this.writes = writes;
        this.running = running;
        this.leadingSince = leadingSince;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        InventorySnapshot snapshot = inventory.snapshot();
        Optional<Instant> lead = leadingSince.get();
        if (lead.isPresent()) {
            work.keepOnly(snapshot.world().namespaces().keySet());
        }
        List<MetricFamilySamples> families = new ArrayList<>(List.of(
                gauge("bulkhead_leader", "1 on the replica that writes, else 0.", lead.isPresent() ? 1 : 0),
                gauge(
                        "bulkhead_interrupted_watches",
                        "Kinds that cannot be watched just now.",
                        inventory.interrupted().size()),
                quietWatches(),
                gauge("bulkhead_queue_length", "Namespaces that wait to be looked at.", work.waiting()),
                gauge(
                        "bulkhead_queue_oldest_change_seconds",
                        "For how long the oldest change has been known that is not dealt with yet.",
                        work.oldestChangeSeconds()),
                gauge("bulkhead_running_reconciles", "Namespaces that are being looked at.", running.getAsInt()),
                gauge(
                        "bulkhead_failing_namespaces",
                        "Namespaces of which the last look failed, and which are tried again.",
                        work.failing()),
                gauge(
                        "bulkhead_held_namespaces",
                        "Namespaces from which nothing is taken away while it is in doubt whether that is meant.",
                        work.held()),
                writes(),
                new CounterMetricFamily(
                        "bulkhead_drift_repaired_total",
                        "Policies that somebody had changed or deleted and that were put right.",
                        writes.repairs())));
        lead.flatMap(start -> work.allCompared(snapshot.enrolment().segments().keySet(), start))
                .ifPresent(oldest -> families.add(gauge(
                        "bulkhead_full_comparison_timestamp_seconds",
                        "Since when every enrolled namespace has been compared with what it should hold.",
                        oldest.toEpochMilli() / 1e3)));
        return families;
    }

    private MetricFamilySamples quietWatches() {
        GaugeMetricFamily family = new GaugeMetricFamily(
                "bulkhead_watch_quiet_seconds",
                "For how long the watch of a kind has shown no list, no event and no bookmark.",
                List.of("kind"));
        inventory.quietWatches().forEach((kind, quiet) -> family.addMetric(List.of(kind), quiet.toMillis() / 1e3));
        return family;
    }

    private MetricFamilySamples writes() {
        CounterMetricFamily family = new CounterMetricFamily(
                "bulkhead_writes_total",
                "Writes that the API server acknowledged, by kind of object, by what was done and why.",
                List.of("kind", "operation", "reason"));
        writes.counts()
                .forEach((written, count) ->
                        family.addMetric(List.of(written.kind(), written.operation(), written.reason()), count));
        return family;
    }

    private static MetricFamilySamples gauge(String name, String help, double value) {
        return new GaugeMetricFamily(name, help, value);
    }
}
