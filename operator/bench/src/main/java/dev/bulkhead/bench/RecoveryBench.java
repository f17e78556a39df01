package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.faults.Disturbance;
import dev.bulkhead.testkit.faults.FaultProxy;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.WatchFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How soon policies are written after the API server was away, or after a watch showed nothing any more. The time of an intent runs until the watch event of its policy. */
final class RecoveryBench {

    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final int OUTAGES = 5;
    private static final int SILENCES = 5;
    private static final int WARM_UP = 50;
    private static final String BASELINE = "bulkhead-baseline";
    private static final Match POLICIES = Match.watches().of("networkpolicies");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private int next;

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                FaultProxy proxy = FaultProxy.before(cluster.configuration());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            cluster.apply(BenchManifests.namespace(Replicas.NAMESPACE));
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
                out.println(new Figures(
                        "a watch goes silent and a baseline is deleted: until it is back", silences(cluster, proxy)));
            }
            try (Replicas replicas = new Replicas(cluster, throughTheProxy)) {
                warmUp(cluster, watch);
                out.println(new Figures(
                        "  two replicas, of which one leads", outages(cluster, proxy, watch, replicas::revive)));
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

    private static double[] silences(BenchCluster cluster, FaultProxy proxy) {
        double[] milliseconds = new double[SILENCES];
        for (int round = 0; round < SILENCES; round++) {
            Resource<NetworkPolicy> baseline = cluster.client()
                    .network()
                    .v1()
                    .networkPolicies()
                    .inNamespace(BenchCluster.namespace(round))
                    .withName(BASELINE);
            try (Disturbance silence = proxy.disturb(POLICIES, WatchFault.silent())) {
                baseline.delete();
                long gone = System.nanoTime();
                Await.until("the baseline is back", LIMIT, () -> silence.hits() > 0 && baseline.get() != null);
                milliseconds[round] = (System.nanoTime() - gone) / 1e6;
            }
            cluster.pause(SETTLE);
        }
        return milliseconds;
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
