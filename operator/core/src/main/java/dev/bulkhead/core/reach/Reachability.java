package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What policies allow between all workloads of a topology, and between them and addresses outside. Exact; a workload
 * reaches another one where some pod of it reaches some pod of the other. What policies have no say in is left out: a
 * workload's connections to itself, and those from outside to outside. For one thread; each question ends with an
 * {@link AbandonedException} once that thread is interrupted.
 */
public final class Reachability {

    private final Topology topology;
    private final ImmutableList<WorkloadName> workloads;
    private final Map<WorkloadName, int[]> classes;
    /** By the index of the workload. */
    private final int[][] classesInOrder;

    private final PodClasses pods;
    private final ConnectionMatrix matrix;
    private final ImmutableMap<Direction, AddressPartition> outside;

    private Reachability(
            Topology topology,
            Map<WorkloadName, int[]> classes,
            PodClasses pods,
            ConnectionMatrix matrix,
            ImmutableMap<Direction, AddressPartition> outside) {
        this.topology = topology;
        this.workloads = classes.keySet().stream()
                .sorted(Comparator.comparing(WorkloadName::toString))
                .collect(ImmutableList.toImmutableList());
        this.classes = classes;
        this.classesInOrder = workloads.stream().map(classes::get).toArray(int[][]::new);
        this.pods = pods;
        this.matrix = matrix;
        this.outside = outside;
    }

    /** @param policies by anybody; of two with one key the later counts */
    public static Reachability of(Topology topology, Collection<NetworkPolicy> policies, PluginSemantics reading) {
        return of(topology, policies, reading, MemoryLimit.none());
    }

    /**
     * @param policies by anybody; of two with one key the later counts
     * @param memory for what is worked out when it is first asked for; a question that needs more ends with a
     *     {@link TooLargeException}
     */
    public static Reachability of(
            Topology topology, Collection<NetworkPolicy> policies, PluginSemantics reading, MemoryLimit memory) {
        return of(topology, policies, reading, partitions(topology, policies), memory);
    }

    static ImmutableMap<Direction, AddressPartition> partitions(Topology topology, Collection<NetworkPolicy> policies) {
        return Maps.toMap(List.of(Direction.values()), direction -> AddressPartition.of(direction, topology, policies));
    }

    /** @param outside how to tell addresses outside apart, at least as finely as these policies do */
    static Reachability of(
            Topology topology,
            Collection<NetworkPolicy> policies,
            PluginSemantics reading,
            ImmutableMap<Direction, AddressPartition> outside,
            MemoryLimit memory) {
        Map<NetworkPolicy.Key, NetworkPolicy> byKey = new TreeMap<>();
        policies.forEach(policy -> byKey.put(policy.key(), policy));
        Map<String, List<NetworkPolicy>> byNamespace = new HashMap<>();
        byKey.forEach((key, policy) -> byNamespace
                .computeIfAbsent(key.namespace(), namespace -> new ArrayList<>())
                .add(policy));
        PodClasses classes = PodClasses.of(topology, byKey.values(), AddressPartition.of(topology, byKey.values()));
        Map<WorkloadName, int[]> ofWorkloads = new HashMap<>();
        topology.workloads()
                .forEach((name, pods) -> ofWorkloads.put(
                        name,
                        pods.stream().mapToInt(classes::numberOf).distinct().toArray()));
        ConnectionMatrix matrix = new ConnectionMatrix(
                classes, byNamespace, outside, new PeerMatch(topology.namespaces(), reading), memory);
        return new Reachability(topology, ofWorkloads, classes, matrix, outside);
    }

    /** Sorted as answers are. */
    public ImmutableList<WorkloadName> workloads() {
        return workloads;
    }

    /** The ranges of addresses outside that some policy may tell apart in this direction. */
    public ImmutableList<AddressRange> ranges(Direction direction) {
        return outside.get(direction).ranges();
    }

    /** Whether the workload is there to be asked about. */
    public boolean knows(WorkloadName workload) {
        return classes.containsKey(workload);
    }

    /** A pod for each kind of pod of a workload that the policies can tell apart. */
    public ImmutableList<Pod> distinctPods(WorkloadName workload) {
        Map<Integer, Pod> distinct = new LinkedHashMap<>();
        topology.workloads().get(workload).forEach(pod -> distinct.putIfAbsent(pods.numberOf(pod), pod));
        return ImmutableList.copyOf(distinct.values());
    }

