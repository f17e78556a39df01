package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.terminal.Markdown;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.reach.Party;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people: on a terminal, or in a pull request. */
public final class PlanWriter {

    private static final List<String> EDGE = List.of("source", "destination", "connections", "intents");
    private static final List<String> RULE = List.of("intent", "rule", "peer", "state", "message");

    private static final List<String> REFUSED = List.of("policy", "why");

    private final PrintWriter out;
    private final PlanReport plan;

    public PlanWriter(PrintWriter out, PlanReport plan) {
        this.out = out;
        this.plan = plan;
    }

    public void text(Terminal terminal) {
        out.println(terminal.strong(summary()));
        section(terminal, "Policies", List.of("", "policy"), policies());
        section(terminal, "Connections gained", EDGE, edges(plan.gained()));
        section(terminal, "Connections lost", EDGE, edges(plan.lost()));
        section(terminal, "Isolated for the first time", List.of("workload", "direction"), isolated());
        section(terminal, "Rules", RULE, rules());
        section(terminal, "Offered, but not adopted", REFUSED, refused());
        section(terminal, "Held, nothing changes there", List.of("namespace"), held());
    }

    public void markdown() {
        out.println("### Bulkhead plan");
        out.println();
        out.println(summary());
        section("Connections gained", EDGE, edges(plan.gained()));
        section("Connections lost", EDGE, edges(plan.lost()));
        section("Isolated for the first time", List.of("workload", "direction"), isolated());
        section("Rules", RULE, rules());
        section("Policies", List.of("change", "policy"), policies());
        section("Offered, but not adopted", REFUSED, refused());
        section("Held, nothing changes there", List.of("namespace"), held());
    }

    private String summary() {
        int adopted = plan.adoption().adopted().size();
        return plan.created().size() + " policies to create, " + plan.changed().size() + " to change, "
                + plan.deleted().size() + " to delete" + (adopted == 0 ? "" : ", " + adopted + " to adopt") + "; "
                + plan.gained().size() + " connections gained, "
                + plan.lost().size() + " lost";
    }

    private List<List<String>> policies() {
        List<List<String>> rows = new ArrayList<>();
        plan.created().forEach(key -> rows.add(List.of("create", key.toString())));
        plan.changed().forEach(key -> rows.add(List.of("change", key.toString())));
        plan.deleted().forEach(key -> rows.add(List.of("delete", key.toString())));
        plan.adoption()
                .adopted()
                .forEach((theirs, ours) -> rows.add(List.of(
                        "adopt", theirs + (theirs.equals(ours) ? "" : ", whose place " + ours.name() + " takes"))));
        return rows;
    }

    private static List<List<String>> edges(ImmutableList<PlanReport.Edge> edges) {
        return edges.stream()
                .map(edge -> List.of(
                        edge.source().label(),
                        edge.destination().label(),
                        edge.ports().toString(),
                        edge.intents().isEmpty() ? "-" : String.join(", ", edge.intents())))
                .toList();
    }

    private List<List<String>> isolated() {
        return plan.isolated().stream()
                .map(one -> List.of(
                        new Party.OfWorkload(one.workload()).label(),
                        one.direction().policyType()))
                .toList();
    }

    private List<List<String>> rules() {
        return plan.rules().stream()
                .map(rule -> List.of(
                        rule.intent().toString(),
                        rule.state().rule().place(),
                        rule.state().rule().peer().toString(),
                        rule.state().state().label(),
                        rule.state().message()))
                .toList();
    }

    private List<List<String>> refused() {
        return plan.adoption().refused().entrySet().stream()
                .map(refused -> List.of(refused.getKey().toString(), refused.getValue()))
                .toList();
    }

    private List<List<String>> held() {
        return plan.held().stream().map(List::of).toList();
    }

    private void section(Terminal terminal, String title, List<String> headings, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        out.println(terminal.strong(title));
        Table table = new Table(headings.stream()
                .map(heading -> heading.toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        out.print(table.text(terminal));
    }

    private void section(String title, List<String> headings, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        out.println("#### " + title);
        out.println();
        out.print(Markdown.heading(headings));
        rows.forEach(row -> out.print(Markdown.row(row)));
    }
}
