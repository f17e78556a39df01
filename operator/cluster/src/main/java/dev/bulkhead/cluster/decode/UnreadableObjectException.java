package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.stream.Collectors;

/** An object of Kubernetes whose meaning cannot be told. It is reported, and never taken for one that says nothing. */
public final class UnreadableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<ObjectProblem> problems;

    public UnreadableObjectException(String field, String message) {
        this(ImmutableList.of(new ObjectProblem(field, message)));
    }

    UnreadableObjectException(Collection<ObjectProblem> problems) {
        super(problems.stream().map(ObjectProblem::toString).collect(Collectors.joining("; ")));
        this.problems = ImmutableList.copyOf(problems);
    }

    /** At least one, in the order of the object. */
    public ImmutableList<ObjectProblem> problems() {
        return problems;
    }

    /** The first. */
    public ObjectProblem problem() {
        return problems.get(0);
    }
}
