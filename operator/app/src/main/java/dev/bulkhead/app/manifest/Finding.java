package dev.bulkhead.app.manifest;

/**
 * Something wrong with a file.
 *
 * @param message what is wrong, and what to write instead
 */
public record Finding(Place place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
