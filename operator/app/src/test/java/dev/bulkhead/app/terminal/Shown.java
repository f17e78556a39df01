package dev.bulkhead.app.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** What becomes of printed text where it is shown. */
public final class Shown {

    private static final Pattern COMMAND_TO_GITHUB =
            Pattern.compile("(?m)^[\\s\\p{Z}]*::(?![0-9a-f:.]*(-[0-9a-f:.]+|/[0-9]+)?([ \\[]|$))");
    private static final Pattern COMMAND_ANYWHERE = Pattern.compile("##[\\p{L}\\p{N}]*\\[");
    private static final Pattern FORMULA = Pattern.compile("(^|[;,|\\t])[\\s\\p{Z}]*[-=+@\uFF0B\uFF0D\uFF1D\uFF20]");
    /** What hosts make of a text once Markdown is done with it. */
    private static final Pattern REFERENCE =
            Pattern.compile("(?i)@\\w|[#!$%&~]\\w|://|www\\.|\\bGH-\\d|\\[\\[|:(?!-?[0-9a-f]{2,}:)[\\w+-]+:");

    /** The only HTML: the beginning of what is folded, under a title of ours, and its end. */
    private static final Pattern FOLD =
            Pattern.compile("<details>\n<summary>[A-Z][a-z ]+ \\([0-9]+\\)</summary>\\s*|</details>\\s*");

    private static final List<Extension> GITHUB = List.of(
            TablesExtension.create(),
            StrikethroughExtension.create(),
            AutolinkExtension.builder().linkTypes(AutolinkType.values()).build());
    private static final Set<Class<? extends Node>> INACTIVE = Set.of(
            Document.class,
            Heading.class,
            Paragraph.class,
            BulletList.class,
            ListItem.class,
            TableBlock.class,
            TableHead.class,
            TableBody.class,
            TableRow.class,
            TableCell.class,
            Text.class,
            Code.class);

    private Shown() {}

    /** Text that a terminal shows as it is, and that tells a CI system nothing. */
    public static void assertPrintable(String printed, String where) {
        printed.codePoints()
                .forEach(letter -> assertTrue(
                        letter == '\n' || Printable.isShown(letter),
                        () -> String.format("U+%04X in: %s", letter, where)));
        assertFalse(COMMAND_TO_GITHUB.matcher(printed).find(), () -> where + "\n" + printed);
        assertFalse(COMMAND_ANYWHERE.matcher(printed).find(), () -> where + "\n" + printed);
    }

    /** The texts of the cells of a table, row by row, without its heading. */
    public static List<List<String>> assertInactive(String markdown, String where) {
        List<List<String>> rows = new ArrayList<>();
        collect(Parser.builder().extensions(GITHUB).build().parse(markdown), rows, () -> where + "\n" + markdown);
        return rows;
    }

    private static void collect(Node node, List<List<String>> rows, java.util.function.Supplier<String> where) {
        if (node instanceof HtmlBlock html) {
            assertTrue(FOLD.matcher(html.getLiteral()).matches(), () -> html.getLiteral() + " in " + where.get());
            return;
        }
        assertTrue(INACTIVE.contains(node.getClass()), () -> node + " in " + where.get());
        if (node instanceof Text text) {
            assertFalse(REFERENCE.matcher(text.getLiteral()).find(), where);
        }
        if (node instanceof TableRow && node.getParent() instanceof TableBody) {
            rows.add(new ArrayList<>());
        }
        if (node instanceof TableCell && !rows.isEmpty() && node.getParent().getParent() instanceof TableBody) {
            rows.get(rows.size() - 1).add(text(node));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, rows, where);
        }
    }

    private static String text(Node cell) {
        StringBuilder text = new StringBuilder();
        for (Node child = cell.getFirstChild(); child != null; child = child.getNext()) {
            text.append(child instanceof Code code ? code.getLiteral() : ((Text) child).getLiteral());
        }
        return text.toString();
    }

    /** The cells, none of which a spreadsheet takes for a formula, whatever separates them for it. */
    public static List<List<String>> assertNoFormulas(String csv, String where) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : csv.split("\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(cells(line));
            }
        }
        rows.forEach(row -> row.forEach(
                cell -> assertFalse(FORMULA.matcher(cell).find(), () -> cell + " in " + where + "\n" + csv)));
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at <= line.length()) {
            StringBuilder cell = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (line.charAt(at) != '"' || (at + 1 < line.length() && line.charAt(at + 1) == '"')) {
                    at += line.charAt(at) == '"' ? 1 : 0;
                    cell.append(line.charAt(at++));
                }
                at++;
                assertEquals(true, at == line.length() || line.charAt(at) == ',', line);
            } else {
                while (at < line.length() && line.charAt(at) != ',') {
                    assertTrue(line.charAt(at) != '"', line);
                    cell.append(line.charAt(at++));
                }
            }
            cells.add(cell.toString());
            at++;
        }
        return cells;
    }
}
