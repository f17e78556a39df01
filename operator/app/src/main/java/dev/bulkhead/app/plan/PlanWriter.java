package dev.bulkhead.app.plan;

import dev.bulkhead.app.terminal.Markdown;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
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
    private final PlanView plan;

    public PlanWriter(PrintWriter out, PlanReport plan) {
        this(out, PlanView.of(plan));
    }

    PlanWriter(PrintWriter out, PlanView plan) {
        this.out = out;
        this.plan = plan;
    }

    public void text(Terminal terminal) {
        out.println(terminal.strong(summary()));
        section(terminal, "Policies", List.of("", "policy"), policies());
        section(terminal, "Connections gained", EDGE, edges(plan.connections().gained()));
        section(terminal, "Connections lost", EDGE, edges(plan.connections().lost()));
        section(terminal, "Isolated for the first time", List.of("workload", "direction"), isolated());
        section(terminal, "Rules", RULE, rules());
        section(terminal, "Offered, but not adopted", REFUSED, refused());
        section(terminal, "Held", List.of("namespace"), held());
    }

    public void markdown() {
        out.println("### Bulkhead plan");
        out.println();
        out.println(summary());
        section("Connections gained", EDGE, edges(plan.connections().gained()));
        section("Connections lost", EDGE, edges(plan.connections().lost()));
        section("Isolated for the first time", List.of("workload", "direction"), isolated());
        section("Rules", RULE, rules());
        section("Policies", List.of("change", "policy"), policies());
        section("Offered, but not adopted", REFUSED, refused());
        section("Held", List.of("namespace"), held());
    }

    private String summary() {
        int adopted = plan.policies().adopted().size();
        return plan.policies().created().size() + " policies to create, "
                + plan.policies().changed().size() + " to change, "
                + plan.policies().deleted().size() + " to delete" + (adopted == 0 ? "" : ", " + adopted + " to adopt")
                + "; "
                + plan.connections().gained().size() + " connections gained, "
                + plan.connections().lost().size() + " lost";
    }

    private List<List<String>> policies() {
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

    private static List<List<String>> edges(List<PlanView.Edge> edges) {
        return edges.stream()
                .map(edge -> List.of(
                        edge.src(),
                        edge.dst(),
                        edge.conn(),
                        edge.intents().isEmpty() ? "-" : String.join(", ", edge.intents())))
                .toList();
    }

    private List<List<String>> isolated() {
        return plan.isolated().stream()
                .map(one -> List.of(one.workload(), one.direction()))
                .toList();
    }

    private List<List<String>> rules() {
        return plan.rules().stream()
                .map(rule -> List.of(rule.intent(), rule.rule(), rule.peer(), rule.state(), rule.message()))
                .toList();
    }

    private List<List<String>> refused() {
        return plan.policies().notAdopted().stream()
                .map(refused -> List.of(refused.policy(), refused.reason()))
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
