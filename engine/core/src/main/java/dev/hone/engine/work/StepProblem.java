package dev.hone.engine.work;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;

/** A step that cannot be performed, and nothing will change that by itself: the run ends with the problem. */
final class StepProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    StepProblem(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    static StepProblem at(Where where, ProblemCode code, String what, String fix) {
        return new StepProblem(Problem.at(where, code, what, fix));
    }

    Problem problem() {
        return problem;
    }
}
