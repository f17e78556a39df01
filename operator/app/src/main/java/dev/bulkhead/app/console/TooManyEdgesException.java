package dev.bulkhead.app.console;

/** Ends the drawing of a graph that has too many edges. */
final class TooManyEdgesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyEdgesException(int most) {
        super("there are more than " + most + " edges", null, false, false);
    }
}
