package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How what is allowed differs between two clusters, or two moments of one.
 *
 * @param changes sorted by the labels of source and destination
 * @param appeared workloads that only the second one has
 * @param vanished workloads that only the first one has
 */
public record Difference(
        ImmutableList<Change> changes, ImmutableList<WorkloadName> appeared, ImmutableList<WorkloadName> vanished) {

    /**
     * @param before nothing where an end was not there yet
     * @param after nothing where an end is gone
     */
    public record Change(Party source, Party destination, PortSet before, PortSet after) {

        public PortSet gained() {
            return after.difference(before);
        }

        public PortSet lost() {
            return before.difference(after);
        }
    }

    /** Bytes that one takes, with its ends. */
    private static final int CHANGE = 120;

    /** A topology and the policies over it. */
    public record Side(Topology topology, Collection<NetworkPolicy> policies) {}

    public static Difference between(Side base, Side head, PluginSemantics reading) {
        return between(base, head, reading, MemoryLimit.none());
    }

    /** @param memory for all of it; where it takes more this ends with a {@link TooLargeException} */
    public static Difference between(Side base, Side head, PluginSemantics reading, MemoryLimit memory) {
        return between(base, head, reading, memory, kept -> {});
    }

    /** @param kept takes what is allowed before and after, in no particular order; none of it is kept here */
    public static Difference between(
            Side base, Side head, PluginSemantics reading, MemoryLimit memory, Consumer<Connection> kept) {
        return comparison(base, head, reading, memory).difference(memory, kept);
    }

    /** Changes between the workloads and the outside alone, in no particular order; no change is kept. */
    public static void outside(
            Side base, Side head, PluginSemantics reading, MemoryLimit memory, Consumer<Change> each) {
        Comparison comparison = comparison(base, head, reading, memory);
        comparison
                .workloads()
                .forEach(workload -> comparison.outside(workload, pair -> {
                    if (!pair.before().equals(pair.after())) {
                        each.accept(pair);
                    }
                }));
    }

    private static Comparison comparison(Side base, Side head, PluginSemantics reading, MemoryLimit memory) {
        ImmutableMap<Direction, AddressPartition> outside = Reachability.partitions(
                Topology.of(ImmutableMap.of(), pods(base, head), ImmutableMap.of()),
                new ImmutableList.Builder<NetworkPolicy>()
                        .addAll(base.policies())
                        .addAll(head.policies())
                        .build());
        return new Comparison(
                Reachability.of(base.topology(), base.policies(), reading, outside, memory),
                Reachability.of(head.topology(), head.policies(), reading, outside, memory),
                outside);
    }

    private static List<Pod> pods(Side base, Side head) {
        List<Pod> pods = new ArrayList<>(base.topology().pods().toList());
        pods.addAll(head.topology().pods().toList());
        return pods;
    }

    public boolean isEmpty() {
        return changes.isEmpty() && appeared.isEmpty() && vanished.isEmpty();
    }

    private record Comparison(
            Reachability base, Reachability head, ImmutableMap<Direction, AddressPartition> partitions) {

        TreeSet<WorkloadName> workloads() {
            TreeSet<WorkloadName> all = new TreeSet<>(Comparator.comparing(WorkloadName::toString));
            all.addAll(base.workloads());
            all.addAll(head.workloads());
            return all;
        }

        Difference difference(MemoryLimit memory, Consumer<Connection> kept) {
            TreeSet<WorkloadName> all = workloads();
            List<Change> changes = new ArrayList<>();
            Consumer<Change> keep = pair -> {
                boolean same = pair.before().equals(pair.after());
                PortSet both = same ? pair.after() : pair.before().intersection(pair.after());
                if (!both.isEmpty()) {
                    kept.accept(new Connection(pair.source(), pair.destination(), both));
                }
                if (!same) {
                    memory.keep(CHANGE);
                    changes.add(pair);
                }
            };
            for (WorkloadName source : all) {
                Map<WorkloadName, PortSet> before = destinations(base, source);
                Map<WorkloadName, PortSet> after = destinations(head, source);
                for (WorkloadName destination : Sets.union(before.keySet(), after.keySet())) {
                    keep.accept(new Change(
                            new Party.OfWorkload(source),
                            new Party.OfWorkload(destination),
                            before.getOrDefault(destination, PortSet.none()),
                            after.getOrDefault(destination, PortSet.none())));
                }
                outside(source, keep);
            }
            changes.sort(Comparator.comparing((Change change) -> change.source().label())
                    .thenComparing(change -> change.destination().label()));
            return new Difference(
                    ImmutableList.copyOf(changes),
                    all.stream().filter(name -> !base.knows(name)).collect(ImmutableList.toImmutableList()),
                    all.stream().filter(name -> !head.knows(name)).collect(ImmutableList.toImmutableList()));
        }

        private static Map<WorkloadName, PortSet> destinations(Reachability side, WorkloadName source) {
            return side.knows(source) ? side.destinations(source) : ImmutableMap.of();
        }

        /** Every pair of the workload and somebody outside, whether anything changes or not. */
        void outside(WorkloadName workload, Consumer<Change> each) {
            Party self = new Party.OfWorkload(workload);
            each.accept(new Change(
                    new Party.IngressController(), self, published(base, workload), published(head, workload)));
            for (Direction direction : Direction.values()) {
                Map<AddressRange, PortSet> before = outside(base, direction, workload);
                Map<AddressRange, PortSet> after = outside(head, direction, workload);
                List<AddressRange> ranges = partitions.get(direction).ranges();
                for (int i = 0; i < ranges.size(); i++) {
                    PortSet had = before.getOrDefault(ranges.get(i), PortSet.none());
                    PortSet has = after.getOrDefault(ranges.get(i), PortSet.none());
                    AddressRange range = ranges.get(i);
                    while (i + 1 < ranges.size()
                            && range.isFollowedBy(ranges.get(i + 1))
                            && had.equals(before.getOrDefault(ranges.get(i + 1), PortSet.none()))
                            && has.equals(after.getOrDefault(ranges.get(i + 1), PortSet.none()))) {
                        range = new AddressRange(range.first(), ranges.get(++i).last());
                    }
                    Party outside = new Party.Outside(range);
                    each.accept(new Change(
                            direction == Direction.EGRESS ? self : outside,
                            direction == Direction.EGRESS ? outside : self,
                            had,
                            has));
                }
            }
        }

        private static PortSet published(Reachability side, WorkloadName workload) {
            return side.knows(workload) ? side.published(workload) : PortSet.none();
        }

        private static Map<AddressRange, PortSet> outside(
                Reachability side, Direction direction, WorkloadName workload) {
            return side.knows(workload)
                    ? side.outside(direction, workload, Reachability.Ranges.SHARED).stream()
                            .collect(ImmutableMap.toImmutableMap(
                                    Reachability.OutsidePorts::range, Reachability.OutsidePorts::ports))
                    : ImmutableMap.of();
        }
    }
}
