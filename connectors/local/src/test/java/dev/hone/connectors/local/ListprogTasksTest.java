package dev.hone.connectors.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundled tasks are the first of their seed; {@code -Dhone.golden=write} rewrites them. */
class ListprogTasksTest {

    private static final Path RESOURCE =
            Path.of("src/main/resources/dev/hone/connectors/local", ListprogTasks.RESOURCE);

    @Test
    void the_bundled_tasks_are_the_first_of_their_seed() throws IOException {
        List<String> drawn = ListprogTasks.generated(ListprogTasks.BUNDLED, ListprogTasks.BUNDLED_SEED);
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(RESOURCE, String.join("\n", drawn) + "\n");
        }
        assertThat(Files.readAllLines(RESOURCE)).isEqualTo(drawn);
    }

    @Test
    void a_bundled_task_has_four_visible_examples_and_twelve_hidden_ones() {
        assertThat(ListprogTasks.bundled()).hasSize(20).allSatisfy(line -> {
            JsonNode task = Requests.json(line);
            assertThat(task.path("task").path("examples")).hasSize(4);
            assertThat(task.path("hidden")).hasSize(12);
        });
    }
}
