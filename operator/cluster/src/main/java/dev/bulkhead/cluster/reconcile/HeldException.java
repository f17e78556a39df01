package dev.bulkhead.cluster.reconcile;

/** It is in doubt whether something is still meant, so nothing is taken away until that is clear. */
final class HeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HeldException(String message) {
        super(message);
    }

    HeldException(String message, Throwable cause) {
        super(message, cause);
    }
}
