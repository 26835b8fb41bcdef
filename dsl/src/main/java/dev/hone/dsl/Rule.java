package dev.hone.dsl;

import java.util.List;

/**
 * One row: when the condition holds of a fact, the effects happen. Among rules that hold at once the first in the file
 * decides where the flow goes; flags and accepts of all of them are kept.
 *
 * @param id {@code rule-1}, {@code rule-2} ... in the order of the file, unless named
 */
public record Rule(String id, FactKind fact, Expression when, List<Effect> then, Where where) {

    public enum FactKind {
        VERDICT,
        SCORE,
        CRITIQUE,
        BUDGET,
        LOOP,
        POOL
    }

    /** The closed set of what a rule can do. */
    public sealed interface Effect {

        Where where();

        /** Leaves a loop, or ends the run when the target is {@code run}. */
        record Exit(Workflow.Name target, Where where) implements Effect {}

        /** The named step is not performed in this iteration. */
        record Skip(Workflow.Name target, Where where) implements Effect {}

        /** Continues at the named later step. */
        record Goto(Workflow.Name target, Where where) implements Effect {}

        /** Marks the artifact under the name as accepted: it is the run's result, whatever scores better. */
        record Accept(Workflow.Name artifact, Where where) implements Effect {}

        /** Leaves a remark in the run's history. */
        record Flag(String text, Where where) implements Effect {}
    }
}
