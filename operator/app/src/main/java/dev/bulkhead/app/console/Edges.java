package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.PortSet;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers connections into edges between nodes, one of each kind from one node to another. */
final class Edges {

    private static final int MOST_INTENTS = 20;

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
        private final Set<String> portNames = new TreeSet<>();

        private int connections;
        private final Set<String> intents = new TreeSet<>();
    }

    private final Map<Key, Gathered> edges = new TreeMap<>();

    void add(String from, String to, Graph.Kind kind, PortSet ports, Collection<String> intents) {
        if (!ports.isEmpty()) {
            Gathered gathered = gathered(from, to, kind, intents);
            gathered.ports = gathered.ports.union(ports);
        }
    }

    /** @param ports as a rule has them */
    void add(String from, String to, Graph.Kind kind, String ports, Collection<String> intents) {
        gathered(from, to, kind, intents).portNames.add(ports);
    }

    private Gathered gathered(String from, String to, Graph.Kind kind, Collection<String> intents) {
        Gathered gathered = edges.computeIfAbsent(new Key(from, to, kind), unknown -> new Gathered());
        gathered.connections++;
        gathered.intents.addAll(intents);
        return gathered;
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
                        entry.getValue().intents.stream().limit(MOST_INTENTS).toList()))
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
