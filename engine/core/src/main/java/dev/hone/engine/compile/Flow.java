package dev.hone.engine.compile;

import java.util.Optional;

/**
 * A sequence flow.
 *
 * @param condition a FEEL expression without {@code =}; empty on the default flow of a gateway and on plain flows
 * @param way how the diagram draws it
 */
record Flow(String id, String from, String to, Optional<String> condition, String label, Way way) {

    enum Way {
        /** Along the row. */
        STRAIGHT,
        /** From a loop's end beneath its body to its start. */
        BACK,
        /** From a split down to the row beneath. */
        DOWN,
        /** From the row beneath up to a join. */
        UP,
        /** From a split beneath the branch to the join. */
        AROUND,
        /** From the timer or message of a person's task beneath it to the join. */
        BENEATH,
        /** From a boundary event beneath everything to its target. */
        JUMP
    }

    static Flow straight(String from, String to) {
        return new Flow(idOf(from, to), from, to, Optional.empty(), "", Way.STRAIGHT);
    }

    static String idOf(String from, String to) {
        return "flow." + from + "." + to;
    }
}
