package dev.hone.server.openai;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;

/** A request in OpenAI's form that cannot be done as it is. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final String param;

    /** @param param where in the request, for example {@code messages[0].content} */
    Refused(String param, Problem problem) {
        super(problem.toString());
        this.problem = problem;
        this.param = param;
    }

    Refused(String param, String what, String fix) {
        this(param, Problem.of(ProblemCode.BAD_REQUEST, what, fix));
    }

    Problem problem() {
        return problem;
    }

    String param() {
        return param;
    }
}
