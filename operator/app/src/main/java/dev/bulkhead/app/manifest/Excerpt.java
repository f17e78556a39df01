package dev.bulkhead.app.manifest;

import dev.bulkhead.app.terminal.Printable;

/** Texts of others in messages: one line, however long they are. */
final class Excerpt {

    private static final int LONGEST = 80;

    private Excerpt() {}

    static String of(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return Printable.line(start);
    }
}
