package dev.hone.dsl.edit;

import java.util.List;

/**
 * A command that changes a workflow's text.
 *
 * <p>A path is the keys from the root, with the indices of lists as decimal numbers: {@code ["budget", "calls"]}. A body is
 * {@code flow}, or {@code ID.do} or {@code ID.else} of a step.
 */
public sealed interface Edit {

    /** Gives a field a value, any YAML. A field that is absent is added at the end of its mapping. */
    record SetField(List<String> path, String yaml) implements Edit {
        public SetField {
            path = List.copyOf(path);
        }
    }

    /** Removes a field, or an item of a list. */
    record RemoveField(List<String> path) implements Edit {
        public RemoveField {
            path = List.copyOf(path);
        }
    }

    /**
     * Adds a step.
     *
     * @param index its place in the body, from 0
     * @param yaml one step, with or without the dash before it
     */
    record InsertStep(String body, int index, String yaml) implements Edit {}

    /** Removes a step, with the comment directly above it and the one beside it. */
    record RemoveStep(String step) implements Edit {}

    /**
     * Moves a step, with its comments.
     *
     * @param index its place in the body, from 0, when it is there
     */
    record MoveStep(String step, String body, int index) implements Edit {}

    /**
     * Puts neighbours of one body into a new loop.
     *
     * @param max the most rounds: a number or an expression; blank where the budget bounds them
     */
    record WrapInLoop(String first, String last, String loopId, String max) implements Edit {}

    /** Gives something another name, where it is declared and wherever it is referred to. */
    record Rename(Kind kind, String from, String to) implements Edit {}

    /** What has a name. */
    enum Kind {
        STEP,
        SLOT,
        POOL,
        PARAM,
        INPUT,
        /** A name that steps define with {@code out} or {@code as}. */
        OUTPUT
    }
}
