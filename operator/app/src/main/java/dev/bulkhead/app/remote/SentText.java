package dev.bulkhead.app.remote;

import java.util.List;

/**
 * A file that is sent, as a document after others.
 *
 * @param name as it is shown to people
 */
public record SentText(String name, String text) {

    private static final String SEPARATOR = "---\n";

    String document() {
        return SEPARATOR + text + (text.endsWith("\n") ? "" : "\n");
    }

    /** Where the line of all of them is, which the server counts from 1 on. */
    static String place(List<SentText> texts, int line) {
        int before = 0;
        for (SentText text : texts) {
            int lines = (int) text.document().lines().count();
            if (line > before && line <= before + lines) {
                return text.name + ":" + Math.max(1, line - before - 1);
            }
            before += lines;
        }
        return texts.stream().map(SentText::name).findFirst().orElse("");
    }
}
