package dev.bulkhead.app.plan;

import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A plan for people, on a terminal. */
public final class PlanWriter {

    /** More rows of a kind than this tell nobody anything; the details have them all. */
    private static final int MOST = 60;

    private final PrintWriter out;
    private final PlanRows rows;

    public PlanWriter(PrintWriter out, PlanReport plan) {
        this(out, PlanView.of(plan));
    }

    PlanWriter(PrintWriter out, PlanView plan) {
        this.out = out;
        this.rows = new PlanRows(plan);
    }

    /** What somebody needs who has to judge it: what opens, what each workload keeps and loses, which rules need work. */
    public void summary(Terminal terminal) {
        out.println(terminal.strong(rows.headline()));
        section(terminal, "Connections gained", PlanRows.EDGE, rows.gained(), MOST);
        section(terminal, "Workloads", PlanRows.WORKLOAD, rows.workloads(), MOST);
        if (!rows.ruleCounts().isEmpty()) {
            out.println();
            out.println(rows.ruleCounts());
        }
        section(terminal, "Rules that are not open", PlanRows.RULE, rows.unsettledRules(), MOST);
        atTheEnd(terminal);
    }

    /** Every policy, connection and rule. */
    public void details(Terminal terminal) {
        out.println(terminal.strong(rows.headline()));
        section(terminal, "Workloads", PlanRows.WORKLOAD, rows.workloads(), Integer.MAX_VALUE);
        section(terminal, "Policies", PlanRows.POLICY, rows.policies(), Integer.MAX_VALUE);
        section(terminal, "Connections gained", PlanRows.EDGE, rows.gained(), Integer.MAX_VALUE);
        section(terminal, "Connections lost", PlanRows.EDGE, rows.lost(), Integer.MAX_VALUE);
        section(terminal, "Isolated for the first time", PlanRows.ISOLATED, rows.isolated(), Integer.MAX_VALUE);
        section(terminal, "Rules", PlanRows.RULE, rows.rules(), Integer.MAX_VALUE);
        atTheEnd(terminal);
    }

    private void atTheEnd(Terminal terminal) {
        section(terminal, "Offered, but not adopted", PlanRows.REFUSED, rows.refused(), Integer.MAX_VALUE);
        section(terminal, "Held", PlanRows.HELD, rows.held(), Integer.MAX_VALUE);
    }

    private void section(Terminal terminal, String title, List<String> headings, List<List<String>> all, int most) {
        if (all.isEmpty()) {
            return;
        }
        out.println();
        out.println(terminal.strong(title));
        Table table = new Table(headings.stream()
                .map(heading -> heading.toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        all.stream().limit(most).forEach(row -> table.row(row.toArray(String[]::new)));
        out.print(table.text(terminal));
        if (all.size() > most) {
            out.println("and " + (all.size() - most) + " more");
        }
    }
}
