package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far somebody gets who goes on from each workload they reach. */
public final class BlastRadius {

    /** Bytes that one takes, and each step of its path. */
    private static final int REACHED = 250;

    private static final int STEP = 100;

    private final Reachability reachability;
    private final MemoryLimit memory;

    /** @param memory for the answers; one that takes more ends with a {@link TooLargeException} */
    public BlastRadius(Reachability reachability, MemoryLimit memory) {
        this.reachability = reachability;
        this.memory = memory;
    }

    /**
     * @param path from the source to the destination, both included: a shortest one, of several the first by name
     * @param ports of the destination on which the last step is allowed
     */
    public record Reached(WorkloadName workload, ImmutableList<WorkloadName> path, PortSet ports) {

        /** How many connections it takes. */
        public int hops() {
            return path.size() - 1;
        }
    }

    /**
     * Addresses outside at the end of a path.
     *
     * @param path the workloads between, in the order of the connections; a shortest one, of several the first by name
     * @param ports on which the addresses are connected with the workload next to them
     */
    public record Outside(AddressRange range, ImmutableList<WorkloadName> path, PortSet ports) {

        /** How many connections it takes. */
        public int hops() {
            return path.size();
        }
    }

    /** Whom the workload reaches; by hops, then by name. */
    public ImmutableList<Reached> reachableFrom(WorkloadName source, int maximumHops) {
        return search(source, maximumHops, true);
    }

    /** Who reaches the workload; by hops, then by name. */
    public ImmutableList<Reached> whoCanReach(WorkloadName destination, int maximumHops) {
        return search(destination, maximumHops, false);
    }

    /**
     * The addresses outside that reach the workload, or that it reaches; by hops. Addresses that are found on a shorter path
     * are not told again.
     *
     * @param direction INGRESS for those that reach it, EGRESS for those that it reaches
     * @param reached the workloads on the way: what {@link #whoCanReach} or {@link #reachableFrom} gives
     */
    public ImmutableList<Outside> outside(
            Direction direction, WorkloadName workload, List<Reached> reached, int maximumHops) {
        List<Reached> gates = new ArrayList<>();
        gates.add(new Reached(workload, ImmutableList.of(workload), PortSet.none()));
        gates.addAll(reached);
        List<Outside> found = new ArrayList<>();
        RangeSet<IpAddress> known = TreeRangeSet.create();
        for (Reached gate : gates) {
            if (gate.hops() >= maximumHops) {
                continue;
            }
            for (Reachability.OutsidePorts outside :
                    reachability.outside(direction, gate.workload(), Reachability.Ranges.MERGED)) {
                Range<IpAddress> range =
                        Range.closed(outside.range().first(), outside.range().last());
                if (!known.encloses(range)) {
                    known.add(range);
                    memory.keep(REACHED + STEP * gate.path().size());
                    found.add(new Outside(outside.range(), gate.path(), outside.ports()));
                }
            }
        }
        return ImmutableList.copyOf(found);
    }

    private ImmutableList<Reached> search(WorkloadName start, int maximumHops, boolean forward) {
        Map<WorkloadName, Reached> found = new HashMap<>();
        found.put(start, new Reached(start, ImmutableList.of(start), PortSet.none()));
        List<Reached> frontier = new ArrayList<>(found.values());
        for (int hop = 0; hop < maximumHops && !frontier.isEmpty(); hop++) {
            List<Reached> next = new ArrayList<>();
            for (Reached at : frontier) {
                for (WorkloadName other : reachability.workloads()) {
                    if (found.containsKey(other)) {
                        continue;
                    }
                    PortSet ports = forward
                            ? reachability.between(at.workload(), other)
                            : reachability.between(other, at.workload());
                    if (!ports.isEmpty()) {
                        Reached reached = forward
                                ? new Reached(other, append(at.path(), other), ports)
                                : new Reached(
                                        other,
                                        prepend(other, at.path()),
                                        at.path().size() == 1 ? ports : at.ports());
                        memory.keep(REACHED + STEP * reached.path().size());
                        found.put(other, reached);
                        next.add(reached);
                    }
                }
            }
            next.sort(BY_DISTANCE);
            frontier = next;
        }
        found.remove(start);
        return ImmutableList.sortedCopyOf(BY_DISTANCE, found.values());
    }

    private static final Comparator<Reached> BY_DISTANCE = Comparator.comparingInt(Reached::hops)
            .thenComparing(reached -> reached.workload().toString());

    private static ImmutableList<WorkloadName> append(List<WorkloadName> path, WorkloadName last) {
        return ImmutableList.<WorkloadName>builder().addAll(path).add(last).build();
    }

    private static ImmutableList<WorkloadName> prepend(WorkloadName first, List<WorkloadName> path) {
        return ImmutableList.<WorkloadName>builder().add(first).addAll(path).build();
    }
}
