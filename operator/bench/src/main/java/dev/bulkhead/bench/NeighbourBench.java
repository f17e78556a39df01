package dev.bulkhead.bench;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a namespace that offers something to another one takes to compile, by how many rules of that one name it: as many as one
 * namespace has room for, and many more. In processor time, since other programs may want the same cores.
 */
final class NeighbourBench {

    private static final int WARM_UP = 50;
    private static final int ROUNDS = 100;
    private static final int INTENTS = 10;
    private static final int RULES_PER_INTENT = 64;
    private static final String OFFERING = "team-1";
    private static final String NAMING = "team-0";

    void run(PrintStream out) {
        SyntheticCluster cluster = SyntheticCluster.of(3, INTENTS, 4);
        measure(out, cluster, "no rules besides", 0, n -> account("w0"));
        for (int rules : new int[] {1_400, 9_600}) {
            measure(out, cluster, rules + " rules for accounts that are not there", rules, n -> account("none-" + n));
            measure(out, cluster, rules + " rules that are answered", rules, n -> account("w" + n % INTENTS));
            measure(
                    out,
                    cluster,
                    rules + " rules with a selector each",
                    rules,
                    n -> new WorkloadSelector.Labels(LabelSelector.labels(Map.of("app", "w0", "number", "n" + n))));
        }
    }

    private static WorkloadSelector account(String name) {
        return new WorkloadSelector.ServiceAccount(name);
    }

    private static void measure(
            PrintStream out, SyntheticCluster cluster, String what, int rules, IntFunction<WorkloadSelector> named) {
        Declarations declarations = with(cluster.declarations(), rules, named);
        Enrolment enrolment =
                new SegmentAssigner().enrol(cluster.world().namespaces().keySet(), declarations);
        Compiler compiler = new Compiler();
        double[] took = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = processorTime();
            compiler.compile(cluster.world(), PoliciesByOthers.none(), declarations, enrolment, OFFERING);
            if (round >= 0) {
                took[round] = (processorTime() - start) / 1e6;
            }
        }
        out.println(new Figures(what, took));
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Declarations with(Declarations before, int rules, IntFunction<WorkloadSelector> named) {
        List<DeclaredIntent> intents = new ArrayList<>();
        before.intents()
                .values()
                .forEach(namespace -> intents.addAll(namespace.intents().values()));
        for (int first = 0; first < rules; first += RULES_PER_INTENT) {
            Stream<Rule> asked = IntStream.range(first, Math.min(rules, first + RULES_PER_INTENT))
                    .mapToObj(n -> new Rule(
                            Direction.EGRESS,
                            n % RULES_PER_INTENT,
                            new Peer.OfWorkload(OFFERING, named.apply(n)),
                            Ports.port(Protocol.TCP, 1024 + n),
                            ""));
            intents.add(new DeclaredIntent(
                    new DeclaredIntent.Key(NAMING, "more-" + first),
                    account("w" + first / RULES_PER_INTENT % INTENTS),
                    asked.collect(ImmutableList.toImmutableList())));
        }
        return Declarations.of(
                intents,
                before.segments().values(),
                before.guardrails().values(),
                before.wellKnown(),
                before.excluded());
    }
}
