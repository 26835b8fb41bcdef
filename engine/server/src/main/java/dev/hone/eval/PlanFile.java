package dev.hone.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.EngineException;
import java.util.List;
import java.util.Optional;

/**
 * A plan, and what it may name.
 *
 * @param beside the files of its folder
 */
public record PlanFile(EvalPlan plan, Companions beside) {

    /** What a plan is called that nobody names. */
    public static final String USUAL = "eval.yaml";

    /**
     * Reads one.
     *
     * @param file the name to use in problems
     * @throws EngineException with every problem of its text
     */
    public static PlanFile read(String file, String text, Companions beside) {
        return switch (EvalPlan.read(file, text)) {
            case EvalPlan.Listing.Read(EvalPlan read) -> new PlanFile(read, beside);
            case EvalPlan.Listing.Refused refused -> throw new EngineException(refused.problems());
        };
    }

    /** One that asks for nothing. */
    public static PlanFile none(Companions beside) {
        return new PlanFile(EvalPlan.NONE, beside);
    }

    /**
     * The tasks of the file that it names; empty when it names none.
     *
     * @throws EngineException when the file is not there or is no list of tasks
     */
    public Optional<List<ObjectNode>> tasks() {
        return plan.data().map(data -> {
            String text = beside.find(data.name())
                    .orElseThrow(() -> new EngineException(List.of(Problem.at(
                            data.where(),
                            ProblemCode.UNKNOWN_FILE,
                            "there is no file " + data.name() + " beside the plan.",
                            "Put it there, or correct the path."))));
            return TaskLines.read(data.name(), text.lines().toList());
        });
    }
}
