package dev.bulkhead.app.terminal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows by RFC 4180. Names come from anybody: no spreadsheet takes one for a formula. */
public final class Csv {

    /**
     * What a formula begins with, the full-width forms among them, where a cell begins; or would begin in a program that
     * takes another separator.
     */
    private static final Pattern FORMULA =
            Pattern.compile("((?:^|[,;|])[\\s\\p{Z}\"']*)(?=[-=+@\uFF0B\uFF0D\uFF1D\uFF20])");

    private Csv() {}

    public static String row(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String text) {
        return quoted(FORMULA.matcher(Printable.line(text)).replaceAll("$1'"));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == ';');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
