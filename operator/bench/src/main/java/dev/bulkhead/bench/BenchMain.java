package dev.bulkhead.bench;

import dev.bulkhead.bench.reach.ReachabilityBench;
import dev.bulkhead.bench.reach.VerdictBench;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Measures one figure and prints it, with what was measured and on what. */
public final class BenchMain {

    private static final Map<String, Consumer<PrintStream>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("compile", out -> new CompileBench().run(out));
        FIGURES.put("scale", out -> new ScaleBench().run(out));
        FIGURES.put("neighbours", out -> new NeighbourBench().run(out));
        FIGURES.put("latency", out -> new LatencyBench().run(out));
        FIGURES.put("storm", out -> new StormBench().run(out));
        FIGURES.put("pods", out -> new PodsBench().run(out));
        FIGURES.put("memory", out -> new MemoryBench().run(out));
        FIGURES.put("tenants", out -> new TenantsBench().run(out));
        FIGURES.put("scrape", out -> new ScrapeBench().run(out));
        FIGURES.put("console", out -> new ConsoleBench().run(out));
        FIGURES.put("start", out -> new StartBench().run(out));
        FIGURES.put("recovery", out -> new RecoveryBench().run(out));
        FIGURES.put("hand-over", out -> new HandOverBench().run(out));
        FIGURES.put("reachability", out -> new ReachabilityBench().run(out));
        FIGURES.put("verdict", VerdictBench::run);
    }

    private BenchMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Consumer<PrintStream> figure = FIGURES.get(arguments.length == 0 ? "" : arguments[0]);
        if (figure == null) {
            out.println("Name a figure by -Dfigure=…: " + String.join(", ", FIGURES.keySet()));
            System.exit(2);
            return;
        }
        System.setProperty("logback.configurationFile", "dev/bulkhead/bench/logback.xml");
        out.printf(
                "figure %s; %d cores, %.1f processes running or waiting for one, %s %s on %s %s%n",
                arguments[0],
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        figure.accept(out);
        System.exit(0);
    }
}
