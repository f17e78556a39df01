package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.Iterables;
import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.TooLargeException;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many edges are kept, and how much of each. */
class GraphEdgesTest {

    private static void add(GraphEdges edges, int number) {
        add(edges, "b-" + number, connection("b-" + number, "1.2.3.4"), 80);
    }

    private static void add(GraphEdges edges, String to, Connection connection, int port) {
        edges.add("a", to, Graph.Kind.UNDECLARED, connection, PortSet.port(Protocol.TCP, port), List.of());
    }

    /** From an address outside. */
    private static Connection connection(String workload, String address) {
        IpAddress from = IpAddress.parse(address);
        return new Connection(
                new Party.Outside(new AddressRange(from, from)),
                new Party.OfWorkload(new WorkloadName("ns", "Deployment", workload)),
                PortSet.all());
    }

    @Test
    void severalRangesOfAddressesOfOneWorkloadAreOneConnection() {
        GraphEdges edges = new GraphEdges(1, MemoryLimit.none());
        add(edges, "b", connection("one", "1.2.3.4"), 80);
        add(edges, "b", connection("one", "1.2.3.9"), 443);
        add(edges, "b", connection("other", "1.2.3.4"), 80);
        Graph.Edge edge = Iterables.getOnlyElement(edges.all());
        assertEquals(2, edge.connections());
        assertEquals("TCP 80,443", edge.ports());
    }

    @Test
    void oneMoreEdgeThanThereMayBeIsNotKept() {
        GraphEdges edges = new GraphEdges(3, MemoryLimit.none());
        IntStream.range(0, 3).forEach(number -> add(edges, number));
        assertThrows(TooManyEdgesException.class, () -> add(edges, 3));
        assertEquals(3, edges.all().size());
        add(edges, 2);
        assertEquals(3, edges.all().size(), "of one that is there more can be said");
    }

    @Test
    void edgesAreNotKeptBeyondTheirMemory() {
        MemoryLimit memory = MemoryLimit.bytes(10_000);
        GraphEdges edges = new GraphEdges(Integer.MAX_VALUE, memory);
        assertThrows(TooLargeException.class, () -> IntStream.range(0, 1000).forEach(number -> add(edges, number)));
        assertEquals(18, edges.all().size(), "some 540 bytes each");
    }

    @Test
    void portsOfOneEdgeAreNotKeptBeyondItsMemory() {
        GraphEdges edges = new GraphEdges(Integer.MAX_VALUE, MemoryLimit.bytes(10_000));
        assertThrows(
                TooLargeException.class,
                () -> IntStream.range(1, 1000).forEach(port -> add(edges, "b", connection("b", "1.2.3.4"), 2 * port)));
        assertThrows(
                TooLargeException.class,
                () -> IntStream.range(1, 1000)
                        .forEach(port -> edges.add("a", "b", Graph.Kind.WAITING, "name-" + port, List.of())));
    }

    @Test
    void ofManyIntentsTheFirstByNameAreTold() {
        GraphEdges edges = new GraphEdges(1, MemoryLimit.none());
        IntStream.range(0, 50)
                .map(number -> 99 - number)
                .forEach(number -> edges.add("a", "b", Graph.Kind.WAITING, "80", List.of("intent-" + number)));
        Graph.Edge edge = Iterables.getOnlyElement(edges.all());
        assertEquals(
                IntStream.range(50, 70).mapToObj(number -> "intent-" + number).toList(), edge.intents());
        assertEquals(50, edge.connections());
    }
}
