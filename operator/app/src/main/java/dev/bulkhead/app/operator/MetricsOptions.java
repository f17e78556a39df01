package dev.bulkhead.app.operator;

import dev.bulkhead.cluster.access.TokenGate;
import dev.bulkhead.cluster.metrics.MetricsDetail;
import dev.bulkhead.cluster.metrics.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether metrics are served, where, and how much they tell apart. */
final class MetricsOptions {

    @Option(
            names = "--metrics",
            negatable = true,
            defaultValue = "${env:BULKHEAD_METRICS:-true}",
            fallbackValue = "true",
            description = "Serve /metrics to whom the API server lets get it (environment: BULKHEAD_METRICS). Default:"
                    + " ${DEFAULT-VALUE}.")
    private boolean metrics;

    @Option(
            names = "--metrics-port",
            defaultValue = "${env:BULKHEAD_METRICS_PORT:-8080}",
            description = "Where /metrics is served (environment: BULKHEAD_METRICS_PORT). Default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Option(
            names = "--metrics-detail",
            defaultValue = "${env:BULKHEAD_METRICS_DETAIL:-SEGMENT}",
            description = "What metrics tell apart: CLUSTER, totals only; SEGMENT; NAMESPACE, which shows names that"
                    + " tenants may have chosen (environment: BULKHEAD_METRICS_DETAIL). Default: ${DEFAULT-VALUE}.")
    private MetricsDetail metricsDetail;

    MetricsDetail detail() {
        return metricsDetail;
    }

    /** Nothing where they are switched off. */
    Optional<MetricsServer> serve(OperatorMetrics told, KubernetesClient client) {
        return metrics
                ? Optional.of(new MetricsServer(metricsPort, told, new TokenGate(client, Clock.systemUTC())))
                : Optional.empty();
    }
}
