package dev.bulkhead.app.plan;

import dev.bulkhead.app.wording.EndInWords;
import dev.bulkhead.app.wording.PeerInWords;
import dev.bulkhead.app.wording.Plural;
import dev.bulkhead.app.wording.PortsInWords;
import dev.bulkhead.core.compile.RuleOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of a plan in words, row by row, whatever they are written as. */
final class PlanRows {

    static final List<String> POLICY = List.of("change", "policy");
    static final List<String> EDGE = List.of("source", "destination", "ports", "intents");
    static final List<String> ISOLATED = List.of("workload", "direction");
    static final List<String> RULE = List.of("intent", "rule", "peer", "state", "message");
    static final List<String> REFUSED = List.of("policy", "why");
    static final List<String> WORKLOAD = List.of("workload", "what changes");
    static final List<String> HELD = List.of("namespace");

    /** Of which nobody has to do anything about a rule. */
    private static final Set<String> SETTLED =
            Set.of(RuleOutcome.State.OPEN.label(), RuleOutcome.State.OBSERVED.label());

    private final PlanView plan;

    PlanRows(PlanView plan) {
        this.plan = plan;
    }

    /** {@code 1 policy to create, …; 2 connections gained, 3 lost, 4 kept}. */
    String headline() {
        PlanSummary.Policies policies = plan.summary().policies();
        PlanSummary.Connections connections = plan.summary().connections();
        return Plural.of(policies.created(), "policy") + " to create, "
                + policies.changed() + " to change, "
                + policies.deleted() + " to delete"
                + (policies.adopted() == 0 ? "" : ", " + policies.adopted() + " to adopt")
                + "; "
                + Plural.of(connections.gained(), "connection") + " gained, "
                + connections.lost() + " lost, "
                + connections.kept() + " kept";
    }

    List<List<String>> policies() {
        List<List<String>> rows = new ArrayList<>();
        plan.policies().created().forEach(policy -> rows.add(List.of("create", policy)));
        plan.policies().changed().forEach(policy -> rows.add(List.of("change", policy)));
        plan.policies().deleted().forEach(policy -> rows.add(List.of("delete", policy)));
        plan.policies().adopted().forEach(one -> rows.add(List.of("adopt", adopted(one.policy(), one.by()))));
        return rows;
    }

    private static String adopted(String theirs, String ours) {
        return theirs.equals(ours)
                ? theirs
                : theirs + ", whose place " + ours.substring(ours.indexOf('/') + 1) + " takes";
    }

    List<List<String>> gained() {
        return edges(plan.connections().gained());
    }

    List<List<String>> lost() {
        return edges(plan.connections().lost());
    }

    private static List<List<String>> edges(List<PlanView.Edge> edges) {
        return edges.stream()
                .map(edge -> List.of(
                        EndInWords.of(edge.src()),
                        EndInWords.of(edge.dst()),
                        PortsInWords.of(edge.conn()),
                        edge.intents().isEmpty() ? "-" : String.join(", ", edge.intents())))
                .toList();
    }

    List<List<String>> isolated() {
        return plan.isolated().stream()
                .map(one -> List.of(one.workload(), one.direction()))
                .toList();
    }

    List<List<String>> rules() {
        return plan.rules().stream().map(PlanRows::rule).toList();
    }

    /** Those that somebody has to do something about. */
    List<List<String>> unsettledRules() {
        return plan.rules().stream()
                .filter(rule -> !SETTLED.contains(rule.state()))
                .map(PlanRows::rule)
                .toList();
    }

    private static List<String> rule(PlanView.Rule rule) {
        return List.of(rule.intent(), rule.rule(), PeerInWords.of(rule.peer()), rule.state(), rule.message());
    }

    /** {@code 3 rules: 1 AwaitingPeer, 2 Open}; nothing where there are none. */
    String ruleCounts() {
        return plan.rules().isEmpty()
                ? ""
                : Plural.of(plan.rules().size(), "rule") + ": "
                        + plan.summary().rules().entrySet().stream()
                                .map(state -> state.getValue() + " " + state.getKey())
                                .collect(Collectors.joining(", "))
                        + idle();
    }

    private String idle() {
        long idle = plan.rules().stream().filter(rule -> !rule.idle().isEmpty()).count();
        return idle == 0 ? "" : "; " + idle + " of them idle: lint says why";
    }

    List<List<String>> refused() {
        return plan.policies().notAdopted().stream()
                .map(refused -> List.of(refused.policy(), refused.reason()))
                .toList();
    }

    List<List<String>> held() {
        return plan.held().stream().map(List::of).toList();
    }

    /** What a workload keeps, gains and loses, in a sentence for each that gains or loses anything. */
    List<List<String>> workloads() {
        ConnectionsOfWorkloads gained =
                new ConnectionsOfWorkloads(plan.connections().gained());
        ConnectionsOfWorkloads lost =
                new ConnectionsOfWorkloads(plan.connections().lost());
        return plan.summary().workloads().stream()
                .map(workload -> List.of(workload.workload(), sentence(workload, gained, lost)))
                .toList();
    }

    private static String sentence(
            PlanSummary.OfWorkload workload, ConnectionsOfWorkloads gained, ConnectionsOfWorkloads lost) {
        String name = workload.workload();
        return Stream.of(
                        keeps(workload),
                        workload.gained() == 0
                                ? ""
                                : "gains " + Plural.of(workload.gained(), "connection")
                                        + gained.named(name, workload.gained()),
                        loses(workload, lost))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String keeps(PlanSummary.OfWorkload workload) {
        if (workload.kept() == 0) {
            return workload.lost() == 0 || workload.cut() ? "" : "keeps nothing";
        }
        return "keeps " + Plural.of(workload.kept(), "connection")
                + ConnectionsOfWorkloads.listed(
                        workload.workload(),
                        workload.keeps().stream()
                                .limit(workload.kept() > KeptConnections.NAMED ? 0 : KeptConnections.NAMED)
                                .map(kept -> new PlanView.Edge(kept.src(), kept.dst(), kept.conn(), List.of()))
                                .toList());
    }

    private static String loses(PlanSummary.OfWorkload workload, ConnectionsOfWorkloads lost) {
        if (workload.lost() == 0) {
            return "";
        }
        String count = Plural.of(workload.lost(), "connection");
        if (workload.cut()) {
            return "loses everything" + (workload.kept() + workload.gained() == 0 ? "" : " else") + " (" + count + ")";
        }
        return "loses " + count + lost.named(workload.workload(), workload.lost());
    }
}
