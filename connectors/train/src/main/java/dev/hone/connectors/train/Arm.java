package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Program;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A way to spend model calls on one task: each step gives a program, until one passes the visible examples.
 *
 * @param name in the table
 * @param cost model calls of every step but the first, which is one call; 2 where a critic is asked before a program is
 *     written, and equally in the control of such an arm
 */
record Arm(String name, int cost, Step step) {

    /** Writes one program. */
    @FunctionalInterface
    interface Step {
        /** @param previous the program of the step before; empty at the first */
        Program next(Attempt attempt, Optional<Program> previous, SplittableRandom random);
    }

    /** @return how many calls it took to pass the visible examples, if at most {@code calls} and the hidden ones pass too */
    Optional<Integer> solvedAt(Attempt attempt, int calls, SplittableRandom random) {
        Optional<Program> previous = Optional.empty();
        for (int spent = 1; spent <= calls; spent += cost) {
            Program program = step.next(attempt, previous, random);
            if (attempt.task().passesVisible(program)) {
                return attempt.task().passesHidden(program) ? Optional.of(spent) : Optional.empty();
            }
            previous = Optional.of(program);
        }
        return Optional.empty();
    }
}
