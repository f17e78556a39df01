package dev.bulkhead.bench;

import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import java.io.PrintStream;
import java.util.Map;

/** How long a whole compile takes, and that of one namespace. */
final class CompileBench {

    private static final int WARM_UP = 30;
    private static final int ROUNDS = 50;
    private static final int PODS_PER_WORKLOAD = 10;

    void run(PrintStream out) {
        measure(out, 100, 10);
        measure(out, 10, 100);
    }

    private static void measure(PrintStream out, int namespaces, int intentsPerNamespace) {
        SyntheticCluster cluster = SyntheticCluster.of(namespaces, intentsPerNamespace, PODS_PER_WORKLOAD);
        double[] whole = new double[ROUNDS];
        double[] single = new double[ROUNDS];
        int policies = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            Enrolment enrolment =
                    new SegmentAssigner().enrol(cluster.world().namespaces().keySet(), cluster.declarations());
            Map<String, Compilation> compiled = new Compiler()
                    .compile(
                            cluster.world(),
                            PoliciesByOthers.none(),
                            cluster.declarations(),
                            enrolment,
                            cluster.world().namespaces().keySet());
            long middle = System.nanoTime();
            new Compiler()
                    .compile(cluster.world(), PoliciesByOthers.none(), cluster.declarations(), enrolment, "team-7");
            long end = System.nanoTime();
            policies = compiled.values().stream()
                    .mapToInt(compilation -> compilation.policies().size())
                    .sum();
            if (round >= 0) {
                whole[round] = (middle - start) / 1e6;
                single[round] = (end - middle) / 1e6;
            }
        }
        out.printf(
                "%,d namespaces, %,d pods, %,d intents, %,d policies%n",
                namespaces,
                namespaces * intentsPerNamespace * PODS_PER_WORKLOAD,
                namespaces * intentsPerNamespace,
                policies);
        out.println(new Figures("compile of everything", whole));
        out.println(new Figures("compile of one namespace", single));
    }
}
