package dev.bulkhead.app.manifest;

/** A document that nobody needs: nested or repeated beyond what any manifest is. */
final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Place place;

    TooLargeException(Place place, String message) {
        super(message);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
