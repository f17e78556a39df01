package dev.bulkhead.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows under headings. The last column takes what room the others leave, and goes on in the next line. */
public final class Table {

    private static final String GAP = "   ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    public void row(String... cells) {
        rows.add(Stream.of(cells).map(Printable::line).toList());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public String text(Terminal terminal) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            widths.add(Math.max(width, headings.get(i).length()));
        }
        StringBuilder text = new StringBuilder();
        append(text, headings, widths, widthBefore(widths), terminal);
        rows.forEach(row -> append(text, row, widths, widthBefore(widths), terminal));
        return text.toString();
    }

    private static int widthBefore(List<Integer> widths) {
        return widths.subList(0, widths.size() - 1).stream()
                .mapToInt(width -> width + GAP.length())
                .sum();
    }

    private static void append(
            StringBuilder text, List<String> row, List<Integer> widths, int before, Terminal terminal) {
        for (int i = 0; i + 1 < row.size(); i++) {
            String cell = row.get(i);
            text.append(cell).append(" ".repeat(widths.get(i) - cell.length())).append(GAP);
        }
        List<String> last = terminal.wrapped(row.get(row.size() - 1), before);
        text.append(String.join("\n" + " ".repeat(before), last));
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }
}
