package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where everybody may reach everybody, as before anything is enforced, nobody gets an answer that the operator cannot hold. */
class LargeClusterTest {

    private static final int NAMESPACES = 8;
    private static final int WORKLOADS = 40;

    private final ViewedCluster cluster = observed(NAMESPACES);

    static ViewedCluster observed(int namespaces) {
        LiveView view = everybodyReachesEverybody(namespaces);
        return new ViewedCluster(
                view,
                new Scope(
                        /* everything= */ true,
                        view.snapshot().world().namespaces().keySet()));
    }

    /** With forty workloads in each namespace. */
    static LiveView everybodyReachesEverybody(int namespaces) {
        DeclaredSegment observing = new DeclaredSegment(
                "all",
                ImmutableList.of("*"),
                ImmutableList.of(),
                ImmutableSet.of(),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ true,
                /* verified= */ false);
        return ViewOfTown.of(contents(namespaces), List.of(observing), List.of());
    }

    /** The same where no segment even observes. */
    static LiveView withoutSegments(int namespaces) {
        return ViewOfTown.of(contents(namespaces), List.of(), List.of());
    }

    private static Map<String, Contents> contents(int namespaces) {
        Map<String, Contents> contents = new TreeMap<>();
        for (int i = 0; i < namespaces; i++) {
            contents.put("ns-" + i, contents("ns-" + i, WORKLOADS));
        }
        return contents;
    }

    /** A namespace with workloads of one pod each, and nothing declared. */
    static Contents contents(String namespace, int workloads) {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < workloads; i++) {
            String name = "app-" + i;
            pods.add(new Pod(
                    namespace,
                    name + "-0",
                    new WorkloadName(namespace, "Deployment", name),
                    new PodClass(ImmutableSortedMap.of("app", name), "default", ImmutableSortedSet.of(), false),
                    ImmutableSortedSet.of()));
        }
        return new Contents(
                new Namespace(
                        namespace,
                        ImmutableSortedMap.of(Namespace.NAME_LABEL, namespace),
                        false,
                        ImmutableMap.of(),
                        ImmutableMap.of(),
                        pods.stream().map(Pod::traits).collect(ImmutableSet.toImmutableSet())),
                pods,
                List.of(),
                List.of());
    }

    @Test
    void aGraphOfTooManyWorkloadsIsOneOfNamespaces() {
        Graph graph = new GraphBuilder(cluster, Set.of()).build(Graph.By.WORKLOAD);
        assertEquals(Graph.By.NAMESPACE, graph.by());
        assertTrue(graph.note().contains("choose fewer namespaces"), graph.note());
        assertEquals(
                NAMESPACES * (NAMESPACES - 1),
                graph.edges().stream()
                        .filter(edge -> !edge.from().startsWith("outside:")
                                && !edge.to().startsWith("outside:"))
                        .count());
        assertTrue(graph.edges().stream().allMatch(edge -> edge.kind() == Graph.Kind.UNDECLARED));
    }

    @Test
    void tooManyConnectionsAreRefusedWithAWayOut() {
        ProblemException refusal = assertThrows(ProblemException.class, () -> ask(Map.of()));
        assertEquals(422, refusal.problem().status());
        assertTrue(refusal.problem().detail().contains("fewer namespaces"));
        assertEquals(200, ask(Map.of("namespaces", "ns-1")).code());
    }

    private ConsoleAnswer ask(Map<String, String> parameters) {
        return CommandQuestions.connectivity(cluster, new RequestParameters(ImmutableMap.copyOf(parameters)));
    }

    @Test
    void aPlanForEverybodyIsRefusedWhereThereAreTooManyAndOneForSomeIsMade() {
        ViewedCluster larger = observed(16);
        ProblemException refusal = assertThrows(ProblemException.class, () -> whatIf(larger, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: all}
                spec: {namespaces: ["ns-*"], enforce: {ingress: true, egress: true}}
                """));
        assertEquals(422, refusal.problem().status());
        assertTrue(
                refusal.problem().detail().contains("bulkhead plan --cluster"),
                refusal.problem().detail());
        assertEquals(200, whatIf(larger, """
                        apiVersion: bulkhead.dev/v1alpha1
                        kind: AccessIntent
                        metadata: {name: one, namespace: ns-1}
                        spec:
                          workload: {podSelector: {matchLabels: {app: app-1}}}
                          outbound:
                          - to: {workload: {namespace: ns-2, podSelector: {matchLabels: {app: app-2}}}}
                            ports: [{port: 8443}]
                        """).code());
    }

    private static ConsoleAnswer whatIf(ViewedCluster cluster, String yaml) {
        return new WhatIf(cluster, namespace -> true).answer(new RequestParameters(ImmutableMap.of()), yaml);
    }
}
