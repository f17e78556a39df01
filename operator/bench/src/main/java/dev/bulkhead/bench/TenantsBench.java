package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the largest objects that one team can create take of the operator's memory, whether it can be started again beside them,
 * and how long another team waits for its policies meanwhile.
 */
final class TenantsBench {

    private static final int ROUNDS = 20;
    private static final int OPENINGS = 5;
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Whose intents are measured, and whom they call; both have nothing to do with those that are crowded. */
    private static final int VICTIM = 5;

    private static final int CALLED = VICTIM + 1;

    private int next = 100_000 + VICTIM;

    /** Each kind of objects in one namespace, then a quarter of all of them in each of eight. */
    void run(PrintStream out) {
        CrowdedNamespace.kinds().forEach(kind -> measure(out, kind.name(), List.of(kind), 1));
        measure(
                out,
                "a quarter of all of them in eight namespaces",
                CrowdedNamespace.kinds().stream().map(CrowdedNamespace::part).toList(),
                BenchCluster.NAMESPACES);
    }

    private void measure(PrintStream out, String what, List<CrowdedNamespace> kinds, int namespaces) {
        try (BenchCluster cluster = new BenchCluster();
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            out.println(what + ":");
            int objects = kinds.stream().mapToInt(CrowdedNamespace::count).sum();
            try (OperatorProcess operator = new OperatorProcess(cluster.kubeconfig())) {
                double before = operator.liveHeapKibibytes();
                out.println("  before: " + policies(cluster, watch) + "; " + told(cluster));
                kinds.forEach(kind -> IntStream.range(0, namespaces)
                        .filter(number -> number != VICTIM && number != CALLED)
                        .forEach(number -> crowd(cluster, kind, number)));
                out.println("  meanwhile: " + outcome(operator, () -> policies(cluster, watch)));
                cluster.pause(SETTLE);
                out.println("  policies by others: " + outcome(operator, () -> told(cluster)));
                out.println("  kept: "
                        + outcome(
                                operator,
                                () -> "%.1f MiB, %.1f KiB for each object"
                                        .formatted(
                                                operator.liveHeapKibibytes() / 1024,
                                                (operator.liveHeapKibibytes() - before)
                                                        / objects
                                                        / Math.max(1, namespaces - 2))));
            }
            try (OperatorProcess again = new OperatorProcess(cluster.kubeconfig())) {
                out.println("  started again: ready after %d ms, RSS %.0f MiB, "
                                .formatted(again.start().toMillis(), again.residentMebibytes())
                        + outcome(again, () -> policies(cluster, watch)));
            } catch (IllegalStateException e) {
                out.println("  started again: " + e.getMessage());
            }
        }
    }

    private static void crowd(BenchCluster cluster, CrowdedNamespace kind, int number) {
        IntFunction<HasMetadata> object = index ->
                cluster.parse(kind.yaml(BenchCluster.namespace(number), index)).get(0);
        // One after the other: thousands of large objects at once are more than this program has memory for.
        Stream.iterate(0, index -> index + 1)
                .limit(kind.count())
                .map(object::apply)
                .forEach(cluster::create);
    }

    private static String outcome(OperatorProcess operator, Supplier<String> measured) {
        try {
            String outcome = measured.get();
            return operator.isAlive() ? outcome : "the operator has ended";
        } catch (RuntimeException e) {
            return (operator.isAlive() ? "" : "the operator has ended; ") + e.getMessage();
        }
    }

    private String policies(BenchCluster cluster, PolicyWatch watch) {
        double[] waited = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            HasMetadata intent = cluster.intent(next);
            next += BenchCluster.NAMESPACES;
            long sent = System.nanoTime();
            cluster.create(intent);
            waited[round] = (watch.await(intent.getMetadata().getName(), LIMIT) - sent) / 1e6;
        }
        return new Figures("another team's time to policy", waited).toString();
    }

    /** A policy that opens the other team's namespace, until the Segment says that it does. */
    private static String told(BenchCluster cluster) {
        double[] waited = new double[OPENINGS];
        for (int round = 0; round < OPENINGS; round++) {
            HasMetadata opening = cluster.parse(
                            BenchManifests.opening(BenchCluster.namespace(VICTIM), "opening-" + round))
                    .get(0);
            long sent = System.nanoTime();
            cluster.create(opening);
            Await.until("it is told", LIMIT, () -> isTold(cluster, opening));
            waited[round] = (System.nanoTime() - sent) / 1e6;
            cluster.client().resource(opening).delete();
            Await.until("it is told no more", LIMIT, () -> !isTold(cluster, opening));
        }
        return new Figures("from a policy that opens that team's namespace to the Segment's status", waited).toString();
    }

    private static boolean isTold(BenchCluster cluster, HasMetadata policy) {
        return cluster
                .client()
                .genericKubernetesResources("bulkhead.dev/v1alpha1", "Segment")
                .list()
                .getItems()
                .stream()
                .anyMatch(segment -> String.valueOf(segment.<Object>get("status"))
                        .contains(policy.getMetadata().getName()));
    }
}
