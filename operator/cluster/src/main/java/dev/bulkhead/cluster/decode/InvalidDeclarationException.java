package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.stream.Collectors;

/** An object of one of our kinds that means nothing: written before its definition was tightened, or past the API server. */
public final class InvalidDeclarationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<ObjectProblem> problems;

    public InvalidDeclarationException(String field, String message) {
        this(ImmutableList.of(new ObjectProblem(field, message)));
    }

    public InvalidDeclarationException(Collection<ObjectProblem> problems) {
        super(problems.stream().map(ObjectProblem::toString).collect(Collectors.joining("; ")));
        this.problems = ImmutableList.copyOf(problems);
    }

    /** At least one, in the order of the object. */
    public ImmutableList<ObjectProblem> problems() {
        return problems;
    }
}
