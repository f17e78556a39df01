package dev.bulkhead.app.terminal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables as pull request comments show them. Names come from anybody: what GitHub or GitLab would make anything of, be it
 * a link, a mention, an image, emphasis, HTML or a reference, is written as code, in which they see nothing but text.
 */
public final class Markdown {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}\\p{Pd} .,:;()\\[\\]{}'\"=+/>?…→“”‘’]*");

    /** Made of plain characters alone: addresses, links, pictures by name, and references to other things. */
    private static final Pattern ACTIVE =
            Pattern.compile("(?i)://|www\\.|][(\\[]|\\[\\[|\\[[a-z_]+:|:(?!-?[0-9a-f]{2,}:)[-+\\w]+:|\\bGH-[0-9]");

    private static final Pattern PIPE = Pattern.compile("\\\\*\\|");

    private Markdown() {}

    public static String heading(List<String> names) {
        return row(names) + names.stream().map(name -> "---").collect(Collectors.joining("|", "|", "|\n"));
    }

    public static String row(List<String> cells) {
        return cells.stream().map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A text outside of tables. */
    public static String escaped(String text) {
        String line = Printable.line(text);
        return isPlain(line) ? line : code(line);
    }

    /** Before anything else is told apart, cells are, by pipes without a backslash before them. */
    private static String cell(String text) {
        String line = Printable.line(text);
        return isPlain(line)
                ? line
                : PIPE.matcher(code(line))
                        .replaceAll(found -> "\\\\u005c".repeat(found.group().length() - 1) + "\\\\|");
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !ACTIVE.matcher(text).find();
    }

    /** Between more backticks than there are one after the other in the text. */
    private static String code(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String padding = text.startsWith("`") || text.endsWith("`") || text.startsWith(" ") ? " " : "";
        return fence + padding + text + padding + fence;
    }
}
