package dev.bulkhead.app.terminal;

import java.util.List;
import java.util.stream.Collectors;

/** Tables as pull request comments show them. Names come from anybody: what would be markup is written as text. */
public final class Markdown {

    private Markdown() {}

    public static String heading(List<String> names) {
        return row(names) + names.stream().map(name -> "---").collect(Collectors.joining("|", "|", "|\n"));
    }

    public static String row(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    public static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replace("](", "]\\(")
                .replaceAll("[\\r\\n]+", " ");
    }
}
