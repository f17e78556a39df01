package dev.bulkhead.cluster.apply;

/** The namespace is being deleted: nothing can, or need, be written there. */
public final class NamespaceEndingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NamespaceEndingException(String namespace, Throwable cause) {
        super("namespace " + namespace + " is being deleted", cause);
    }
}
