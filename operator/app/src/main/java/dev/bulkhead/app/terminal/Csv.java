package dev.bulkhead.app.terminal;

import java.util.List;
import java.util.stream.Collectors;

/** Rows by RFC 4180. */
public final class Csv {

    private Csv() {}

    public static String row(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
