package dev.hone.dsl;

import dev.hone.dsl.feel.FeelNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One row: when the condition holds of a fact, the effects happen. Among rules that hold at once the one with the highest
 * salience, and of equal ones the first in the file, decides where the flow goes; the other effects of all of them happen.
 *
 * @param id {@code rule-1}, {@code rule-2} ... in the order of the file, unless named
 * @param salience 0 unless the file says otherwise
 * @param group the decision table that the rule is a row of
 * @param scope the id of the {@code use} step whose workflow the rule comes from, and of whose steps alone it speaks; empty
 *     for the file's own
 */
public record Rule(
        String id,
        FactKind fact,
        Expression when,
        List<Effect> then,
        int salience,
        Optional<Group> group,
        String scope,
        Where where)
        implements Reaction {

    @Override
    public Set<String> names() {
        return FeelNames.roots(when.feel());
    }

    /**
     * That the rule is a row of a decision table.
     *
     * @param hit how many of the table's rows may hold at once
     * @param parts the table's inputs and what the row's tests compare them with, each at its own place
     */
    public record Group(String table, Hit hit, List<Expression> parts) {}

    /** What the author wrote of the condition, each part at its own place. */
    public List<Expression> written() {
        return group.map(Group::parts).orElseGet(() -> List.of(when));
    }

    public enum Hit {
        /** The first row that holds. */
        FIRST,
        /** One row at most holds; two are a problem. */
        UNIQUE,
        /** All rows that hold. */
        COLLECT
    }

    public enum FactKind {
        VERDICT,
        SCORE,
        CRITIQUE,
        BUDGET,
        LOOP,
        POOL,
        PREFERENCE,
        POLICY,
        SLOT,
        HUMAN
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

        /**
         * Begins the named loop anew, as its next round: what is not kept is no longer seen by it. The rounds go on
         * counting, so the loop ends all the same.
         *
         * @param keep pools, memories and names that survive
         */
        record Restart(Workflow.Name loop, List<Workflow.Name> keep, Where where) implements Effect {}

        /** Begins the next round of the loop around the named step at that step. */
        record Resume(Workflow.Name step, Where where) implements Effect {}

        /** The branch of the tree that the artifact belongs to is no longer chosen from. */
        record Prune(Where where) implements Effect {}

        /** Continues at the named human step, which is performed only then. */
        record Escalate(Workflow.Name step, Where where) implements Effect {}

        /** The slot goes back to the version promoted last. */
        record Rollback(Workflow.Name slot, Where where) implements Effect {}

        /** The slot's present version is the one to come back to. */
        record Promote(Workflow.Name slot, Where where) implements Effect {}

        /** What just came is not learned from: no policy, memory or dataset gets it, and it is no result. */
        record Quarantine(Where where) implements Effect {}

        /** The run stops and can be resumed by a person. */
        record Pause(String text, Where where) implements Effect {}

        /** Leaves a remark in the run's history. */
        record Flag(String text, Where where) implements Effect {}
    }
}
