package dev.bulkhead.cluster.log;

import java.util.Objects;

/** Errors in one line. */
public final class Errors {

    private Errors() {}

    /** Type and message: for one that was to be expected, where nobody needs to know the place in the program. */
    public static String brief(Throwable error) {
        String type = error.getClass().getSimpleName();
        return type + ": " + Objects.requireNonNullElse(error.getMessage(), "no message");
    }
}
