package dev.bulkhead.cluster.metrics;

import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.core.intent.DeclaredSegment;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.GaugeMetricFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The namespaces that segments enrol, put together as far as the detail asks for. Every place is there whether or not
 * something is counted in it, so that what is found adds no series.
 */
final class EnrolledNamespaces {

    private final MetricsDetail detail;
    private final InventorySnapshot snapshot;

    EnrolledNamespaces(MetricsDetail detail, InventorySnapshot snapshot) {
        this.detail = detail;
        this.snapshot = snapshot;
    }

    /** A gauge of what is counted in each namespace. */
    MetricFamilySamples gauge(String name, String help, ToDoubleFunction<String> count) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, labels());
        Map<List<String>, Double> sums = zeros();
        snapshot.enrolment()
                .segments()
                .keySet()
                .forEach(namespace -> sums.merge(place(namespace), count.applyAsDouble(namespace), Double::sum));
        sums.forEach(family::addMetric);
        return family;
    }

    /** Likewise, with a label whose values are given, and a count for each of them. */
    MetricFamilySamples gauge(
            String name, String help, String label, Map<String, ? extends ToDoubleFunction<String>> counts) {
        GaugeMetricFamily family = new GaugeMetricFamily(
                name, help, Stream.concat(labels().stream(), Stream.of(label)).toList());
        counts.forEach((value, count) -> {
            Map<List<String>, Double> sums = zeros();
            snapshot.enrolment()
                    .segments()
                    .keySet()
                    .forEach(namespace -> sums.merge(place(namespace), count.applyAsDouble(namespace), Double::sum));
            sums.forEach((place, sum) -> family.addMetric(
                    Stream.concat(place.stream(), Stream.of(value)).toList(), sum));
        });
        return family;
    }

    private Map<List<String>, Double> zeros() {
        Map<List<String>, Double> zeros = new LinkedHashMap<>();
        switch (detail) {
            case CLUSTER -> zeros.put(List.of(), 0.0);
            case SEGMENT ->
                snapshot.declarations().segments().keySet().forEach(segment -> zeros.put(List.of(segment), 0.0));
            case NAMESPACE ->
                snapshot.enrolment().segments().keySet().forEach(namespace -> zeros.put(place(namespace), 0.0));
        }
        return zeros;
    }

    private List<String> labels() {
        return switch (detail) {
            case CLUSTER -> List.of();
            case SEGMENT -> List.of("segment");
            case NAMESPACE -> List.of("segment", "namespace");
        };
    }

    private List<String> place(String namespace) {
        String segment = Optional.ofNullable(snapshot.enrolment().segments().get(namespace))
                .map(DeclaredSegment::name)
                .orElse("");
        return switch (detail) {
            case CLUSTER -> List.of();
            case SEGMENT -> List.of(segment);
            case NAMESPACE -> List.of(segment, namespace);
        };
    }
}
