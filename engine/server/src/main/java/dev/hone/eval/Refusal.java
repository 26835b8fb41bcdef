package dev.hone.eval;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import java.util.List;

/** Why measurements are no evidence for what is to be promoted. */
final class Refusal {

    private Refusal() {}

    static EngineException of(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.BAD_EVIDENCE, what, fix)));
    }
}
