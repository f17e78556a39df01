package dev.bulkhead.app.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapingTest {

    private static final int ROUNDS = 20_000;

    static Stream<String> pieces() {
        return Hostile.pieces().stream();
    }

    private static String printed(String text, boolean coloured) throws IOException {
        StringWriter out = new StringWriter();
        try (PrintableWriter writer = new PrintableWriter(out, coloured)) {
            writer.write(text);
        }
        return out.toString();
    }

    @Test
    void whateverIsPrintedIsShownAndTellsACiSystemNothing() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            String text = Hostile.text(random);
            StringWriter out = new StringWriter();
            PrintableWriter writer = new PrintableWriter(out, false);
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(4));
                writer.write(text.substring(at, end));
                at = end;
                if (random.nextInt(20) == 0) {
                    writer.flush();
                }
            }
            writer.close();
            Shown.assertPrintable(out.toString(), text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "::error::x, ':\\u003aerror::x'",
        "'   ::error::x', '   :\\u003aerror::x'",
        "::add-mask::x, ':\\u003aadd-mask::x'",
        "::deadbeef::, ':\\u003adeadbeef::'",
        "x ##[error]y, 'x ##\\u005berror]y'",
        "##vso[task]y, '##vso\\u005btask]y'",
    })
    void aCommandToACiSystemIsText(String command, String shown) throws IOException {
        assertEquals(shown, printed(command, false));
        assertEquals("a\n" + shown + "\n", printed("a\n" + command + "\n", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::-fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => n/client[Pod] : All Connections\n",
                "::1[External] => a\n",
                "::ffff:10.0.0.0-::ffff:10.0.0.9[External] => a\n",
                "::/0   All Connections\n",
                "### Bulkhead plan\n\n#### Rules\n",
                "a: b\n  c: [d]\n",
                "ä 😀 …\n"
            })
    void whatIsHonestIsPrintedAsItIs(String text) throws IOException {
        assertEquals(text, printed(text, false));
    }

    @Test
    void coloursPassWhereThereAreAnyAndNothingElseThatBeginsLikeThem() throws IOException {
        assertEquals("\u001b[31mred\u001b[0m", printed("\u001b[31mred\u001b[0m", true));
        assertEquals("\\u001b[31mred", printed("\u001b[31mred", false));
        assertEquals("\\u001b[2Jx", printed("\u001b[2Jx", true));
        assertEquals("\\u001b]0;x\\u0007", printed("\u001b]0;x\u0007", true));
    }

    @Test
    void jsonStaysJsonAndMeansTheSame() throws IOException {
        assertEquals("{\"a\":\"##\\u005berror]\\u007f\\u202e\"}", printed("{\"a\":\"##[error]\u007f\u202e\"}", false));
    }

    @Test
    void aTextOfOthersIsOneLine() {
        assertEquals("a b \\u001b[31mc", Printable.line("a\r\n\tb \u001b[31mc\n"));
        assertEquals("a\\udb40\\udc41b", Printable.line("a\udb40\udc41b"));
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            String text = Hostile.text(random);
            String line = Printable.line(text);
            line.codePoints().forEach(letter -> assertEquals(true, Printable.isShown(letter), text));
            assertEquals(line, Printable.line(line));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "@SUM(1), '''@SUM(1)'",
        "+1, '''+1'",
        "-1, '''-1'",
        "'a;=1', '\"a;''=1\"'",
        "'TCP 100-200,5432,UDP 53', '\"TCP 100-200,5432,UDP 53\"'",
        "'0.0.0.0-255.255.255.255[External]', '0.0.0.0-255.255.255.255[External]'"
    })
    void noCellIsAFormula(String cell, String written) {
        assertEquals(written + "\n", Csv.row(List.of(cell)));
    }

    @Test
    void rowsStayRowsOfAsManyCellsNoneOfThemAFormula() {
        Random random = new Random(3);
        for (int i = 0; i < ROUNDS; i++) {
            List<String> row = List.of(Hostile.text(random), Hostile.text(random), Hostile.text(random));
            List<List<String>> read = Shown.assertNoFormulas(Csv.row(row), row.toString());
            assertEquals(1, read.size(), row.toString());
            assertEquals(3, read.get(0).size(), row.toString());
        }
    }

    @Test
    void aTextInATableOfMarkdownIsThatTextAndNothingElse() {
        Random random = new Random(4);
        for (int i = 0; i < ROUNDS; i++) {
            assertShownAsItIs(List.of(Hostile.text(random), "b", Hostile.text(random)));
        }
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void everyPieceInATableOfMarkdownIsThatText(String piece) {
        assertShownAsItIs(List.of(piece, "a " + piece, "a" + piece + "b"));
    }

    private static void assertShownAsItIs(List<String> row) {
        String markdown = Markdown.heading(List.of("one", "two", "three")) + Markdown.row(row);
        List<List<String>> shown = Shown.assertInactive(markdown, row.toString());
        List<String> expected =
                row.stream().map(Printable::line).map(EscapingTest::collapsed).toList();
        assertEquals(1, shown.size(), markdown);
        List<String> found = new ArrayList<>();
        shown.get(0).forEach(cell -> found.add(collapsed(cell.replace("\\u005c", "\\"))));
        assertEquals(
                expected.stream().map(cell -> cell.replace("\\u005c", "\\")).toList(), found, markdown);
    }

    /** Spaces at the ends of cells and code mean nothing. */
    private static String collapsed(String text) {
        return text.strip();
    }

    @Test
    void honestTextIsWrittenAsItIs() {
        for (String text : List.of(
                "store/shop[Deployment]",
                "::-fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External]",
                "TCP 100-200,5432,UDP 53",
                "{ingress-controller}",
                "namespace n is claimed by segments one and two alike; nothing changes until the platform team settles it")) {
            assertEquals("| " + text + " |\n", Markdown.row(List.of(text)));
            assertEquals(text, Markdown.escaped(text));
        }
        assertFalse(Markdown.escaped("www.evil.example").equals("www.evil.example"));
    }
}
