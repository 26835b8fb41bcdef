package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Token;
import java.util.List;

/** The right critique of a draft, found by running every program that differs from it in one operation. */
final class CritiqueOracle {

    private CritiqueOracle() {}

    /**
     * {@link Token#NO_ISSUE} when the draft passes all examples; otherwise the first position whose substitution makes
     * them all pass; otherwise {@link Token#REWRITE}.
     */
    static int critique(Program draft, List<Example> examples) {
        if (Task.passes(draft, examples)) {
            return Token.NO_ISSUE;
        }
        for (int position = 0; position < draft.length(); position++) {
            if (repairable(draft, position, examples)) {
                return Token.FIRST_POSITION + position;
            }
        }
        return Token.REWRITE;
    }

    /** Whether some other operation at {@code position} makes all examples pass. */
    static boolean repairable(Program draft, int position, List<Example> examples) {
        for (Op op : Op.all()) {
            if (Task.passes(draft.with(position, op), examples)) {
                return true;
            }
        }
        return false;
    }
}
