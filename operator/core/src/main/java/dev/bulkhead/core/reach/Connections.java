package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Every allowed connection that has a wanted workload as one of its ends. For one thread, like what it asks; ends with an
 * {@link AbandonedException} once that thread is interrupted.
 */
public final class Connections {

    /** Bytes that a connection from outside takes until it is its turn, with its ends. */
    private static final int CONNECTION = 150;

    private final Reachability reachability;
    private final Predicate<WorkloadName> wanted;
    private final List<WorkloadName> ends;

    public Connections(Reachability reachability, Predicate<WorkloadName> wanted) {
        this.reachability = reachability;
        this.wanted = wanted;
        this.ends = reachability.workloads().stream().filter(wanted).toList();
        reachability.prepare(ends);
    }

    /** In no particular order, with the fewest ranges of addresses; no connection is kept. */
    public void visit(Consumer<Connection> each) {
        for (WorkloadName workload : ends) {
            Party party = new Party.OfWorkload(workload);
            for (Reachability.OutsidePorts outside : outside(Direction.INGRESS, workload, Reachability.Ranges.MERGED)) {
                each.accept(new Connection(new Party.Outside(outside.range()), party, outside.ports()));
            }
            PortSet ports = reachability.published(workload);
            if (!ports.isEmpty()) {
                each.accept(new Connection(new Party.IngressController(), party, ports));
            }
            for (Reachability.OutsidePorts outside : outside(Direction.EGRESS, workload, Reachability.Ranges.MERGED)) {
                each.accept(new Connection(party, new Party.Outside(outside.range()), outside.ports()));
            }
        }
        Set<WorkloadName> isEnd = new HashSet<>(ends);
        for (WorkloadName source : reachability.workloads()) {
            Party from = new Party.OfWorkload(source);
            for (WorkloadName destination : isEnd.contains(source) ? reachability.workloads() : ends) {
                PortSet ports = source.equals(destination) ? PortSet.none() : reachability.between(source, destination);
                if (!ports.isEmpty()) {
                    each.accept(new Connection(from, new Party.OfWorkload(destination), ports));
                }
            }
        }
    }

    /**
     * Sorted by the labels of source and destination.
     *
     * @param memory for those from outside, which are kept until it is their turn
     * @throws TooLargeException where they take more
     */
    public void sorted(Reachability.Ranges ranges, MemoryLimit memory, Consumer<Connection> each) {
        Map<String, List<Connection>> fromOutside = fromOutside(ranges, memory);
        Map<String, WorkloadName> sources = new TreeMap<>();
        reachability.workloads().forEach(workload -> sources.put(workload.toString(), workload));
        List<String> labels = new ArrayList<>(sources.keySet());
        labels.addAll(fromOutside.keySet());
        Collections.sort(labels);
        for (String label : labels) {
            if (sources.containsKey(label)) {
                from(sources.get(label), ranges, each);
            } else {
                fromOutside.get(label).forEach(each);
            }
        }
    }

    /** By the label of the source; within one the destinations come sorted. */
    private Map<String, List<Connection>> fromOutside(Reachability.Ranges ranges, MemoryLimit memory) {
        Map<AddressRange, List<Connection>> byRange = new TreeMap<>();
        List<Connection> published = new ArrayList<>();
        for (WorkloadName workload : ends) {
            Party destination = new Party.OfWorkload(workload);
            for (Reachability.OutsidePorts outside : outside(Direction.INGRESS, workload, ranges)) {
                memory.keep(CONNECTION);
                byRange.computeIfAbsent(outside.range(), range -> new ArrayList<>())
                        .add(new Connection(new Party.Outside(outside.range()), destination, outside.ports()));
            }
            PortSet ports = reachability.published(workload);
            if (!ports.isEmpty()) {
                memory.keep(CONNECTION);
                published.add(new Connection(new Party.IngressController(), destination, ports));
            }
        }
        Map<String, List<Connection>> byLabel = new HashMap<>();
        byRange.forEach((range, connections) -> byLabel.put(new Party.Outside(range).label(), connections));
        if (!published.isEmpty()) {
            byLabel.put(new Party.IngressController().label(), published);
        }
        return byLabel;
    }

    private void from(WorkloadName source, Reachability.Ranges ranges, Consumer<Connection> each) {
        Party from = new Party.OfWorkload(source);
        boolean isEnd = wanted.test(source);
        List<Connection> toOutside = (isEnd
                        ? outside(Direction.EGRESS, source, ranges)
                        : ImmutableList.<Reachability.OutsidePorts>of())
                .stream()
                        .map(outside -> new Connection(from, new Party.Outside(outside.range()), outside.ports()))
                        .sorted(Comparator.comparing(
                                connection -> connection.destination().label()))
                        .toList();
        Predicate<WorkloadName> destinations = isEnd ? workload -> true : wanted;
        int next = 0;
        for (Map.Entry<WorkloadName, PortSet> destination :
                reachability.destinations(source, destinations).entrySet()) {
            Connection connection =
                    new Connection(from, new Party.OfWorkload(destination.getKey()), destination.getValue());
            while (next < toOutside.size() && label(toOutside.get(next)).compareTo(label(connection)) < 0) {
                each.accept(toOutside.get(next++));
            }
            each.accept(connection);
        }
        IntStream.range(next, toOutside.size()).forEach(i -> each.accept(toOutside.get(i)));
    }

    private ImmutableList<Reachability.OutsidePorts> outside(
            Direction direction, WorkloadName workload, Reachability.Ranges ranges) {
        return reachability.outside(direction, workload, ranges);
    }

    private static String label(Connection connection) {
        return connection.destination().label();
    }
}
