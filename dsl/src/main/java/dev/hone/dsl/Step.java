package dev.hone.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verbs. Every step has an id, unique in the file and stable: the author's {@code id}, else the name it defines, else
 * the verb, with {@code -2}, {@code -3} ... where that is taken, in the order of the file.
 */
public sealed interface Step {

    String id();

    Where where();

    /**
     * Asks a model.
     *
     * @param role the model slot
     * @param prompt a template over {@code in}; without it the inputs themselves are the message
     * @param out the name of the reply
     * @param as what kind of signal the reply is, when rules are to see it
     * @param into the pool the reply enters
     * @param parent the artifact it was made from
     */
    record Call(
            String id,
            Workflow.Name role,
            Map<String, Value> in,
            Optional<Prompt> prompt,
            Optional<Workflow.Name> out,
            Optional<SignalKind> as,
            Optional<Workflow.Name> into,
            Optional<Expression> parent,
            Where where)
            implements Step {}

    /** The text of a template ({@code {{ name }}}) and its place. */
    record Prompt(String template, Where where) {}

    /** Runs a tool. */
    record Exec(
            String id,
            Workflow.Name tool,
            Map<String, Value> in,
            Optional<Workflow.Name> out,
            Optional<SignalKind> as,
            Where where)
            implements Step {}

    /**
     * Repeats the body for every element of a list, or of the product of several. What the body defines is, after the
     * map, the list of all its values.
     *
     * @param over the element names and their lists, in order; the last varies fastest
     * @param max the most elements, where the compiler cannot see it
     */
    record ForEach(
            String id,
            Map<String, Expression> over,
            boolean parallel,
            Optional<Expression> max,
            List<Step> body,
            Where where)
            implements Step {}

    /**
     * Repeats the body until a rule or {@code until} stops it, at the latest after {@code max} rounds.
     *
     * @param max may be absent when the budget bounds the rounds
     */
    record Loop(String id, Optional<Expression> max, Optional<Expression> until, List<Step> body, Where where)
            implements Step {}

    record If(String id, Expression condition, List<Step> then, List<Step> otherwise, Where where) implements Step {}

    /**
     * Many to few: the {@code top} best of a pool or a list.
     *
     * @param from a pool's name or a list
     * @param by the value to sort by, highest first, over {@code item}; a pool's own score when absent
     * @param top how many; with a literal 1 the result is the item itself, otherwise a list
     */
    record Reduce(String id, Expression from, Optional<Expression> by, Expression top, Workflow.Name as, Where where)
            implements Step {}

    /** What a step's output tells the rules. */
    enum SignalKind {
        VERDICT,
        SCORE,
        CRITIQUE
    }
}
