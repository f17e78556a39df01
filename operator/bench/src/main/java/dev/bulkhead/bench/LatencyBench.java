package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintStream;
import java.time.Duration;

/** How long after an intent is created its policy's watch event comes, one intent at a time. */
final class LatencyBench {

    private static final int WORKLOADS = 30;
    private static final int MANY = 1000;
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private int next = WORKLOADS;

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                OperatorProcess operator = new OperatorProcess(cluster.kubeconfig());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            out.printf("operator ready after %d ms%n", operator.start().toMillis());
            for (int w = 0; w < WORKLOADS; w++) {
                cluster.apply(BenchManifests.deployment(w, 1));
            }
            cluster.awaitRunning(WORKLOADS);
            cluster.pause(SETTLE);
            measure(cluster, watch, WARM_UP);
            measure(cluster, watch, ROUNDS).print(out, "with " + WORKLOADS + " workloads");
            int first = next;
            next += MANY;
            cluster.createAll(cluster.intents(first, MANY));
            watch.awaitCount(WARM_UP + ROUNDS + MANY, LIMIT);
            cluster.pause(SETTLE);
            measure(cluster, watch, ROUNDS)
                    .print(out, "with " + WORKLOADS + " workloads and " + watch.count() + " intents and policies");
        }
    }

    private Samples measure(BenchCluster cluster, PolicyWatch watch, int rounds) {
        double[] fromSending = new double[rounds];
        double[] fromAnswer = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            HasMetadata intent = cluster.intent(next++);
            long sent = System.nanoTime();
            cluster.create(intent);
            long answered = System.nanoTime();
            long arrived = watch.await(intent.getMetadata().getName(), LIMIT);
            fromSending[round] = (arrived - sent) / 1e6;
            fromAnswer[round] = (arrived - answered) / 1e6;
            cluster.pause(BETWEEN);
        }
        return new Samples(
                new Figures("from create's answer to policy's event", fromAnswer),
                new Figures("from create's sending to policy's event", fromSending));
    }

    private record Samples(Figures fromAnswer, Figures fromSending) {

        void print(PrintStream out, String where) {
            out.println(where + ":");
            out.println("  " + fromAnswer);
            out.println("  " + fromSending);
        }
    }
}
