package dev.bulkhead.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Pods that are added to a workload: what we write because of them. */
final class PodsBench {

    private static final int PODS = 500;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                OperatorProcess operator = new OperatorProcess(cluster.kubeconfig());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            out.printf("operator ready after %d ms%n", operator.start().toMillis());
            cluster.apply(BenchManifests.deployment(0, 1));
            cluster.awaitRunning(1);
            cluster.create(cluster.intent(0));
            watch.awaitCount(1, LIMIT);
            cluster.pause(SETTLE);
            long policies = cluster.metrics().writes("networkpolicies", "");
            long statuses = cluster.metrics().writes("accessintents", "status");
            cluster.apply(BenchManifests.deployment(0, 1 + PODS));
            cluster.awaitRunning(1 + PODS);
            cluster.pause(SETTLE);
            out.printf(
                    "%d pods added to one workload, by the API server's count: %d policy writes, %d status writes%n",
                    PODS,
                    cluster.metrics().writes("networkpolicies", "") - policies,
                    cluster.metrics().writes("accessintents", "status") - statuses);
            out.printf("pods that the operator wrote to, by their managedFields: %d%n", touched(cluster));
        }
    }

    private static long touched(BenchCluster cluster) {
        return cluster.client().pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getMetadata().getManagedFields().stream()
                        .anyMatch(entry -> entry.getManager().startsWith("bulkhead")))
                .count();
    }
}
