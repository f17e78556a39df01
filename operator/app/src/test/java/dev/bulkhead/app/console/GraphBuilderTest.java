package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What kind a connection is of, and what nodes tell of their workloads. */
class GraphBuilderTest {

    private static final String CLIENT = GraphTown.id("client/one");
    private static final String SERVER = GraphTown.id("server/one");

    private static GraphTown clientAndServer() {
        return new GraphTown()
                .workload("client/one")
                .workload("server/one")
                .segment("clients", GraphTown.BOTH, "client");
    }

    private static Graph graph(GraphTown town, Graph.By by) {
        return new GraphBuilder(town.cluster(), Set.of()).build(by);
    }

    private static Graph graph(GraphTown town) {
        return graph(town, Graph.By.WORKLOAD);
    }

    private static Optional<Graph.Edge> edge(Graph graph, String from, String to, Graph.Kind kind) {
        return graph.edges().stream()
                .filter(edge -> edge.from().equals(from) && edge.to().equals(to) && edge.kind() == kind)
                .findFirst();
    }

    private static NetworkPolicy opening(String namespace) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, "opened"),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                LabelSelector.label("app", "one"),
                GraphTown.BOTH,
                ImmutableList.of(PolicyRule.everything()),
                ImmutableList.of(PolicyRule.everything()));
    }

    @Test
    void whatTheClientDeclaredIsNotUndeclaredWhereTheServerIsNotEnforced() {
        GraphTown town =
                clientAndServer().segment("servers", GraphTown.NONE, "server").asks("client/one", "server/one", 8080);
        Graph graph = graph(town);
        Graph.Edge edge =
                edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED_BY_ONE_END).orElseThrow();
        assertEquals("TCP 8080", edge.ports());
        assertEquals(List.of("client/one"), edge.intents());
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.UNDECLARED).isEmpty());
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED).isEmpty());
        for (Graph.By by : List.of(Graph.By.NAMESPACE, Graph.By.SEGMENT)) {
            assertEquals(
                    1,
                    graph(town, by).edges().stream()
                            .filter(one -> one.kind() == Graph.Kind.DECLARED_BY_ONE_END)
                            .count());
        }
    }

    @Test
    void whatTheServerDeclaredIsNotUndeclaredWhereTheClientIsNotEnforced() {
        Graph graph = graph(new GraphTown()
                .workload("client/one")
                .workload("server/one")
                .segment("clients", GraphTown.NONE, "client")
                .segment("servers", GraphTown.BOTH, "server")
                .serves("server/one", "client/one", 8080));
        assertEquals(
                List.of("server/one"),
                edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED_BY_ONE_END)
                        .orElseThrow()
                        .intents());
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.UNDECLARED).isEmpty());
    }

    @Test
    void whatNeitherEndDeclaredIsUndeclared() {
        Graph graph = graph(new GraphTown()
                .workload("client/one")
                .workload("server/one")
                .segment("all", GraphTown.NONE, "client", "server"));
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.UNDECLARED).isPresent());
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED_BY_ONE_END).isEmpty());
    }

    @Test
    void ofPortsThoseThatOneEndDeclaredAreSetApartFromTheOthers() {
        Graph graph = graph(new GraphTown()
                .workload("client/one")
                .workload("server/one")
                .segment("all", GraphTown.NONE, "client", "server")
                .asks("client/one", "server/one", 8080));
        assertEquals(
                "TCP 8080",
                edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED_BY_ONE_END)
                        .orElseThrow()
                        .ports());
        String others =
                edge(graph, CLIENT, SERVER, Graph.Kind.UNDECLARED).orElseThrow().ports();
        assertTrue(others.contains("TCP 1-8079,8081-65535"), others);
    }

    @Test
    void whatSomebodyElseOpensForADeclarationOfOneEndIsDeclaredByThatEnd() {
        Graph graph = graph(clientAndServer()
                .segment("servers", GraphTown.BOTH, "server")
                .asks("client/one", "server/one", 8080)
                .policy(opening("server")));
        assertEquals(
                "TCP 8080",
                edge(graph, CLIENT, SERVER, Graph.Kind.DECLARED_BY_ONE_END)
                        .orElseThrow()
                        .ports());
        assertTrue(edge(graph, CLIENT, SERVER, Graph.Kind.UNDECLARED).isEmpty());
    }

    @Test
    void whatBothDeclaredIsDeclared() {
        Graph graph = graph(clientAndServer()
                .segment("servers", GraphTown.BOTH, "server")
                .connects("client/one", "server/one", 8080));
        Graph.Edge edge = Iterables.getOnlyElement(graph.edges());
        assertEquals(Graph.Kind.DECLARED, edge.kind());
        assertEquals(List.of("client/one", "server/one"), edge.intents());
    }

    @Test
    void outsideIsOneNodeForWhoConnectsAndOneForWhatIsConnectedTo() {
        Graph graph = graph(new GraphTown()
                .workload("client/one")
                .segment("clients", GraphTown.BOTH, "client")
                .servesInternet("client/one", 443)
                .asksInternet("client/one", 443));
        assertTrue(edge(graph, "outside:in", CLIENT, Graph.Kind.DECLARED).isPresent());
        assertTrue(edge(graph, CLIENT, "outside:out", Graph.Kind.DECLARED).isPresent());
        assertEquals(
                List.of("outside:in", "outside:out"),
                graph.nodes().stream()
                        .filter(node -> node.type().equals("Outside"))
                        .map(Graph.Node::id)
                        .toList());
    }

    @Test
    void aConnectionWithTheOutsideTellsAnAddressToAskAbout() {
        Graph graph = graph(new GraphTown()
                .workload("client/one")
                .workload("client/two")
                .segment("clients", GraphTown.BOTH, "client")
                .connects("client/one", "client/two", 80)
                .servesInternet("client/one", 8080)
                .asksInternet("client/one", 443));
        assertEquals(
                new Example("203.0.113.1", "8080/TCP"),
                edge(graph, "outside:in", CLIENT, Graph.Kind.DECLARED)
                        .orElseThrow()
                        .example());
        assertEquals(
                new Example("203.0.113.1", "443/TCP"),
                edge(graph, CLIENT, "outside:out", Graph.Kind.DECLARED)
                        .orElseThrow()
                        .example());
        assertNull(edge(graph, CLIENT, GraphTown.id("client/two"), Graph.Kind.DECLARED)
                .orElseThrow()
                .example());
    }

    @Test
    void nodesTellWhoServesTheClustersNames() {
        Graph graph =
                graph(clientAndServer().dns().workload("kube-system/other").workload("server/coredns"));
        assertTrue(node(graph, "kube-system/coredns").dns());
        assertFalse(node(graph, "kube-system/other").dns());
        assertFalse(node(graph, "server/coredns").dns());
    }

    @Test
    void nodesTellWhatNoPolicyHoldsAndWhoIsNotStamped() {
        Graph graph = graph(new GraphTown()
                .segment("all", GraphTown.BOTH, "client")
                .workload("client/plain")
                .workload("client/bare", /* stamped= */ false, /* hostNetwork= */ false)
                .workload("client/host", /* stamped= */ true, /* hostNetwork= */ true));
        Graph.Node plain = node(graph, "client/plain");
        assertEquals(0, plain.unstamped());
        assertFalse(plain.hostNetwork());
        assertFalse(plain.voided());
        assertEquals(1, node(graph, "client/bare").unstamped());
        assertTrue(node(graph, "client/host").hostNetwork());
    }

    @Test
    void nodesTellWhoseWorkloadsAPolicyBySomebodyElseOpens() {
        Graph graph = graph(clientAndServer().workload("client/two").policy(opening("client")));
        assertTrue(node(graph, "client/one").voided());
        assertFalse(node(graph, "client/two").voided());
        assertFalse(node(graph, "server/one").voided());
    }

    private static Graph.Node node(Graph graph, String workload) {
        return graph.nodes().stream()
                .filter(node -> node.id().equals(GraphTown.id(workload)))
                .findFirst()
                .orElseThrow();
    }
}
