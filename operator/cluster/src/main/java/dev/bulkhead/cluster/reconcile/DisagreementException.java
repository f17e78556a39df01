package dev.bulkhead.cluster.reconcile;

/** The API server says something else than the watches have said so far; as a rule the next event settles it. */
final class DisagreementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /** @param kind of the objects that differ */
    DisagreementException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
