package dev.bulkhead.bench;

import dev.bulkhead.testkit.faults.FaultProxy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How soon policies are written after the API server was away, after the leader was killed, and while it hands over. The
 * time of an intent runs until the watch event of its policy.
 */
final class RecoveryBench {

    private static final String NAMESPACE = "bulkhead-system";
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final int OUTAGES = 5;
    private static final int ROUNDS = 10;
    private static final int WARM_UP = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration HAND_OVER = Duration.ofSeconds(3);

    private int next;

    /** Two, of which one leads. */
    private static final class Replicas implements AutoCloseable {

        private final BenchCluster cluster;
        private final Path kubeconfig;
        private final Map<String, OperatorProcess> processes = new TreeMap<>();

        private Replicas(BenchCluster cluster, Path kubeconfig) {
            this.cluster = cluster;
            this.kubeconfig = kubeconfig;
            revive();
        }

        /** Starts anew what has ended, as the kubelet does. */
        private void revive() {
            for (String name : List.of("replica-a", "replica-b")) {
                OperatorProcess process = processes.get(name);
                if (process == null || !process.isAlive()) {
                    processes.put(name, OperatorProcess.replica(kubeconfig, name));
                }
            }
        }

        private OperatorProcess leader() {
            Lease lease = cluster.client()
                    .leases()
                    .inNamespace(NAMESPACE)
                    .withName("bulkhead")
                    .get();
            String holder = lease.getSpec().getHolderIdentity();
            return processes.entrySet().stream()
                    .filter(replica -> holder.startsWith(replica.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            processes.values().forEach(OperatorProcess::close);
        }
    }

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                FaultProxy proxy = FaultProxy.before(cluster.configuration());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            cluster.apply(Manifests.namespace(NAMESPACE));
            Path throughTheProxy = kubeconfig(cluster, proxy);
            out.printf(
                    "from the API server's return after %d s to the policies of %d intents declared meanwhile, %d times:%n",
                    OUTAGE.toSeconds(), BenchCluster.NAMESPACES, OUTAGES);
            try (OperatorProcess alone = new OperatorProcess(throughTheProxy)) {
                warmUp(cluster, watch);
                double[] outages = outages(cluster, proxy, watch, () -> {
                    if (!alone.isAlive()) {
                        throw new IllegalStateException("the operator has ended");
                    }
                });
                out.println(new Figures("  one replica without election", outages));
            }
            try (Replicas replicas = new Replicas(cluster, throughTheProxy)) {
                warmUp(cluster, watch);
                out.println(new Figures(
                        "  two replicas, of which one leads", outages(cluster, proxy, watch, replicas::revive)));
            }
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

    private double[] outages(BenchCluster cluster, FaultProxy proxy, PolicyWatch watch, Runnable afterEach) {
        List<Double> milliseconds = new ArrayList<>();
        for (int round = 0; round < OUTAGES; round++) {
            List<HasMetadata> intents = cluster.intents(next, BenchCluster.NAMESPACES);
            next += BenchCluster.NAMESPACES;
            FaultProxy.Refusal away = proxy.refuseConnections();
            cluster.pause(OUTAGE.dividedBy(2));
            intents.forEach(cluster::create);
            cluster.pause(OUTAGE.dividedBy(2));
            away.close();
            long back = System.nanoTime();
            for (HasMetadata intent : intents) {
                milliseconds.add((watch.await(intent.getMetadata().getName(), LIMIT) - back) / 1e6);
            }
            afterEach.run();
            cluster.pause(SETTLE);
        }
        return milliseconds.stream().mapToDouble(Double::doubleValue).toArray();
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

    private static Path kubeconfig(BenchCluster cluster, FaultProxy proxy) {
        Config direct = cluster.configuration();
        try {
            String text = Files.readString(cluster.kubeconfig())
                    .replace(direct.getMasterUrl(), proxy.configuration(direct).getMasterUrl())
                    .replaceAll("(?m)^ *certificate-authority:.*\\R", "");
            Path file = Path.of(
                    System.getProperty("bulkhead.root"), "operator", "bench", "target", "kubeconfig-through-the-proxy");
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
