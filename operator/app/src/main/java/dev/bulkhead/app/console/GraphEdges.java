package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.world.PortSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers connections into edges between nodes, one of each kind from one node to another, up to a number of edges. */
final class GraphEdges {

    private static final int MOST_INTENTS = 20;

    /** Bytes that an edge takes, and a name that is listed with it. */
    private static final int EDGE = 250;

    private static final int NAME = 100;

    private static final int EXAMPLE = 200;

    private record Key(String from, String to, Graph.Kind kind) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byFrom = from.compareTo(other.from);
            int byTo = byFrom != 0 ? byFrom : to.compareTo(other.to);
            return byTo != 0 ? byTo : kind.compareTo(other.kind);
        }
    }

    private static final class Gathered {

        private PortSet ports = PortSet.none();
        /** Of rules whose ports are names, or those that a Service has. */
        private ImmutableSortedSet<String> portNames = ImmutableSortedSet.of();

        private int connections;
        /** What was counted last. */
        private Connection last;

        private Optional<Example> example = Optional.empty();
        /** The first by name. */
        private ImmutableSortedSet<String> intents = ImmutableSortedSet.of();
    }

    private final int most;
    private final MemoryLimit memory;
    private final Map<Key, Gathered> edges = new TreeMap<>();

    /**
     * @param most edges; one more ends with a {@link TooManyEdgesException}
     * @param memory for all edges
     */
    GraphEdges(int most, MemoryLimit memory) {
        this.most = most;
        this.memory = memory;
    }

    /**
     * Adds what one connection allows. Connections of a workload with several ranges of addresses outside come one after the
     * other, and count once.
     */
    void add(
            String from, String to, Graph.Kind kind, Connection connection, PortSet ports, Collection<String> intents) {
        if (!ports.isEmpty()) {
            Gathered gathered = gathered(from, to, kind, intents);
            if (gathered.last == null || !haveTheSameWorkloads(gathered.last, connection)) {
                gathered.connections++;
            }
            gathered.last = connection;
            if (gathered.example.isEmpty()) {
                gathered.example = Example.of(connection, ports);
                gathered.example.ifPresent(example -> memory.keep(EXAMPLE));
            }
            PortSet union = gathered.ports.union(ports);
            if (!union.equals(gathered.ports)) {
                memory.keep(MemoryLimit.of(ports));
                gathered.ports = union;
            }
        }
    }

    /** @param ports as a rule has them */
    void add(String from, String to, Graph.Kind kind, String ports, Collection<String> intents) {
        Gathered gathered = gathered(from, to, kind, intents);
        gathered.connections++;
        if (!gathered.portNames.contains(ports)) {
            memory.keep(NAME + 2L * ports.length());
            gathered.portNames = with(gathered.portNames, List.of(ports));
        }
    }

    private static boolean haveTheSameWorkloads(Connection one, Connection other) {
        return one.source().workload().equals(other.source().workload())
                && one.destination().workload().equals(other.destination().workload());
    }

    private Gathered gathered(String from, String to, Graph.Kind kind, Collection<String> intents) {
        Key key = new Key(from, to, kind);
        Gathered gathered = edges.get(key);
        if (gathered == null) {
            if (edges.size() == most) {
                throw new TooManyEdgesException(most);
            }
            memory.keep(EDGE);
            gathered = new Gathered();
            edges.put(key, gathered);
        }
        if (!gathered.intents.containsAll(intents)) {
            gathered.intents = with(gathered.intents, intents).stream()
                    .limit(MOST_INTENTS)
                    .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
        }
        return gathered;
    }

    private static ImmutableSortedSet<String> with(ImmutableSortedSet<String> names, Collection<String> more) {
        return ImmutableSortedSet.<String>naturalOrder()
                .addAll(names)
                .addAll(more)
                .build();
    }

    int size() {
        return edges.size();
    }

    /** Sorted by source, destination and kind. */
    ImmutableList<Graph.Edge> all() {
        return edges.entrySet().stream()
                .map(entry -> new Graph.Edge(
                        entry.getKey().from(),
                        entry.getKey().to(),
                        entry.getKey().kind(),
                        ports(entry.getValue()),
                        entry.getValue().connections,
                        entry.getValue().intents.asList(),
                        entry.getValue().example.orElse(null)))
                .collect(ImmutableList.toImmutableList());
    }

    private static String ports(Gathered gathered) {
        if (gathered.portNames.isEmpty()) {
            return gathered.ports.toString();
        }
        Set<String> all = new TreeSet<>(gathered.portNames);
        if (!gathered.ports.isEmpty()) {
            all.add(gathered.ports.toString());
        }
        return String.join(",", all);
    }
}
