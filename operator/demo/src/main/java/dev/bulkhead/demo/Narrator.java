package dev.bulkhead.demo;

import com.google.common.collect.ImmutableSet;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the story on the terminal, 96 columns wide at most. */
final class Narrator {

    private static final int WIDTH = 96;
    private static final String MARGIN = "  ";
    private static final int LABEL = 13;
    private static final int CELL = 11;

    /** How a piece of text is to look. */
    private enum Style {
        STRONG("\u001b[1m"),
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        FAINT("\u001b[2m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean coloured;

    Narrator(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    void chapter(String title) {
        out.println();
        out.println(styled(Style.STRONG, title));
    }

    /** Text, broken into lines. */
    void says(String text) {
        wrapped(text, WIDTH - MARGIN.length()).forEach(line -> out.println(MARGIN + line));
    }

    /** Lines as they are: declarations, policies, commands. */
    void shows(List<String> lines) {
        lines.forEach(line -> out.println(MARGIN + MARGIN + styled(Style.FAINT, line)));
    }

    void claim(boolean holds, String claim, String detail) {
        String mark = holds ? styled(Style.GOOD, "✓") : styled(Style.BAD, "✗");
        out.println(MARGIN + mark + " " + claim + (detail.isEmpty() ? "" : styled(Style.FAINT, ": " + detail)));
    }

    /** A table of who reaches whom: one row for each source, one column for each destination. */
    void matrix(Connectivity connectivity) {
        Set<ShopParty> parties = ImmutableSet.copyOf(connectivity.openings().rowKeySet());
        StringBuilder head = new StringBuilder(MARGIN + MARGIN).append(padded("from \\ to", LABEL));
        parties.forEach(party -> head.append(padded(party.name(), CELL)));
        out.println(styled(Style.FAINT, head.toString().stripTrailing()));
        for (ShopParty from : parties) {
            StringBuilder row = new StringBuilder(MARGIN + MARGIN).append(padded(from.name(), LABEL));
            for (ShopParty to : parties) {
                Opening opening = connectivity.openings().get(from, to);
                String text = opening == null ? "" : opening.toString();
                Style style = text.equals("-") ? Style.FAINT : Style.GOOD;
                row.append(styled(style, text)).append(padded("", CELL - text.length()));
            }
            out.println(row.toString().stripTrailing());
        }
    }

    private String styled(Style style, String text) {
        return coloured && !text.isEmpty() ? style.code + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
