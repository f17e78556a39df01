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
        this(Problem.of(status, detail, "", findings));
    }

    private ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** @param detail why that parameter of the question cannot be answered, and the way out */
    static ProblemException of(String parameter, String detail) {
        return new ProblemException(Problem.of(Problem.Status.UNPROCESSABLE, detail, parameter, List.of()));
    }

    Problem problem() {
        return problem;
    }
}
