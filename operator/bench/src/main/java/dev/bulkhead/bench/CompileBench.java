package dev.bulkhead.bench;

import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrol;
import dev.bulkhead.core.compile.Enrolment;
import java.io.PrintStream;
import java.util.Map;

/** How long a whole compile takes, and that of one namespace. */
final class CompileBench {

    private static final int WARM_UP = 30;
    private static final int ROUNDS = 50;

    void run(PrintStream out) {
        SyntheticCluster cluster = SyntheticCluster.of(100, 10, 10);
        double[] whole = new double[ROUNDS];
        double[] single = new double[ROUNDS];
        int policies = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            Enrolment enrolment = new Enrol().enrol(cluster.world().namespaces().keySet(), cluster.declarations());
            Map<String, Compilation> compiled = new Compiler()
                    .compile(
                            cluster.world(),
                            cluster.declarations(),
                            enrolment,
                            cluster.world().namespaces().keySet());
            long middle = System.nanoTime();
            new Compiler().compile(cluster.world(), cluster.declarations(), enrolment, "team-7");
            long end = System.nanoTime();
            policies = compiled.values().stream()
                    .mapToInt(compilation -> compilation.policies().size())
                    .sum();
            if (round >= 0) {
                whole[round] = (middle - start) / 1e6;
                single[round] = (end - middle) / 1e6;
            }
        }
        out.println("10,000 pods, 1,000 intents, " + policies + " policies");
        out.println(new Figures("compile of everything", whole));
        out.println(new Figures("compile of one namespace", single));
    }
}
