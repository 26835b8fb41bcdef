package dev.hone.engine.work;

import dev.hone.dsl.Problem;

/** A problem met where no checked exception can pass; becomes a {@link StepProblem} where the step is performed. */
final class ProblemInside extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemInside(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
