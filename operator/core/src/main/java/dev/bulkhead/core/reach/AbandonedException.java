package dev.bulkhead.core.reach;

/** Ends a calculation whose thread was interrupted: nobody waits for its result any more. The thread stays interrupted. */
public final class AbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private AbandonedException() {
        super("nobody waits for this any more", null, false, false);
    }

    /** @throws AbandonedException if this thread was interrupted */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new AbandonedException();
        }
    }
}
