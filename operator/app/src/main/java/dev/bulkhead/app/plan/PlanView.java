package dev.bulkhead.app.plan;

import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A plan as texts, in the shape that {@link PlanJson} writes: of one's own making, or as a server tells it. */
record PlanView(
        int version,
        PlanSummary summary,
        Policies policies,
        Connections connections,
        List<Isolated> isolated,
        List<String> held,
        List<Rule> rules) {

    /** Of the shape; it changes where a field goes or means something else. */
    static final int VERSION = 1;

    record Policies(
            List<String> created,
            List<String> changed,
            List<String> deleted,
            List<Adopted> adopted,
            List<NotAdopted> notAdopted) {}

    record Adopted(String policy, String by) {}

    record NotAdopted(String policy, String reason) {}

    record Connections(List<Edge> gained, List<Edge> lost) {}

    record Edge(String src, String dst, String conn, List<String> intents) {}

    record Isolated(String workload, String direction) {}

    record Rule(String intent, String rule, String peer, String state, String message, String idle) {}

    static PlanView of(PlanReport plan) {
        return new PlanView(
                VERSION,
                PlanSummary.of(plan),
                new Policies(
                        texts(plan.created()),
                        texts(plan.changed()),
                        texts(plan.deleted()),
                        pairs(plan.adoption().adopted(), Adopted::new),
                        pairs(plan.adoption().refused(), NotAdopted::new)),
                new Connections(edges(plan.gained()), edges(plan.lost())),
                plan.isolated().stream()
                        .map(one -> new Isolated(
                                one.workload().toString(), one.direction().policyType()))
                        .toList(),
                plan.held(),
                plan.rules().stream()
                        .map(declared -> rule(declared.intent().toString(), declared.state()))
                        .toList());
    }

    private static List<String> texts(Collection<NetworkPolicy.Key> policies) {
        return policies.stream().map(NetworkPolicy.Key::toString).toList();
    }

    private static <T> List<T> pairs(Map<NetworkPolicy.Key, ?> pairs, BiFunction<String, String, T> pair) {
        return pairs.entrySet().stream()
                .map(entry ->
                        pair.apply(entry.getKey().toString(), entry.getValue().toString()))
                .toList();
    }

    private static List<Edge> edges(List<PlanReport.Edge> edges) {
        return edges.stream()
                .map(edge -> new Edge(
                        edge.source().label(),
                        edge.destination().label(),
                        edge.ports().toString(),
                        List.copyOf(edge.intents())))
                .toList();
    }

    private static Rule rule(String intent, RuleOutcome state) {
        return new Rule(
                intent,
                state.rule().place(),
                state.rule().peer().toString(),
                state.state().label(),
                state.explanation(),
                state.idle().map(Idle::message).orElse(""));
    }

    /** Whether a limit that no team can pass stands in the way of any rule. */
    boolean isForbidden() {
        return rules.stream().anyMatch(rule -> rule.state().equals(RuleOutcome.State.FORBIDDEN.label()));
    }

    boolean isEmpty() {
        return Stream.of(
                        policies.created(),
                        policies.changed(),
                        policies.deleted(),
                        policies.adopted(),
                        connections.gained(),
                        connections.lost())
                .allMatch(List::isEmpty);
    }
}
