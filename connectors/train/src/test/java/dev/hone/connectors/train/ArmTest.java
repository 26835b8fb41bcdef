package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArmTest {

    private static final Program WRONG = Program.parse("negate");

    private final Task task = TaskSource.heldOut(1, 1).getFirst();
    private final Attempt attempt =
            Attempt.of(0, task, new Transformer(InitialWeights.random(GeneratorTraining.SHAPE, 1)));

    @Test
    void a_step_that_asks_a_critic_costs_two_calls_after_the_first() {
        assertThat(rightAtStep(1, 2).solvedAt(attempt, 32, new SplittableRandom(1)))
                .hasValue(1);
        assertThat(rightAtStep(3, 2).solvedAt(attempt, 32, new SplittableRandom(1)))
                .hasValue(5);
        assertThat(rightAtStep(3, 1).solvedAt(attempt, 32, new SplittableRandom(1)))
                .hasValue(3);
    }

    @Test
    void no_more_calls_are_made_than_allowed() {
        assertThat(rightAtStep(3, 2).solvedAt(attempt, 4, new SplittableRandom(1)))
                .isEmpty();
        assertThat(rightAtStep(3, 2).solvedAt(attempt, 5, new SplittableRandom(1)))
                .hasValue(5);
    }

    @Test
    void a_program_that_passes_only_the_visible_examples_ends_the_search_unsolved() {
        Task overfitted =
                new Task(task.examples(), TaskSource.heldOut(1, 2).getFirst().hidden(), task.program());
        Attempt unlucky = new Attempt(0, overfitted, attempt.reading());
        assertThat(rightAtStep(1, 1).solvedAt(unlucky, 32, new SplittableRandom(1)))
                .isEmpty();
    }

    private Arm rightAtStep(int right, int cost) {
        AtomicInteger step = new AtomicInteger();
        return new Arm(
                "test", cost, (at, previous, random) -> step.incrementAndGet() == right ? task.program() : WRONG);
    }
}
