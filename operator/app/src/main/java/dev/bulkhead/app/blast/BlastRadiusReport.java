package dev.bulkhead.app.blast;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.reach.BlastRadius;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;

/**
 * How far somebody gets.
 *
 * @param direction EGRESS for whom the workload reaches, INGRESS for who reaches it
 * @param hops over how many connections at most
 * @param outside addresses that are reached directly, or that reach it so
 */
public record BlastRadiusReport(
        WorkloadName workload,
        Direction direction,
        int hops,
        ImmutableList<BlastRadius.Reached> reached,
        ImmutableList<Reachability.OutsidePorts> outside) {

    /** @param memory for all workloads that are reached, with their paths */
    public static BlastRadiusReport of(
            Reachability reachability, WorkloadName workload, Direction direction, int hops, MemoryLimit memory) {
        BlastRadius radius = new BlastRadius(reachability, memory);
        return new BlastRadiusReport(
                workload,
                direction,
                hops,
                direction == Direction.EGRESS
                        ? radius.reachableFrom(workload, hops)
                        : radius.whoCanReach(workload, hops),
                reachability.outside(direction, workload, Reachability.Ranges.MERGED));
    }
}
