package dev.hone.connectors.local.listprog;

import java.util.List;

/**
 * A program to find.
 *
 * @param examples the {@value #VISIBLE} examples that a solver sees
 * @param hidden the {@value #HIDDEN} examples that judge its answer
 * @param program the canonical form of the program that made them; rarely the only right answer, and wrong on some example in
 *     fewer than one task in a thousand (see {@link CanonicalForms})
 */
public record Task(List<Example> examples, List<Example> hidden, Program program) {

    public static final int VISIBLE = 4;
    public static final int HIDDEN = 12;

    public Task {
        examples = List.copyOf(examples);
        hidden = List.copyOf(hidden);
    }

    /** Whether {@code answer} gives every expected output of {@code examples}. */
    public static boolean passes(Program answer, List<Example> examples) {
        for (int i = 0; i < examples.size(); i++) {
            if (!examples.get(i).solvedBy(answer)) {
                return false;
            }
        }
        return true;
    }

    public boolean passesVisible(Program answer) {
        return passes(answer, examples);
    }

    public boolean passesHidden(Program answer) {
        return passes(answer, hidden);
    }
}
