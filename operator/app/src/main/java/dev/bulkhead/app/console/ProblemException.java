package dev.bulkhead.app.console;

import java.util.List;

/** A request that is not answered as it was meant. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** @param detail what is wrong, and the way out */
    ProblemException(Problem.Status status, String detail) {
        this(status, detail, List.of());
    }

    ProblemException(Problem.Status status, String detail, List<Problem.Finding> findings) {
        super(detail, null, false, false);
        this.problem = Problem.of(status, detail, findings);
    }

    Problem problem() {
        return problem;
    }
}
