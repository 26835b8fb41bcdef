package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkflowReaderTest {

    @Test
    void readsEveryPartOfTheLanguage() throws IOException {
        Path file = Path.of("src/test/resources/valid/feedback-edit.yaml");
        Reading reading = WorkflowReader.read("feedback-edit.yaml", Files.readString(file));
        assertThat(reading).isInstanceOf(Reading.Parsed.class);
        Workflow workflow = ((Reading.Parsed) reading).workflow();
        assertThat(workflow.flow()).extracting(Step::id).containsExactly("drafts", "pick");
        assertThat(((Step.ForEach) workflow.flow().getFirst()).body())
                .extracting(Step::id)
                .containsExactly("draft", "vis", "map", "kept", "edits");
        assertThat(workflow.rules()).extracting(Rule::id).containsExactly("rule-1", "poor");
        assertThat(workflow.budget().limits())
                .hasEntrySatisfying(
                        Workflow.Resource.SECONDS,
                        most -> assertThat(most.text()).isEqualTo("600"));
    }
}
