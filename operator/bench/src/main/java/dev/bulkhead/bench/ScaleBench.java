package dev.bulkhead.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What one change of one namespace costs, by how many other namespaces there are. */
final class ScaleBench {

    private static final int WARM_UP = 200;
    private static final int ROUNDS = 300;
    private static final int INTENTS = 2;
    private static final int PODS_PER_WORKLOAD = 4;
    private static final String CHANGED = "team-7";

    /** In turns, so that whatever else the machine does slows all of them alike. */
    void run(PrintStream out) {
        List<Change> changes = Stream.of(50, 500, 5_000).map(Change::new).toList();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Change change : changes) {
                change.measure(round);
            }
        }
        double first = changes.get(0).report(out);
        for (Change change : changes.subList(1, changes.size())) {
            double median = change.report(out);
            out.printf(Locale.ROOT, "%.2f times that of 50 namespaces%n", median / first);
        }
    }

    /** One rule for another in one namespace, compiled and planned again and again. */
    private static final class Change {

        private final int namespaces;
        private final SyntheticCluster cluster;
        private final Enrolment enrolment;
        private final List<NetworkPolicy> before;
        private final double[] compilations = new double[ROUNDS];
        private final double[] plans = new double[ROUNDS];
        private final double[] both = new double[ROUNDS];

        Change(int namespaces) {
            this.namespaces = namespaces;
            this.cluster = SyntheticCluster.of(namespaces, INTENTS, PODS_PER_WORKLOAD);
            this.enrolment =
                    new SegmentAssigner().enrol(cluster.world().namespaces().keySet(), cluster.declarations());
            this.before = onAnotherPort(compile(cluster, enrolment));
        }

        /** @param round negative while the JVM warms up */
        void measure(int round) {
            long start = System.nanoTime();
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = compile(cluster, enrolment);
            long middle = System.nanoTime();
            Plan plan = new Planner().plan(cluster.world(), before, desired, Set.of());
            long end = System.nanoTime();
            if (plan.writes().isEmpty()) {
                throw new AssertionError("Nothing was planned");
            }
            if (round >= 0) {
                compilations[round] = (middle - start) / 1e6;
                plans[round] = (end - middle) / 1e6;
                both[round] = (end - start) / 1e6;
            }
        }

        /** @return the median of a compilation and a plan together, in milliseconds */
        double report(PrintStream out) {
            out.printf("%,d namespaces, %,d pods%n", namespaces, namespaces * INTENTS * PODS_PER_WORKLOAD);
            out.println(new Figures("compile of the changed namespace", compilations));
            out.println(new Figures("plan of the change, one rule for another", plans));
            Figures change = new Figures("both", both);
            out.println(change);
            return change.median();
        }
    }

    private static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> compile(
            SyntheticCluster cluster, Enrolment enrolment) {
        return new Compiler()
                .compile(cluster.world(), PoliciesByOthers.none(), cluster.declarations(), enrolment, CHANGED)
                .policies();
    }

    /** The same policies on another port, so that the change from these to those both grows and shrinks. */
    private static List<NetworkPolicy> onAnotherPort(ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        return desired.values().stream()
                .filter(policy -> !PolicyNames.isBaseline(policy.key()))
                .map(policy -> policy.withRules(
                        policy.subject(),
                        policy.directions(),
                        onAnotherPort(policy.ingress()),
                        onAnotherPort(policy.egress())))
                .toList();
    }

    private static ImmutableList<PolicyRule> onAnotherPort(List<PolicyRule> rules) {
        return rules.stream()
                .map(rule -> new PolicyRule(rule.peers(), Ports.port(Protocol.TCP, 9090)))
                .collect(ImmutableList.toImmutableList());
    }
}
