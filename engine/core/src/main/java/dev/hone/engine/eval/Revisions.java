package dev.hone.engine.eval;

import java.util.List;

/**
 * What revising did to what was right and to what was wrong: keeping right answers (confidence, CL) and mending wrong ones
 * (critique, CS), after Yang and others, "Confidence v.s. Critique: A Decomposition of Self-Correction Capability for LLMs",
 * 2024. A loop whose accuracy stands still may do a lot of both.
 *
 * @param kept right before and after
 * @param broken right before, wrong after
 * @param mended wrong before, right after
 * @param missed wrong before and after
 */
public record Revisions(int kept, int broken, int mended, int missed) {

    public static final Revisions NONE = new Revisions(0, 0, 0, 0);

    /**
     * Counts each step from one answer to the next.
     *
     * @param chains for each run, whether its answers were right, in the order in which they were made
     */
    public static Revisions of(List<List<Boolean>> chains) {
        Revisions sum = NONE;
        for (List<Boolean> chain : chains) {
            for (int i = 1; i < chain.size(); i++) {
                sum = sum.and(of(chain.get(i - 1), chain.get(i)));
            }
        }
        return sum;
    }

    /** One revision. */
    public static Revisions of(boolean before, boolean after) {
        return before
                ? after ? new Revisions(1, 0, 0, 0) : new Revisions(0, 1, 0, 0)
                : after ? new Revisions(0, 0, 1, 0) : new Revisions(0, 0, 0, 1);
    }

    public Revisions and(Revisions other) {
        return new Revisions(kept + other.kept, broken + other.broken, mended + other.mended, missed + other.missed);
    }

    /** P(right stays right), CL. The interval takes revisions for independent, which those of one run are not quite. */
    public Rate staysRight() {
        return new Rate(kept, kept + broken);
    }

    /** P(wrong becomes right), CS. The interval takes revisions for independent, which those of one run are not quite. */
    public Rate becomesRight() {
        return new Rate(mended, mended + missed);
    }
}
