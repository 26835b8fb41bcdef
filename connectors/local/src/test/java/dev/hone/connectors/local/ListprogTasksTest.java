package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What a drawn task looks like as a line of JSON. */
class ListprogTasksTest {

    @Test
    void a_task_has_four_visible_examples_and_twelve_hidden_ones() {
        assertThat(ListprogTasks.generated(5, 20)).hasSize(5).allSatisfy(line -> {
            JsonNode task = Requests.json(line);
            assertThat(task.path("task").path("examples")).hasSize(4);
            assertThat(task.path("hidden")).hasSize(12);
        });
    }

    @Test
    void the_same_seed_draws_the_same_tasks_and_another_seed_others() {
        assertThat(ListprogTasks.generated(3, 7))
                .isEqualTo(ListprogTasks.generated(5, 7).subList(0, 3));
        assertThat(ListprogTasks.generated(3, 7)).isNotEqualTo(ListprogTasks.generated(3, 8));
    }
}
