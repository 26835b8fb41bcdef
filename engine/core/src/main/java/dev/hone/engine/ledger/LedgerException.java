package dev.hone.engine.ledger;

import dev.hone.dsl.Problem;
import org.jspecify.annotations.Nullable;

/** The ledger cannot be opened, read or written. What it acknowledged before is kept. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    LedgerException(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
