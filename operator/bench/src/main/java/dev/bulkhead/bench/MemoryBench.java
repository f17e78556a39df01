package dev.bulkhead.bench;

import java.io.PrintStream;
import java.time.Duration;

/** What the operator's process takes, and what each further pod adds. */
final class MemoryBench {

    private static final int PODS = 5000;
    private static final Duration SETTLE = Duration.ofSeconds(10);

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster()) {
            cluster.createAll(cluster.intents(0, 100));
            cluster.createPods(0, PODS);
            try (OperatorProcess operator = new OperatorProcess(cluster.kubeconfig())) {
                cluster.pause(SETTLE);
                out.println("JVM options " + OperatorProcess.JVM_OPTIONS);
                double before = print(out, operator, PODS);
                cluster.createPods(PODS, PODS);
                cluster.pause(SETTLE);
                double after = print(out, operator, 2 * PODS);
                out.printf("heap for each further pod: %.2f KiB%n", (after - before) / PODS);
            }
        }
    }

    private static double print(PrintStream out, OperatorProcess operator, int pods) {
        double resident = operator.residentMebibytes();
        double heap = operator.liveHeapKibibytes();
        operator.memoryByPart().forEach(part -> out.println("  " + part));
        out.printf(
                "with %,d pods: RSS %.0f MiB (%.0f MiB after a full collection), live heap %.1f MiB%n",
                pods, resident, operator.residentMebibytes(), heap / 1024);
        return heap;
    }
}
