package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How soon the console's page can be used in a browser in a large cluster, and what it costs policies that many look at
 * it.
 */
final class ConsoleBench {

    private static final int LOADS = 10;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 50;
    private static final int CLIENTS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private int next;

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster();
                OperatorProcess operator = new OperatorProcess(cluster.kubeconfig());
                PolicyWatch watch = new PolicyWatch(cluster.client())) {
            MeshedShops shops = new MeshedShops();
            shops.namespaces().forEach(cluster::apply);
            cluster.createAll(cluster.parse(String.join("---\n", shops.workloads())));
            cluster.apply(shops.segment());
            cluster.createAll(cluster.parse(String.join("---\n", shops.intents())));
            ConsoleClient console = new ConsoleClient(operator.console(), cluster.token());
            console.awaitConnections(shops.connections(), LIMIT);
            cluster.pause(SETTLE);
            out.printf(
                    Locale.ROOT,
                    "%,d workloads, %,d declared connections%n",
                    shops.workloads().size(),
                    shops.connections());
            measureAnswers(console, out);
            measurePages(operator.console(), cluster.token(), out);
            measure(cluster, watch, WARM_UP);
            measurePolicies(cluster, watch, console, out);
        }
    }

    private static void measureAnswers(ConsoleClient console, PrintStream out) {
        for (String question : List.of("/api/v1/overview", "/api/v1/graph?by=workload")) {
            console.ask(question);
            double[] milliseconds = new double[LOADS];
            for (int load = 0; load < LOADS; load++) {
                milliseconds[load] = console.ask(question);
            }
            out.println(new Figures("the operator's answer to " + question, milliseconds));
        }
    }

    private static void measurePages(String address, String token, PrintStream out) {
        try (ConsoleBrowser browser = new ConsoleBrowser(address, token)) {
            for (String page : List.of("#/", "#/graph?by=workload")) {
                browser.load(page);
                double[] milliseconds = new double[LOADS];
                for (int load = 0; load < LOADS; load++) {
                    milliseconds[load] = browser.load(page);
                }
                out.println(new Figures("from navigation to " + page + " that can be used", milliseconds));
            }
        }
    }

    /** In turn, so that both have the same share of what else the machine does. */
    private void measurePolicies(BenchCluster cluster, PolicyWatch watch, ConsoleClient console, PrintStream out) {
        List<String> people = cluster.tokens(CLIENTS);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int turn = 0; turn < 4; turn++) {
            without.addAll(measure(cluster, watch, ROUNDS / 2));
            try (ConsoleClient.Streams streams = console.listen(people)) {
                with.addAll(measure(cluster, watch, ROUNDS / 2));
                out.printf("%d clients were told of changes %d times%n", CLIENTS, streams.told());
            }
        }
        out.println(figures("from an intent's creation to its policy, nobody looking", without));
        out.println(figures("the same with " + CLIENTS + " clients of the event stream", with));
    }

    private static Figures figures(String what, List<Double> milliseconds) {
        return new Figures(
                what, milliseconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private List<Double> measure(BenchCluster cluster, PolicyWatch watch, int rounds) {
        List<Double> milliseconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            HasMetadata intent = cluster.intent(next++);
            long sent = System.nanoTime();
            cluster.create(intent);
            milliseconds.add((watch.await(intent.getMetadata().getName(), LIMIT) - sent) / 1e6);
            cluster.pause(BETWEEN);
        }
        return milliseconds;
    }
}
