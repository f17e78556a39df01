package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Many intents at once: until their last policy, and what it takes to write them. */
final class StormBench {

    private static final int INTENTS = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                OperatorProcess operator = new OperatorProcess(cluster.kubeconfig());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            out.printf("operator ready after %d ms%n", operator.start().toMillis());
            cluster.pause(SETTLE);
            long policies = cluster.metrics().writes("networkpolicies", "");
            long statuses = cluster.metrics().writes("accessintents", "status");
            List<HasMetadata> intents = cluster.intents(0, INTENTS);
            long begin = System.nanoTime();
            cluster.createAll(intents);
            long created = System.nanoTime();
            long last = watch.awaitCount(INTENTS, LIMIT);
            cluster.pause(SETTLE);
            out.printf(
                    "%d intents over %d namespaces created in %.1f s; last policy %.1f s after the first create was sent%n",
                    INTENTS, BenchCluster.NAMESPACES, (created - begin) / 1e9, (last - begin) / 1e9);
            out.printf(
                    "by the API server's count: %.2f policy writes and %.2f status writes for each policy%n",
                    (cluster.metrics().writes("networkpolicies", "") - policies) / (double) INTENTS,
                    (cluster.metrics().writes("accessintents", "status") - statuses) / (double) INTENTS);
        }
    }
}
