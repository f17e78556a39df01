package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a plan comes to, in numbers.
 *
 * @param rules how many rules there are in each state
 * @param workloads those that gain or lose anything, by name
 */
record PlanSummary(Policies policies, Connections connections, Map<String, Integer> rules, List<OfWorkload> workloads) {

    record Policies(int created, int changed, int deleted, int adopted) {}

    record Connections(int gained, int lost, long kept) {}

    /**
     * @param keeps what it keeps, where that is little enough to be named
     * @param cut whether policies hold it in both directions for the first time: whatever it does not keep or gain is closed
     */
    record OfWorkload(String workload, int gained, int lost, long kept, List<Named> keeps, boolean cut) {}

    /** A connection in the exact form. */
    record Named(String src, String dst, String conn) {}

    static PlanSummary of(PlanReport plan) {
        Map<WorkloadName, Integer> gained = counts(plan.gained());
        Map<WorkloadName, Integer> lost = counts(plan.lost());
        TreeSet<WorkloadName> touched = new TreeSet<>(Comparator.comparing(WorkloadName::toString));
        touched.addAll(gained.keySet());
        touched.addAll(lost.keySet());
        ImmutableList.Builder<OfWorkload> workloads = ImmutableList.builder();
        for (WorkloadName workload : touched) {
            KeptConnections.OfWorkload kept = plan.kept().of(workload);
            workloads.add(new OfWorkload(
                    workload.toString(),
                    gained.getOrDefault(workload, 0),
                    lost.getOrDefault(workload, 0),
                    kept.connections(),
                    kept.named().stream().map(PlanSummary::named).toList(),
                    isCut(plan, workload)));
        }
        return new PlanSummary(
                new Policies(
                        plan.created().size(),
                        plan.changed().size(),
                        plan.deleted().size(),
                        plan.adoption().adopted().size()),
                new Connections(
                        plan.gained().size(), plan.lost().size(), plan.kept().connections()),
                rules(plan),
                workloads.build());
    }

    private static boolean isCut(PlanReport plan, WorkloadName workload) {
        return plan.isolated().stream()
                        .filter(one -> one.workload().equals(workload))
                        .map(PlanReport.Isolated::direction)
                        .distinct()
                        .count()
                > 1;
    }

    private static Named named(Connection connection) {
        return new Named(
                connection.source().label(),
                connection.destination().label(),
                connection.ports().toString());
    }

    private static Map<WorkloadName, Integer> counts(List<PlanReport.Edge> edges) {
        Map<WorkloadName, Integer> counts = new LinkedHashMap<>();
        for (PlanReport.Edge edge : edges) {
            Stream.of(edge.source(), edge.destination())
                    .map(Party::workload)
                    .flatMap(Optional::stream)
                    .forEach(workload -> counts.merge(workload, 1, Integer::sum));
        }
        return counts;
    }

    private static Map<String, Integer> rules(PlanReport plan) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        plan.rules().forEach(rule -> counts.merge(rule.state().state().label(), 1, Integer::sum));
        return ImmutableSortedMap.copyOf(counts);
    }
}
