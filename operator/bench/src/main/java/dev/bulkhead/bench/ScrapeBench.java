package dev.bulkhead.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** How long one look at the metrics takes, and how much it shows, in a large cluster. */
final class ScrapeBench {

    private static final int PODS = 10_000;
    private static final int INTENTS = 1000;
    private static final int LOOKS = 100;
    private static final Duration SETTLE = Duration.ofSeconds(10);

    void run(PrintStream out) {
        try (BenchCluster cluster = new BenchCluster()) {
            cluster.createAll(cluster.intents(0, INTENTS));
            cluster.createPods(0, PODS);
            try (OperatorProcess operator = new OperatorProcess(cluster.kubeconfig())) {
                cluster.pause(SETTLE);
                String shown = operator.scrape(cluster.token());
                double[] milliseconds = new double[LOOKS];
                for (int look = 0; look < LOOKS; look++) {
                    long begin = System.nanoTime();
                    operator.scrape(cluster.token());
                    milliseconds[look] = (System.nanoTime() - begin) / 1e6;
                }
                out.printf(
                        Locale.ROOT,
                        "%,d pods, %,d intents: %d series, %d KiB%n",
                        PODS,
                        INTENTS,
                        shown.lines().filter(line -> !line.startsWith("#")).count(),
                        shown.length() / 1024);
                out.println(new Figures("one scrape", milliseconds));
            }
        }
    }
}
