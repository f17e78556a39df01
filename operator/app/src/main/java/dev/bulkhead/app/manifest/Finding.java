package dev.bulkhead.app.manifest;

/**
 * Something wrong with a file.
 *
 * @param leftOut what is not read because of it: an object, a document, or the file
 * @param message what is wrong, and what to write instead
 */
public record Finding(Place place, String leftOut, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
