package dev.bulkhead.app.terminal;

import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Everything that the program prints goes through this, whatever the command and the format. Nothing but line breaks
 * reaches the terminal as a control character, apart from colours where there are any, and no line is a command to the CI
 * system that keeps the log: {@code ::error::} at its start, {@code ##[error]} or {@code ##vso[…]} anywhere in it.
 *
 * <p>One character of these is written as an escape sequence of JSON. JSON, and YAML between double quotes, mean the same
 * as before.
 */
public final class PrintableWriter extends Writer {

    private static final char ESCAPE = '\u001b';
    private static final String TAB = "    ";
    /** Of an escape sequence for colours, or an address, that is not complete yet. */
    private static final int LONGEST = 100;
    /** Ranges of addresses such as {@code ::-fcff:ffff[External]} begin lines, too. */
    private static final Pattern ADDRESSES =
            Pattern.compile("::(?:[0-9a-f.]+(?::[0-9a-f.]+)*)?(?:-[0-9a-f:.]+|/[0-9]+)?");

    private final Writer out;
    private final boolean coloured;
    /** What cannot be judged before what follows it is known. */
    private final StringBuilder held = new StringBuilder();

    private boolean atStart = true;
    private int hashes;

    /** @param coloured whether escape sequences for colours may pass */
    public PrintableWriter(Writer out, boolean coloured) {
        super(out);
        this.out = out;
        this.coloured = coloured;
    }

    @Override
    public void write(char[] letters, int from, int count) throws IOException {
        synchronized (lock) {
            int end = from + count;
            int at = from;
            while (at < end) {
                int plain = plain(letters, at, end);
                if (plain > at) {
                    out.write(letters, at, plain - at);
                    atStart = atStart && isBlank(letters, at, plain);
                    at = plain;
                } else {
                    take(letters[at++]);
                }
            }
        }
    }

    /** Where the letters end that mean nothing else than themselves, whatever surrounds them. */
    private int plain(char[] letters, int from, int end) {
        int at = from;
        if (held.isEmpty() && hashes == 0) {
            while (at < end && letters[at] >= ' ' && letters[at] <= '~' && letters[at] != '#' && letters[at] != ':') {
                at++;
            }
        }
        return at;
    }

    private static boolean isBlank(char[] letters, int from, int end) {
        for (int i = from; i < end; i++) {
            if (letters[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private void take(char letter) throws IOException {
        if (!held.isEmpty()) {
            if (held.length() < LONGEST && goesOn(letter)) {
                held.append(letter);
                return;
            }
            release(letter);
        }
        boolean undecided = Character.isHighSurrogate(letter)
                || (letter == ESCAPE && coloured)
                || (letter == ':' && atStart)
                || (letter == '\r' && System.lineSeparator().equals("\r\n"));
        if (undecided) {
            held.append(letter);
        } else {
            put(letter);
        }
    }

    private boolean goesOn(char letter) {
        char first = held.charAt(0);
        if (Character.isHighSurrogate(first)) {
            return held.length() == 1 && Character.isLowSurrogate(letter);
        }
        if (first == '\r') {
            return held.length() == 1 && letter == '\n';
        }
        if (first == ESCAPE) {
            return held.length() == 1
                    ? letter == '['
                    : held.charAt(held.length() - 1) != 'm' && "0123456789;m".indexOf(letter) >= 0;
        }
        return held.length() == 1 ? letter == ':' : "0123456789abcdef:.-/".indexOf(letter) >= 0;
    }

    /** @param next what follows; null where that is not known */
    private void release(Character next) throws IOException {
        String text = held.toString();
        held.setLength(0);
        char first = text.charAt(0);
        boolean passes;
        if (first == ':') {
            passes = next != null
                    && (text.length() == 1
                            || ("[ \n".indexOf(next) >= 0
                                    && ADDRESSES.matcher(text).matches()));
        } else if (first == ESCAPE) {
            passes = text.endsWith("m");
        } else {
            passes = first == '\r' ? text.length() == 2 : text.length() == 2 && Printable.isShown(text.codePointAt(0));
        }
        if (passes) {
            out.write(text);
            atStart = first == '\r' || (atStart && first == ESCAPE);
            hashes = first == ESCAPE ? hashes : 0;
            return;
        }
        int escaped = first == ':' ? Math.min(1, text.length() - 1) : 0;
        for (int i = 0; i < text.length(); i++) {
            if (i == escaped || Character.isSurrogate(text.charAt(i))) {
                out.write(Printable.escape(text.charAt(i)));
                atStart = false;
                hashes = 0;
            } else {
                put(text.charAt(i));
            }
        }
    }

    private void put(char letter) throws IOException {
        if (letter == '\n') {
            out.write(letter);
            atStart = true;
            hashes = 0;
        } else if (letter == '\t') {
            out.write(TAB);
            hashes = 0;
        } else if (!Printable.isShown(letter) || (letter == '[' && hashes > 1)) {
            out.write(Printable.escape(letter));
            atStart = false;
            hashes = 0;
        } else {
            out.write(letter);
            atStart = atStart && Character.isSpaceChar(letter);
            if (letter == '#') {
                hashes++;
            } else if (hashes < 2 || !Character.isLetterOrDigit(letter)) {
                hashes = 0;
            }
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            if (!held.isEmpty()) {
                release(null);
            }
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            flush();
            out.close();
        }
    }
}
