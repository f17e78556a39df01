package dev.bulkhead.app.console;

import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.Reachability.Ranges;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.WorkloadName;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many workloads that have pods are open to addresses outside of the cluster, of those that one may see.
 *
 * @param scope whether whoever asks sees all namespaces: of the others nothing is known
 * @param ours in namespaces that a segment can enrol
 * @param system in those that no segment can
 * @param unreadable namespaces with a policy that cannot be read, so that what it does is not known
 */
record Exposure(String scope, Count ours, Count system, List<String> unreadable) {

    /**
     * @param inbound workloads that an address outside may connect to
     * @param outbound workloads that may connect to an address outside
     */
    record Count(int workloads, int inbound, int outbound) {}

    static Exposure of(ViewedCluster cluster) {
        Predicate<WorkloadName> isSystem =
                workload -> cluster.view().snapshot().declarations().excluded().contains(workload.namespace());
        return cluster.reachable(reachability -> new Exposure(
                Overview.scope(cluster),
                count(reachability, isSystem.negate()),
                count(reachability, isSystem),
                cluster.namespaces().stream()
                        .map(Namespace::name)
                        .filter(namespace ->
                                !cluster.view().snapshot().unreadable(namespace).isEmpty())
                        .toList()));
    }

    private static Count count(Reachability reachability, Predicate<WorkloadName> wanted) {
        List<WorkloadName> workloads =
                reachability.workloads().stream().filter(wanted).toList();
        return new Count(
                workloads.size(),
                open(reachability, Direction.INGRESS, workloads),
                open(reachability, Direction.EGRESS, workloads));
    }

    private static int open(Reachability reachability, Direction direction, List<WorkloadName> workloads) {
        return (int) workloads.stream()
                .filter(workload -> !reachability
                        .outside(direction, workload, Ranges.MERGED)
                        .isEmpty())
                .count();
    }
}
