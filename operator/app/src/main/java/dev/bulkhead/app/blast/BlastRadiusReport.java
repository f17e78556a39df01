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
 * @param outside addresses that are reached, or that reach it, over as many connections
 */
public record BlastRadiusReport(
        WorkloadName workload,
        Direction direction,
        int hops,
        ImmutableList<BlastRadius.Reached> reached,
        ImmutableList<BlastRadius.Outside> outside) {

    /** @param memory for all workloads that are reached, with their paths */
    public static BlastRadiusReport of(
            Reachability reachability, WorkloadName workload, Direction direction, int hops, MemoryLimit memory) {
        BlastRadius radius = new BlastRadius(reachability, memory);
        ImmutableList<BlastRadius.Reached> reached = direction == Direction.EGRESS
                ? radius.reachableFrom(workload, hops)
                : radius.whoCanReach(workload, hops);
        return new BlastRadiusReport(
                workload, direction, hops, reached, radius.outside(direction, workload, reached, hops));
    }
}
