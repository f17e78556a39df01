package dev.bulkhead.cluster.reconcile;

/** The API server says something else than the watches have said so far; as a rule the next event settles it. */
final class DisagreementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DisagreementException(String message) {
        super(message);
    }
}
