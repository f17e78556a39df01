package dev.bulkhead.app.render;

import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How every rule stands, one line each, and which namespaces are held. */
final class StatesTable {

    private static final List<String> HEADINGS = List.of("INTENT", "RULE", "PEER", "STATE", "MESSAGE");
    private static final String GAP = "   ";

    private StatesTable() {}

    static String write(Collection<Compilation> compilations) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Compilation compilation : compilations) {
            compilation
                    .intents()
                    .forEach((intent, outcome) -> outcome.rules().forEach(rule -> rows.add(row(intent, rule))));
        }
        StringBuilder text = new StringBuilder();
        if (rows.size() > 1) {
            rows.forEach(row -> text.append(line(row, widths(rows))).append('\n'));
        }
        for (Compilation compilation : compilations) {
            compilation
                    .held()
                    .ifPresent(why -> text.append("namespace ")
                            .append(Printable.line(compilation.namespace()))
                            .append(
                                    compilation.policies().isEmpty()
                                            ? " is held, nothing in it changes: "
                                            : " is held, nothing in it changes but that it is closed: ")
                            .append(Printable.line(why))
                            .append('\n'));
        }
        return text.toString();
    }

    private static List<String> row(DeclaredIntent.Key intent, RuleOutcome state) {
        return Stream.of(
                        intent.toString(),
                        state.rule().place(),
                        state.rule().peer().inWords(),
                        state.state().label(),
                        state.explanation())
                .map(Printable::line)
                .toList();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEADINGS.size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            boolean last = column == row.size() - 1;
            cells.add(last ? row.get(column) : padded(row.get(column), widths.get(column)));
        }
        return cells.stream().collect(Collectors.joining(GAP));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