    /** Whether no policy can tell these pods of the topology apart. */
    public boolean areAlike(Pod one, Pod other) {
        return pods.numberOf(one) == pods.numberOf(other);
    }

    /** Between two workloads, which must be there; of a workload to itself what one pod of it may do to another one. */
    public PortSet between(WorkloadName source, WorkloadName destination) {
        return matrix.table().set(number(classes.get(source), classes.get(destination)));
    }

    /** Every other workload to which this one, which must be there, is allowed anything; sorted as answers are. */
    public ImmutableMap<WorkloadName, PortSet> destinations(WorkloadName source) {
        return destinations(source, workload -> true);
    }

    /** Those of them that are wanted. */
    ImmutableMap<WorkloadName, PortSet> destinations(WorkloadName source, Predicate<WorkloadName> wanted) {
        ImmutableMap.Builder<WorkloadName, PortSet> destinations = ImmutableMap.builder();
        int[] own = classes.get(source);
        for (int i = 0; i < workloads.size(); i++) {
            int ports = wanted.test(workloads.get(i)) ? number(own, classesInOrder[i]) : PortTable.NONE;
            if (ports != PortTable.NONE && !workloads.get(i).equals(source)) {
                destinations.put(workloads.get(i), matrix.table().set(ports));
            }
        }
        return destinations.buildOrThrow();
    }

    private int number(int[] sources, int[] destinations) {
        AbandonedException.check();
        int ports = PortTable.NONE;
        for (int source : sources) {
            for (int destination : destinations) {
                ports = matrix.table().union(ports, matrix.between(source, destination));
            }
        }
        return ports;
    }

    /** Between a workload and addresses outside: egress to them, ingress from them. Nothing where nothing is allowed. */
    public ImmutableList<OutsidePorts> outside(Direction direction, WorkloadName workload, Ranges ranges) {
        AbandonedException.check();
        AddressPartition partition = outside.get(direction);
        int[] ports = new int[partition.ranges().size()];
        for (int number : classes.get(workload)) {
            int[] more = matrix.outside(direction, number);
            if (more == null) {
                return everything(ranges == Ranges.SHARED ? partition.ranges() : partition.families());
            }
            for (int i = 0; i < ports.length; i++) {
                ports[i] = matrix.table().union(ports[i], more[i]);
            }
        }
        List<AddressRange> all = partition.ranges();
        ImmutableList.Builder<OutsidePorts> found = ImmutableList.builder();
        for (int i = 0; i < ports.length; i++) {
            AddressRange range = all.get(i);
            while (ranges == Ranges.MERGED
                    && i + 1 < ports.length
                    && ports[i + 1] == ports[i]
                    && range.isFollowedBy(all.get(i + 1))) {
                range = new AddressRange(range.first(), all.get(++i).last());
            }
            if (ports[i] != PortTable.NONE) {
                found.add(new OutsidePorts(range, matrix.table().set(ports[i])));
            }
        }
        return found.build();
    }

    private static ImmutableList<OutsidePorts> everything(List<AddressRange> ranges) {
        return ranges.stream()
                .map(range -> new OutsidePorts(range, PortSet.all()))
                .collect(ImmutableList.toImmutableList());
    }

    /** What is allowed with a range of addresses. */
    public record OutsidePorts(AddressRange range, PortSet ports) {}

    /** How addresses outside are told apart. */
    public enum Ranges {
        /** By the same ranges for every workload: each that some policy tells apart. */
        SHARED,
        /** By the fewest ranges for each workload. */
        MERGED
    }

    /** The ports on which the workload answers what Ingress objects send to it. */
    public PortSet published(WorkloadName workload) {
        PortSet asked = topology.published().getOrDefault(workload, PortSet.none());
        int allowed = number(new int[] {0}, classes.get(workload));
        return asked.intersection(matrix.table().set(allowed));
    }

    /** Every allowed connection, sorted by the labels of source and destination. */
    public void connections(Ranges ranges, Consumer<Connection> each) {
        new Connections(this, workload -> true).sorted(ranges, MemoryLimit.none(), each);
    }

    /** What is asked of these next takes less work, where they are not all. */
    void prepare(List<WorkloadName> ends) {
        if (ends.size() < workloads.size()) {
            for (WorkloadName end : ends) {
                AbandonedException.check();
                Arrays.stream(classes.get(end)).forEach(matrix::prepare);
            }
        }
    }
}
