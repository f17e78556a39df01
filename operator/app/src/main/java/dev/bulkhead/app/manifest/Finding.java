package dev.bulkhead.app.manifest;

import java.util.Optional;

/**
 * Something wrong with a file.
 *
 * @param leftOut what is not read because of it: an object, a document, or the file
 * @param object the same where it is known which object that is
 * @param message what is wrong, and what to write instead
 */
public record Finding(Place place, String leftOut, Optional<Manifest.Key> object, String message) {

    /** About something of which not even the kind is known. */
    public Finding(Place place, String leftOut, String message) {
        this(place, leftOut, Optional.empty(), message);
    }

    /** About an object. */
    Finding(Place place, Manifest.Key object, String message) {
        this(place, object.toString(), Optional.of(object), message);
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
