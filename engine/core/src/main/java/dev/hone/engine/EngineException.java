package dev.hone.engine;

import dev.hone.dsl.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Something that was asked of the engine and cannot be done, as problems a person can act on. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public EngineException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public EngineException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problems = List.of(problem);
    }

    public List<Problem> problems() {
        return problems;
    }
}
