package dev.bulkhead.app.console;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.app.plan.IntentAttribution;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.Connections;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.TooLargeException;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Draws who may connect to whom, and sets apart what waits for its other end, what one end alone has declared,
 * and what nobody has. */
final class GraphBuilder {

    /** Between workloads: beyond that a picture of them shows nothing, and takes long to draw. */
    private static final int MOST_EDGES = 10_000;

    private final ViewedCluster cluster;
    private final Topology topology;
    private final Enrolment enrolment;
    private final Predicate<WorkloadName> wanted;
    private final Supplier<MemoryLimit> memory;
    private final IntentAttribution judge;
    private final ImmutableMap<WorkloadName, PodFacts> pods;
    private final Undeclared undeclared;

    /** @param namespaces of which at least one end must be; empty for all that may be seen */
    GraphBuilder(ViewedCluster cluster, Set<String> namespaces) {
        this(cluster, namespaces, ConsoleAnswer::memory);
    }

    /** @param memory for the edges and nodes of one graph, and as much again for what is compared */
    @VisibleForTesting
    GraphBuilder(ViewedCluster cluster, Set<String> namespaces, Supplier<MemoryLimit> memory) {
        Predicate<String> ofThese = namespace -> namespaces.isEmpty() || namespaces.contains(namespace);
        this.cluster = cluster;
        this.topology = cluster.snapshot().topology();
        this.enrolment = cluster.snapshot().enrolment();
        this.wanted = workload -> ofThese.test(workload.namespace());
        this.memory = memory;
        this.pods = PodFacts.of(cluster);
        this.judge =
                new IntentAttribution(new Difference.Side(topology, cluster.expected()), PluginSemantics.upstream());
        this.undeclared = new Undeclared(cluster, ofThese, memory.get());
    }

    /**
     * Coarser than asked for where there are too many edges between workloads, or they take too much memory.
     *
     * @throws TooLargeException where it takes more memory than it may
     */
    Graph build(Graph.By by) {
        try {
            return drawn(by, by == Graph.By.WORKLOAD ? MOST_EDGES : Integer.MAX_VALUE, "");
        } catch (TooManyEdgesException | TooLargeException e) {
            if (by != Graph.By.WORKLOAD) {
                throw e;
            }
            return drawn(
                    Graph.By.NAMESPACE,
                    Integer.MAX_VALUE,
                    "There are too many edges between workloads, of which at most " + MOST_EDGES
                            + " are drawn; choose fewer namespaces to see them.");
        }
    }

    private Graph drawn(Graph.By by, int mostEdges, String note) {
        MemoryLimit kept = memory.get();
        GraphNodes nodes = new GraphNodes(by, enrolment, pods, kept);
        GraphEdges edges = new GraphEdges(mostEdges, kept);
        topology.workloads().keySet().stream().filter(wanted).forEach(nodes::of);
        cluster.reachable(reachability -> {
            new Connections(reachability, wanted).visit(connection -> add(edges, nodes, connection));
            return edges;
        });
        new WaitingRules(cluster, wanted, nodes, edges).draw();
        return new Graph(by, note, nodes.all(), edges.all());
    }

    private void add(GraphEdges edges, GraphNodes nodes, Connection connection) {
        Party source = connection.source();
        Party destination = connection.destination();
        String from = nodes.source(source);
        String to = nodes.destination(destination);
        if (from.equals(to) && nodes.by() != Graph.By.WORKLOAD) {
            return;
        }
        PortSet ports = connection.ports();
        PortSet beyond = undeclared.of(source, destination, ports);
        PortSet byOneEnd = undeclared.byOneEnd(source, destination, beyond);
        edges.add(from, to, Graph.Kind.UNDECLARED, connection, beyond.difference(byOneEnd), List.of());
        // Between groups there are too many intents to be worked out, and to be read.
        boolean named = nodes.by() == Graph.By.WORKLOAD;
        if (!byOneEnd.isEmpty()) {
            Collection<String> intents =
                    named ? judge.intentsOfEitherEnd(source, destination, byOneEnd) : List.<String>of();
            edges.add(from, to, Graph.Kind.DECLARED_BY_ONE_END, connection, byOneEnd, intents);
        }
        PortSet meant = ports.difference(beyond);
        if (!meant.isEmpty()) {
            Collection<String> intents = named ? judge.intents(source, destination, meant) : List.<String>of();
            edges.add(from, to, Graph.Kind.DECLARED, connection, meant, intents);
        }
    }
}
