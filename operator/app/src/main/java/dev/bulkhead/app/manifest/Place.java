package dev.bulkhead.app.manifest;

import java.util.Comparator;

/**
 * A line of a file.
 *
 * @param line from 1 on; 0 for the file as a whole
 */
public record Place(String file, int line) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
