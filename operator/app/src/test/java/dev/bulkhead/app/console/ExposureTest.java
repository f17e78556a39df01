package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.Exposure.Count;
import dev.bulkhead.cluster.access.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many workloads are open to the outside. */
class ExposureTest {

    private static GraphTown shop() {
        return new GraphTown()
                .segment("shop", GraphTown.BOTH, "shop")
                .workload("shop/web")
                .workload("shop/mail")
                .workload("shop/db")
                .connects("shop/web", "shop/db", 5432)
                .servesInternet("shop/web", 443)
                .asksInternet("shop/mail", 25);
    }

    @Test
    void whatIsEnforcedIsCountedWhereAnAddressOutsideIsAllowed() {
        Exposure exposure = Exposure.of(shop().cluster());

        assertEquals("AllNamespaces", exposure.scope());
        assertEquals(new Count(3, 1, 1), exposure.ours());
        assertEquals(new Count(0, 0, 0), exposure.system());
        assertEquals(List.of(), exposure.unreadable());
    }

    @Test
    void whatNoPolicySelectsIsOpenBothWays() {
        assertEquals(
                new Count(5, 3, 3),
                Exposure.of(shop().workload("free/one").workload("free/two").cluster())
                        .ours());
    }

    @Test
    void theClustersOwnNamespacesAreCountedApart() {
        Exposure exposure = Exposure.of(shop().workload("kube-system/coredns").cluster());

        assertEquals(new Count(3, 1, 1), exposure.ours());
        assertEquals(new Count(1, 1, 1), exposure.system());
    }

    @Test
    void itIsWhatTheGraphMarks() {
        ViewedCluster cluster =
                shop().workload("free/one").workload("kube-system/coredns").cluster();
        Graph graph = cluster.graph(Graph.By.WORKLOAD, ImmutableSortedSet.of());

        Exposure exposure = Exposure.of(cluster);

        assertEquals(
                ends(graph.edges().stream()
                        .filter(edge -> edge.from().equals("outside:in"))
                        .map(Graph.Edge::to)
                        .toList()),
                exposure.ours().inbound() + exposure.system().inbound());
        assertEquals(
                ends(graph.edges().stream()
                        .filter(edge -> edge.to().equals("outside:out"))
                        .map(Graph.Edge::from)
                        .toList()),
                exposure.ours().outbound() + exposure.system().outbound());
    }

    private static int ends(List<String> ends) {
        return (int) ends.stream().distinct().count();
    }

    @Test
    void whoeverSeesSomeNamespacesIsToldThatThereMayBeMore() {
        Scope some = new Scope(/* everything= */ false, ImmutableSortedSet.of("shop"));

        Exposure exposure =
                Exposure.of(new ViewedCluster(shop().workload("free/one").view(), some));

        assertEquals("SomeNamespaces", exposure.scope());
        assertEquals(new Count(3, 1, 1), exposure.ours());
    }
}
