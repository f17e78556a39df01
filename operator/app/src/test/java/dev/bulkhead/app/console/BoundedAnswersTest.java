package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import dev.bulkhead.app.explain.Explainer;
import dev.bulkhead.app.plan.PlanReporter;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Connections;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.TooLargeException;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A team that fills its namespace with workloads, and opens it, is answered within the memory of one answer, or refused. */
class BoundedAnswersTest {

    private static final int WORKLOADS = 1200;
    private static final int SOME = 60;

    /** Every memory that a graph was given. */
    private final List<MemoryLimit> memories = new ArrayList<>();

    private MemoryLimit memory(long bytes) {
        MemoryLimit memory = MemoryLimit.bytes(bytes);
        memories.add(memory);
        return memory;
    }

    private Graph graph(Graph.By by, long bytes) {
        return new GraphBuilder(Crowd.seen(Crowd.open(WORKLOADS)), Set.of(), () -> memory(bytes)).build(by);
    }

    /** Their connections are 1.4 million. */
    @Test
    void aGraphOfNamespacesTakesMemoryForTheWorkloadsAndNotForTheirConnections() {
        Graph graph = graph(Graph.By.NAMESPACE, WORKLOADS * 1500L);
        assertEquals(2, graph.edges().size(), "from the outside and to it");
        assertTrue(graph.edges().stream().allMatch(edge -> edge.connections() == WORKLOADS));
    }

    @Test
    void aGraphOfWorkloadsIsOneOfNamespacesOnceItHasTooManyEdges() {
        Graph graph = graph(Graph.By.WORKLOAD, 8_000_000);
        assertEquals(Graph.By.NAMESPACE, graph.by());
        assertEquals(2, graph.edges().size());
        long forCompared = memories.get(0).kept();
        long forWorkloads = memories.get(1).kept();
        long forNamespaces = memories.get(2).kept();
        assertTrue(forCompared < WORKLOADS * 1500L, forCompared + " bytes");
        assertTrue(forWorkloads > 10_000 * 250L && forWorkloads < 8_000_000, forWorkloads + " bytes");
        assertTrue(forNamespaces < WORKLOADS * 100L, forNamespaces + " bytes");
    }

    @Test
    void aGraphOfWorkloadsIsOneOfNamespacesOnceItTakesMoreThanItMay() {
        Graph graph = graph(Graph.By.WORKLOAD, WORKLOADS * 1500L);
        assertEquals(Graph.By.NAMESPACE, graph.by());
        assertTrue(graph.note().contains("choose fewer namespaces"), graph.note());
        memories.forEach(memory -> assertTrue(memory.kept() <= WORKLOADS * 1500L));
    }

    @Test
    void aGraphThatTakesMoreThanItMayIsRefused() {
        assertThrows(TooLargeException.class, () -> graph(Graph.By.WORKLOAD, 1_000_000));
        memories.forEach(memory -> assertTrue(memory.kept() <= 1_000_000));
    }

    @Test
    void aPlanThatChangesTooManyConnectionsIsRefused() {
        ViewedCluster cluster = Crowd.seen(Crowd.open(SOME));
        Difference.Side closed = new Difference.Side(cluster.snapshot().topology(), cluster.expected());
        PlanReporter reporter = new PlanReporter(PluginSemantics.upstream(), memory(100_000), 12);
        assertThrows(TooLargeException.class, () -> reporter.report(closed, cluster.snapshot()));
        assertEquals(
                SOME * (SOME + 1),
                new PlanReporter(PluginSemantics.upstream())
                        .report(closed, cluster.snapshot())
                        .gained()
                        .size());
    }

