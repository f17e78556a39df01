package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

/**
 * Where the documents of a file begin. A line that begins with three hyphens is never part of a value, so that reading
 * can start at any of them, whatever stands before it.
 */
final class Documents {

    private final ImmutableIntArray lines;
    private final ImmutableIntArray offsets;
    private final int lineCount;
    private final int length;

    /**
     * A line and where it begins.
     *
     * @param line from 0 on
     */
    record Start(int line, int offset) {}

    /** Of a file; it begins and ends where documents do. */
    record Part(Start from, Start to) {}

    private Documents(ImmutableIntArray lines, ImmutableIntArray offsets, int lineCount, int length) {
        this.lines = lines;
        this.offsets = offsets;
        this.lineCount = lineCount;
        this.length = length;
    }

    static Documents of(byte[] bytes) {
        ImmutableIntArray.Builder lines = ImmutableIntArray.builder();
        ImmutableIntArray.Builder offsets = ImmutableIntArray.builder();
        int line = 0;
        int start = 0;
        while (start < bytes.length) {
            if (isMarker(bytes, start)) {
                lines.add(line);
                offsets.add(start);
            }
            start = nextLine(bytes, start);
            line++;
        }
        return new Documents(lines.build(), offsets.build(), line, bytes.length);
    }

    private static boolean isMarker(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && bytes[at] == '-'
                && bytes[at + 1] == '-'
                && bytes[at + 2] == '-'
                && (at + 3 == bytes.length || (bytes[at + 3] <= ' ' && bytes[at + 3] >= 0));
    }

    /** Behind the end of this line, be that LF, CR, or both. */
    private static int nextLine(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        boolean both = at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
        return at + (both ? 2 : 1);
    }

    /** The last start on this line or before it; the start of the file where there is none. */
    Start atOrBefore(int line) {
        int found = search(line + 1) - 1;
        return found < 0 ? new Start(0, 0) : new Start(lines.get(found), offsets.get(found));
    }

    /** The first start on this line or after it; the end of the file where there is none. */
    Start atOrAfter(int line) {
        int found = search(line);
        return found == lines.length() ? new Start(lineCount, length) : new Start(lines.get(found), offsets.get(found));
    }

    /** Of at least this size, but for the last one. */
    ImmutableList<Part> parts(byte[] bytes, int size) {
        ImmutableList.Builder<Part> parts = ImmutableList.builder();
        Start from = new Start(0, 0);
        for (int i = 0; i < lines.length(); i++) {
            Start start = new Start(lines.get(i), offsets.get(i));
            if (start.offset() - from.offset() >= size && !isAfterDirective(bytes, start.offset())) {
                parts.add(new Part(from, start));
                from = start;
            }
        }
        return parts.add(new Part(from, new Start(lineCount, length))).build();
    }

    /** A line that begins with a percent sign and belongs to the document that follows. */
    private static boolean isAfterDirective(byte[] bytes, int start) {
        int at = Math.max(0, start - 1);
        while (at > 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r') {
            at--;
        }
        return bytes[at] == '%' || bytes[at] == '#';
    }

    /** How many starts are on lines before this one. */
    private int search(int line) {
        int low = 0;
        int high = lines.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle) < line) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same line, or the last of the file if that comes before; from 0 on. */
    int within(int line) {
        return Math.max(0, Math.min(line, lineCount - 1));
    }

    /** The number of the line, from 0 on, that this byte is on. */
    static int lineOf(byte[] bytes, Start from, int offset) {
        int line = from.line();
        for (int at = nextLine(bytes, from.offset()); at <= offset; at = nextLine(bytes, at)) {
            line++;
        }
        return line;
    }
}
