package dev.bulkhead.core.reach;

/** Ends a calculation that would keep more than its {@link MemoryLimit} allows. */
public final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLargeException() {
        super("this needs more memory than one answer may take", null, false, false);
    }
}
