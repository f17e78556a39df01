package dev.bulkhead.cluster.read;

/** An object of Kubernetes whose meaning cannot be told. It is reported, and never taken for one that says nothing. */
public final class UnreadableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ObjectProblem problem;

    public UnreadableObjectException(String field, String message) {
        super(field + ": " + message);
        this.problem = new ObjectProblem(field, message);
    }

    public ObjectProblem problem() {
        return problem;
    }
}
