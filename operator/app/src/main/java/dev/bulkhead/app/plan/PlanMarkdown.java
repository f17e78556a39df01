package dev.bulkhead.app.plan;

import dev.bulkhead.app.terminal.Markdown;
import java.io.PrintWriter;
import java.util.List;

/** A plan for a pull request: what opens comes first, and what only some want to read is folded. */
public final class PlanMarkdown {

    /** Hosts of code take comments of 65,536 characters. */
    private static final int MOST = 100;

    private final PrintWriter out;
    private final PlanRows rows;
    private final int most;

    public PlanMarkdown(PrintWriter out, PlanReport plan) {
        this(out, PlanView.of(plan), false);
    }

    /** @param details every row, however many there are */
    PlanMarkdown(PrintWriter out, PlanView plan, boolean details) {
        this.out = out;
        this.rows = new PlanRows(plan);
        this.most = details ? Integer.MAX_VALUE : MOST;
    }

    public void write() {
        out.println("### Bulkhead plan");
        out.println();
        out.println(rows.headline() + ".");
        section("⚠️ Connections gained", PlanRows.EDGE, rows.gained());
        section("Workloads", PlanRows.WORKLOAD, rows.workloads());
        section("Rules that are not open", PlanRows.RULE, rows.unsettledRules());
        section("Offered, but not adopted", PlanRows.REFUSED, rows.refused());
        section("Held", PlanRows.HELD, rows.held());
        folded("Connections lost", PlanRows.EDGE, rows.lost());
        folded("Policies", PlanRows.POLICY, rows.policies());
        folded("Isolated for the first time", PlanRows.ISOLATED, rows.isolated());
        folded("All rules", PlanRows.RULE, rows.rules());
    }

    private void section(String title, List<String> headings, List<List<String>> all) {
        if (all.isEmpty()) {
            return;
        }
        out.println();
        out.println("#### " + title);
        table(headings, all);
    }

    private void folded(String title, List<String> headings, List<List<String>> all) {
        if (all.isEmpty()) {
            return;
        }
        out.println();
        out.println("<details>");
        out.println("<summary>" + title + " (" + all.size() + ")</summary>");
        table(headings, all);
        out.println();
        out.println("</details>");
    }

    private void table(List<String> headings, List<List<String>> all) {
        out.println();
        out.print(Markdown.heading(headings));
        all.stream().limit(most).forEach(row -> out.print(Markdown.row(row)));
        if (all.size() > most) {
            out.println();
            out.println("and " + (all.size() - most) + " more; the option --details lists all");
        }
    }
}
