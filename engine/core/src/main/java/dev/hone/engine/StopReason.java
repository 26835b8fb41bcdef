package dev.hone.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import java.util.Optional;

/**
 * Why a run ended.
 *
 * @param text one sentence
 * @param rule the rule that decided, when one did
 * @param where the line in the workflow that decided, as {@code file:line:column}
 * @param facts the names that the rule read, with their values
 * @param problem what went wrong, when something did
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StopReason(
        Kind kind,
        String text,
        Optional<String> rule,
        Optional<String> where,
        Optional<JsonNode> facts,
        Optional<Problem> problem) {

    /** Facts that the JSON of a reason does not have are none. */
    public StopReason {
        facts = facts.filter(known -> !known.isNull());
    }

    /** The closed list of ends. */
    public enum Kind {
        /** The flow came to its end and no rule moved it. */
        COMPLETED,
        /** A rule ended a loop or the run. */
        RULE,
        /** A loop reached its last round, or its {@code until} came true. */
        LIMIT,
        /** The next call would not have fitted into the budget. */
        BUDGET,
        /** The wall time was over. */
        TIME,
        /** A rule stopped it until a person resumes it. */
        PAUSED,
        /** Something could not be done. */
        PROBLEM,
        /** Somebody cancelled the run. */
        CANCELLED
    }

    public static StopReason of(Kind kind, String text) {
        return new StopReason(kind, text, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static StopReason problem(Problem problem) {
        return new StopReason(
                Kind.PROBLEM,
                problem.what(),
                Optional.empty(),
                problem.where().map(Object::toString),
                Optional.empty(),
                Optional.of(problem));
    }
}
