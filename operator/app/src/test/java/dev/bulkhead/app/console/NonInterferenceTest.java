package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands, is declared, or is written in namespaces that somebody may not see: their answers are the same, byte for
 * byte. What is held fixed is what their own namespaces hold, statuses and policies included: by those a team learns, from the
 * API server as well, that another one agreed; and what belongs to the platform, as Segments do.
 */
class NonInterferenceTest {

    private static final ImmutableSortedSet<String> SEEN = ImmutableSortedSet.of("pay", "shop");
    private static final Scope SOME = new Scope(/* everything= */ false, SEEN);
    /** In the names of what only a look into a hidden namespace tells. */
    private static final String MARK = "secret-";

    private static final List<String> PORTS = List.of("8080", "80", "53/UDP", "http");
    private static final User TEAM = new User("team", "", ImmutableList.of(), ImmutableSortedMap.of());

    /** Two towns that whoever sees {@link #SEEN} cannot tell apart. */
    private record Pair(LiveView one, LiveView other) {

        static Pair of(long seed) {
            RandomTowns random = new RandomTowns(seed);
            List<DeclaredSegment> segments = random.segments();
            List<DeclaredGuardrail> guardrails = random.guardrails();
            Map<String, Contents> one = new TreeMap<>();
            Map<String, Contents> other = new TreeMap<>();
            for (String name : RandomTowns.NAMESPACES) {
                if (SEEN.contains(name)) {
                    Contents contents = random.contents(name, "");
                    one.put(name, contents);
                    other.put(name, contents);
                } else {
                    one.put(name, random.contents(name, MARK));
                    if (seed % 3 != 0) {
                        other.put(name, random.contents(name, MARK));
                    }
                }
            }
            other.put("shop-new", random.contents("shop-new", MARK));
            LiveView before = ViewOfTown.of(one, segments, guardrails);
            return new Pair(before, ViewOfTown.keeping(before, ViewOfTown.of(other, segments, guardrails), SEEN));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noAnswerDependsOnWhatIsHidden(long seed) {
        Pair pair = Pair.of(seed);
        assertEquals(
                Map.of(),
                Maps.difference(answers(pair.one()), answers(pair.other())).entriesDiffering());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noChangeOfWhatIsHiddenIsToldOf(long seed) {
        Pair pair = Pair.of(seed);
        ImmutableSortedSet<String> changed =
                ImmutableSortedSet.copyOf(ViewState.of(pair.other()).changedNamespaces(ViewState.of(pair.one())));
        assertTrue(changed.contains("shop-new"));
        assertEquals(Set.of(), Sets.intersection(changed, SEEN));
    }

    private static final String OWN_INTENT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: tried, namespace: shop}
            spec:
              workload: {all: true}
              outbound:
              - to: {workload: {namespace: web, all: true}}
                ports: [{port: 8080}]
              - to: {service: {namespace: web, name: api}}
              inbound:
              - from: {namespace: {name: web}}
                ports: [{port: 8080}]
              - from: {segment: {name: edge}}
                ports: [{port: 80}]
            """;

    /**
     * Whoever may declare in a namespace is told how a rule would stand, as its status would tell them once it is applied:
     * that another end agrees, and nothing else of it.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void aPlanNamesNothingThatIsHidden(long seed) {
        ViewedCluster cluster = new ViewedCluster(Pair.of(seed).one(), SOME);
        for (String output : List.of("json", "text", "md")) {
            String plan = new WhatIf(cluster, namespace -> true)
                    .answer(question(WhatIf.PARAMETERS, "output=" + output), OWN_INTENT)
                    .body()
                    .toString();
            assertFalse(plan.contains(MARK), plan);
        }
    }

    /** What the tests above are worth: whoever sees everything is answered otherwise. */
    @Test
    void whoeverSeesEverythingSeesTheDifference() {
        Pair pair = Pair.of(1);
        Scope all = new Scope(
                /* everything= */ true,
                ImmutableSortedSet.copyOf(
                        pair.one().snapshot().world().namespaces().keySet()));
        assertFalse(answers(new ViewedCluster(pair.one(), all)).equals(answers(new ViewedCluster(pair.other(), all))));
        assertTrue(answers(new ViewedCluster(pair.one(), all)).toString().contains(MARK));
    }

    private static Map<String, String> answers(LiveView view) {
        return answers(new ViewedCluster(view, SOME));
    }

    /** To everything that can be asked. */
    private static Map<String, String> answers(ViewedCluster cluster) {
        Map<String, String> answers = new TreeMap<>();
        ask(answers, "overview", () -> ConsoleAnswer.json(Overview.of(cluster, TEAM, true)));
        ask(answers, "rules", () -> ConsoleAnswer.json(RulesPage.of(cluster, "", Set.of())));
        ask(answers, "exposure", () -> ConsoleAnswer.json(Exposure.of(cluster)));
        PolicyYaml yaml = new PolicyYaml(new PolicyRenderer());
        cluster.namespaces()
                .forEach(namespace -> ask(
                        answers,
                        "page " + namespace.name(),
                        () -> ConsoleAnswer.json(NamespacePage.of(cluster, namespace, yaml))));
        for (Graph.By by : Graph.By.values()) {
            ask(answers, "graph " + by, () -> ConsoleAnswer.json(new GraphBuilder(cluster, Set.of()).build(by)));
            ask(
                    answers,
                    "some graph " + by,
                    () -> ConsoleAnswer.json(new GraphBuilder(cluster, Set.of("pay")).build(by)));
        }
        for (String output : List.of("json", "text")) {
            ask(
                    answers,
                    "connectivity " + output,
                    () -> CommandQuestions.connectivity(
                            cluster, question(CommandQuestions.CONNECTIVITY, "output=" + output)));
            ends(cluster).forEach(end -> {
                String query = "output=" + output + "&hops=all&workload=" + end;
                ask(
                        answers,
                        "who-can-reach?" + query,
                        () -> CommandQuestions.blastRadius(
                                cluster, question(CommandQuestions.BLAST_RADIUS, query), Direction.INGRESS));
                ask(
                        answers,
                        "reachable-from?" + query,
                        () -> CommandQuestions.blastRadius(
                                cluster, question(CommandQuestions.BLAST_RADIUS, query), Direction.EGRESS));
                for (String other : ends(cluster)) {
                    for (String port : PORTS) {
                        String connection = "output=" + output + "&from=" + end + "&to=" + other + "&port=" + port;
                        ask(
                                answers,
                                "explain?" + connection,
                                () -> CommandQuestions.explain(
                                        cluster, question(CommandQuestions.EXPLAIN, connection)));
                    }
                }
            });
        }
        return answers;
    }

    /** Everything that can be named: those that are seen, those that are not, and addresses, such as pods have. */
    private static List<String> ends(ViewedCluster cluster) {
        List<String> ends = new ArrayList<>(List.of("203.0.113.9", "10.244.0.7", "web/Deployment/api", "web/api"));
        for (WorkloadName workload : cluster.snapshot().topology().workloads().keySet()) {
            if (SEEN.contains(workload.namespace())) {
                ends.add(Workloads.id(workload));
            }
        }
        return ends;
    }

    private static RequestParameters question(Set<String> known, String query) {
        return RequestParameters.of(URI.create("/?" + query), known);
    }

    private static void ask(Map<String, String> answers, String question, Supplier<ConsoleAnswer> asking) {
        try {
            answers.put(question, asking.get().body().toString());
        } catch (ProblemException e) {
            answers.put(question, ConsoleAnswer.text(e.problem()));
        }
    }
}
