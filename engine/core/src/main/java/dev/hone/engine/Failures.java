package dev.hone.engine;

import dev.hone.broker.BrokerException;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.zeebe.ZeebeException;
import java.util.function.Supplier;

/** Turns what the parts of the engine throw into problems that a person can act on. */
final class Failures {

    private Failures() {}

    static <T> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    static EngineException translated(RuntimeException e) {
        return switch (e) {
            case EngineException own -> own;
            case LedgerException ledger -> new EngineException(ledger.problem(), ledger);
            case ZeebeException zeebe ->
                new EngineException(Problem.of(ProblemCode.BROKER_FAILED, zeebe.what(), zeebe.fix()), zeebe);
            case BrokerException broker ->
                new EngineException(Problem.of(code(broker.kind()), broker.what(), broker.fix()), broker);
            default ->
                new EngineException(
                        Problem.of(
                                ProblemCode.INTERNAL,
                                "a defect of the engine: " + e + ".",
                                "Report it with the log; what was kept is not lost."),
                        e);
        };
    }

    private static ProblemCode code(BrokerException.Kind kind) {
        return switch (kind) {
            case DIRECTORY_IN_USE -> ProblemCode.DATA_DIR_IN_USE;
            case DISK_FULL, NOT_WRITABLE, NOT_STARTED -> ProblemCode.BROKER_FAILED;
        };
    }
}
