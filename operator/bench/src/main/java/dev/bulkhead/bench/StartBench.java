package dev.bulkhead.bench;

import java.io.PrintStream;

/** How long the operator's process needs until it is ready, in a cluster with pods. */
final class StartBench {

    private static final int PODS = 5000;
    private static final int ROUNDS = 10;

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster()) {
            cluster.createAll(cluster.intents(0, 100));
            cluster.createPods(0, PODS);
            double[] milliseconds = new double[ROUNDS];
            double[] processor = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                try (OperatorProcess operator = new OperatorProcess(cluster.kubeconfig())) {
                    if (round >= 0) {
                        milliseconds[round] = operator.start().toNanos() / 1e6;
                        processor[round] = operator.startProcessorTime().toNanos() / 1e6;
                    }
                }
            }
            out.println("JVM options " + OperatorProcess.JVM_OPTIONS);
            out.println(new Figures("start of the process to /readyz with 5,000 pods", milliseconds));
            out.println(new Figures("  of processor time", processor));
        }
    }
}