    @Test
    void anExplanationOfTooManyKindsOfPodsIsRefused() {
        ViewedCluster cluster = Crowd.seen(Crowd.ofDifferentPods(SOME));
        Ends ends = new Ends(cluster.snapshot());
        PortOfInterest port = PortOfInterest.parse("443");
        assertEquals(
                SOME,
                explainer(cluster, MemoryLimit.none())
                        .judge(ends.find("crowd/Deployment/app-0"), ends.find("192.0.2.1"), port)
                        .cases()
                        .size());
        Explainer bounded = explainer(cluster, memory(SOME * 1000L));
        assertThrows(
                TooLargeException.class,
                () -> bounded.judge(ends.find("crowd/Deployment/app-0"), ends.find("crowd/Deployment/app-0"), port));
    }

    private static Explainer explainer(ViewedCluster cluster, MemoryLimit memory) {
        return new Explainer(
                cluster.snapshot(),
                PluginSemantics.upstream(),
                PublishedStates.of(cluster, Set.of(Crowd.NAMESPACE)),
                cluster.policies(),
                memory);
    }

    @Test
    void aPlanThatNobodyWaitsForAnyMoreEnds() {
        ViewedCluster cluster = Crowd.seen(Crowd.open(2));
        Thread.currentThread().interrupt();
        assertThrows(AbandonedException.class, () -> cluster.snapshot().compile());
        assertThrows(AbandonedException.class, cluster::expected);
        assertTrue(Thread.interrupted());
    }

    @Test
    void anExplanationThatNobodyWaitsForAnyMoreEnds() {
        ViewedCluster cluster = Crowd.seen(Crowd.ofDifferentPods(2));
        Ends ends = new Ends(cluster.snapshot());
        Explainer explainer = explainer(cluster, MemoryLimit.none());
        Thread.currentThread().interrupt();
        assertThrows(
                AbandonedException.class,
                () -> explainer.judge(ends.find("192.0.2.1"), ends.find("192.0.2.2"), PortOfInterest.parse("443")));
        assertTrue(Thread.interrupted());
    }

    /** What is worked out for all of them takes more than there is; for one of them it does not. */
    @Test
    void aQuestionThatTookTooMuchLeavesMemoryToTheNext() {
        ViewedCluster cluster =
                new ViewedCluster(Crowd.openOneByOne(SOME), Crowd.scope(), /* bytes= */ 2L * SOME * SOME * 5);
        for (int i = 0; i < 2; i++) {
            assertThrows(
                    TooLargeException.class,
                    () -> cluster.reachable(reachability -> visited(new Connections(reachability, name -> true))));
            assertThrows(TooLargeException.class, () -> cluster.graph(Graph.By.NAMESPACE, Set.of()));
            ImmutableMap<WorkloadName, PortSet> reached = cluster.reachable(reachability ->
                    reachability.destinations(reachability.workloads().get(0)));
            assertEquals(SOME - 1, reached.size());
        }
    }

    private static int visited(Connections connections) {
        int[] count = new int[1];
        connections.visit(connection -> count[0]++);
        return count[0];
    }

    @Test
    void connectivityOfSomeNamespacesIsThatPartOfAll() {
        ViewedCluster cluster = LargeClusterTest.observed(3);
        List<String> all = lines(cluster, Set.of());
        List<String> some = lines(cluster, Set.of("namespaces=ns-1"));
        assertEquals(all.stream().filter(line -> line.contains("ns-1/")).toList(), some);
    }

    private static List<String> lines(ViewedCluster cluster, Set<String> parameters) {
        String query = Stream.concat(Stream.of("output=text"), parameters.stream())
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        RequestParameters question = RequestParameters.of(URI.create("/?" + query), CommandQuestions.CONNECTIVITY);
        return CommandQuestions.connectivity(cluster, question)
                .body()
                .toString()
                .lines()
                .toList();
    }

    @Test
    void reachabilityIsSharedAsLongAsItLeavesRoom() {
        ViewedCluster cluster = Crowd.seen(Crowd.open(2));
        Reachability first = cluster.reachable(reachability -> reachability);
        assertSame(first, cluster.reachable(reachability -> reachability));
    }
}
