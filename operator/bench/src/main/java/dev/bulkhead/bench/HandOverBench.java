package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon policies are written after the leader was killed, and while it hands over. The time of an intent runs until the
 * watch event of its policy.
 */
final class HandOverBench {

    private static final int ROUNDS = 10;
    private static final int WARM_UP = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration HAND_OVER = Duration.ofSeconds(3);

    private int next;

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            cluster.apply(BenchManifests.namespace(Replicas.NAMESPACE));
            try (Replicas replicas = new Replicas(cluster, cluster.kubeconfig())) {
                warmUp(cluster, watch);
                double[] killed = new double[ROUNDS];
                double[] handedOver = new double[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    killed[round] = kill(cluster, watch, replicas.leader());
                    replicas.revive();
                    cluster.pause(SETTLE);
                    handedOver[round] = handOver(cluster, watch, replicas.leader());
                    replicas.revive();
                    cluster.pause(SETTLE);
                }
                out.println(new Figures("from the leader's kill to the next policy", killed));
                out.println(new Figures("the longest that an intent waits while the leader hands over", handedOver));
            }
        }
    }

    private double kill(BenchCluster cluster, PolicyWatch watch, OperatorProcess leader) {
        leader.kill();
        long begin = System.nanoTime();
        return (watch.await(create(cluster), LIMIT) - begin) / 1e6;
    }

    /** Declares one after the other while the leader ends and after that. */
    private double handOver(BenchCluster cluster, PolicyWatch watch, OperatorProcess leader) {
        List<String> names = new ArrayList<>();
        List<Long> begins = new ArrayList<>();
        leader.stop();
        long end = System.nanoTime() + HAND_OVER.toNanos();
        while (System.nanoTime() < end) {
            begins.add(System.nanoTime());
            names.add(create(cluster));
            cluster.pause(BETWEEN);
        }
        leader.close();
        double longest = 0;
        for (int intent = 0; intent < names.size(); intent++) {
            longest = Math.max(longest, (watch.await(names.get(intent), LIMIT) - begins.get(intent)) / 1e6);
        }
        return longest;
    }

    private void warmUp(BenchCluster cluster, PolicyWatch watch) {
        for (int intent = 0; intent < WARM_UP; intent++) {
            watch.await(create(cluster), LIMIT);
        }
    }

    /** @return the intent's name */
    private String create(BenchCluster cluster) {
        HasMetadata intent = cluster.intent(next++);
        cluster.create(intent);
        return intent.getMetadata().getName();
    }
}
