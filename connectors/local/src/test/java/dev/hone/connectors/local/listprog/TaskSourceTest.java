package dev.hone.connectors.local.listprog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.TaskSource.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskSourceTest {

    @ParameterizedTest
    @EnumSource
    void a_task_comes_from_its_split_and_no_single_operation_does_the_same(Split split) {
        CanonicalForms forms = CanonicalForms.table();
        assertThat(tasks(split, 3, 400)).allSatisfy(task -> {
            assertThat(forms.heldOut(task.program())).isEqualTo(split == Split.HELD_OUT);
            assertThat(forms.of(task.program())).isEqualTo(task.program());
            assertThat(task.program().length()).isBetween(2, 4);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_task_has_sixteen_lists_of_four_to_six_digits(Split split) {
        for (Task task : tasks(split, 4, 400)) {
            assertThat(examples(task))
                    .hasSize(Task.VISIBLE + Task.HIDDEN)
                    .allMatch(example -> Digits.size(example.in()) >= 4 && Digits.size(example.in()) <= 6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_canonical_program_is_right_on_all_examples_of_nearly_every_task(Split split) {
        long right = tasks(split, 4, 1000).stream()
                .filter(task -> Task.passes(task.program(), examples(task)))
                .count();
        assertThat(right).isGreaterThan(990);
    }

    @ParameterizedTest
    @EnumSource
    void visible_outputs_are_never_all_the_same(Split split) {
        assertThat(tasks(split, 5, 400))
                .allSatisfy(task -> assertThat(task.examples().stream()
                                .map(Example::out)
                                .distinct()
                                .count())
                        .isGreaterThan(1));
    }

    @Test
    void every_operation_of_the_canonical_program_is_needed() {
        for (Task task : tasks(Split.TRAINING, 6, 200)) {
            for (int i = 0; i < task.program().length(); i++) {
                List<Op> without = new ArrayList<>(task.program().ops());
                without.remove(i);
                assertThat(CanonicalForms.table().of(new Program(without))).isNotEqualTo(task.program());
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_tasks_and_another_seed_others() {
        assertThat(TaskSource.heldOut(20, 1)).isEqualTo(TaskSource.heldOut(20, 1));
        assertThat(Collections.disjoint(TaskSource.heldOut(20, 1), TaskSource.heldOut(20, 2)))
                .isTrue();
    }

    private static List<Example> examples(Task task) {
        List<Example> all = new ArrayList<>(task.examples());
        all.addAll(task.hidden());
        return all;
    }

    private static List<Task> tasks(Split split, long seed, int count) {
        TaskSource source = new TaskSource(seed, split);
        return Stream.generate(source::next).limit(count).toList();
    }
}
