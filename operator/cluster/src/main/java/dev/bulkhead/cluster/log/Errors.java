package dev.bulkhead.cluster.log;

import com.google.common.base.Throwables;
import java.util.Objects;

/** Errors in one line. */
public final class Errors {

    private Errors() {}

    /** Type and message, and those of what caused it: for one that was to be expected, where nobody needs to know the place in the program. */
    public static String brief(Throwable error) {
        Throwable root = Throwables.getRootCause(error);
        return said(error) + (root == error ? "" : ", caused by " + said(root));
    }

    private static String said(Throwable error) {
        return error.getClass().getSimpleName() + ": " + Objects.requireNonNullElse(error.getMessage(), "no message");
    }
}
