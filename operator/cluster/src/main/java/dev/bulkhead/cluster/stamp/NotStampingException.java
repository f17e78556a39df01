package dev.bulkhead.cluster.stamp;

/** The API server does not set the label by itself, so that nothing vouches for it. */
public final class NotStampingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotStampingException(String reason) {
        super(reason);
    }
}
