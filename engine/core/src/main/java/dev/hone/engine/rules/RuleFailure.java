package dev.hone.engine.rules;

import dev.hone.dsl.Problem;
import org.jspecify.annotations.Nullable;

/** A rule that could not say whether its condition holds. It is never taken for a no: the run stops with the problem. */
public final class RuleFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RuleFailure(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
