package dev.bulkhead.cluster.metrics;

import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.status.Reporters;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that one operator tells, in a registry of its own. */
public final class OperatorMetrics {

    public static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

    /** When a series began; the library makes one for each counter and histogram, and nobody asks for them. */
    private static final String BEGINNING = "_created";

    private final CollectorRegistry registry = new CollectorRegistry();
    private final ApiRequests apiRequests = new ApiRequests();
    private final MetricsDetail detail;
    private final ReconcileWork work;

    /** @param version of the program */
    public OperatorMetrics(MetricsDetail detail, String version, Clock clock) {
        this.detail = detail;
        work = new ReconcileWork(registry, clock);
        registry.register(apiRequests);
        Stream.of(
                        new StandardExports(),
                        new MemoryPoolsExports(),
                        new GarbageCollectorExports(),
                        new ThreadExports(),
                        new BuildInfo(version))
                .forEach(registry::register);
    }

    /** What counts the requests of clients. */
    public ApiRequests apiRequests() {
        return apiRequests;
    }

    /** What the reconciler reports to. */
    public ReconcileWork work() {
        return work;
    }

    /**
     * Tells of these from now on.
     *
     * @param running how many namespaces are being worked on
     * @param leadingSince absent on a standby
     */
    public void tellOf(
            Inventory inventory,
            Reporters reporters,
            WriteCounters writes,
            IntSupplier running,
            Supplier<Optional<Instant>> leadingSince) {
        registry.register(new ReplicaCollector(inventory, work, writes, running, leadingSince));
        registry.register(new ClusterCollector(
                inventory, reporters, detail, () -> leadingSince.get().isPresent()));
    }

    /** In Prometheus' text format, see {@link #CONTENT_TYPE}. */
    public void write(Writer out) throws IOException {
        List<MetricFamilySamples> families = Collections.list(registry.metricFamilySamples()).stream()
                .map(OperatorMetrics::withoutBeginnings)
                .toList();
        TextFormat.write004(out, Collections.enumeration(families));
    }

    private static MetricFamilySamples withoutBeginnings(MetricFamilySamples family) {
        return new MetricFamilySamples(
                family.name,
                family.unit,
                family.type,
                family.help,
                family.samples.stream()
                        .filter(sample -> !sample.name.endsWith(BEGINNING))
                        .toList());
    }

    private static final class BuildInfo extends Collector {

        private final String version;

        private BuildInfo(String version) {
            this.version = version;
        }

        @Override
        public List<MetricFamilySamples> collect() {
            GaugeMetricFamily family = new GaugeMetricFamily(
                    "bulkhead_build_info", "1, with the version of the program.", List.of("version"));
            family.addMetric(List.of(version), 1);
            return List.of(family);
        }
    }
}
