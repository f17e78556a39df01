package dev.bulkhead.app.terminal;

/**
 * Texts of others as one line that anything may show. Names, descriptions and answers of servers come from anybody: what
 * a terminal would act on instead of showing it is written as an escape sequence of JSON.
 */
public final class Printable {

    private static final char FIRST = ' ';
    private static final char LAST = '~';

    private Printable() {}

    /** The text as one line: line breaks and tabs become spaces, those at its end nothing. */
    public static String line(String text) {
        return isPlain(text) ? text : rewritten(text);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < FIRST || text.charAt(i) > LAST) {
                return false;
            }
        }
        return true;
    }

    private static String rewritten(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (isBreak(letter)) {
                space = true;
                continue;
            }
            if (space) {
                line.append(' ');
                space = false;
            }
            append(line, letter);
        }
        return line.toString();
    }

    /** What ends a line, or moves on in it by more than a space. */
    private static boolean isBreak(int letter) {
        return (letter >= '\t' && letter <= '\r') || letter == '\u0085' || letter == '\u2028' || letter == '\u2029';
    }

    private static void append(StringBuilder line, int letter) {
        if (isShown(letter)) {
            line.appendCodePoint(letter);
        } else {
            for (char part : Character.toChars(letter)) {
                line.append(escape(part));
            }
        }
    }

    /** Whether a terminal shows it, rather than acting on it, hiding it, or changing the direction of what follows. */
    static boolean isShown(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** As in JSON, in YAML between double quotes, and in many languages. */
    static String escape(char letter) {
        return String.format("\\u%04x", (int) letter);
    }
}
