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

    @Test
    void theAuthorsIdsComeFirst() throws IOException {
        assertThat(read("ids-by-default").flow())
                .extracting(Step::id)
                .containsExactly("draft", "call-2", "call", "draft-2", "draft-3");
    }

    @Test
    void valuesAndTypesAreAsWritten() throws IOException {
        Workflow lists = read("names-after-map-are-lists");
        Step.Call last = (Step.Call) lists.flow().getLast();
        assertThat(last.in().values().iterator().next()).isInstanceOfSatisfying(Value.Items.class, all -> {
            assertThat(all.items().getFirst()).isInstanceOfSatisfying(Value.Computed.class, computed -> {
                assertThat(computed.expression().text()).isEqualTo("last");
                assertThat(computed.where()).isEqualTo(new Where("names-after-map-are-lists", 14, 38));
            });
            assertThat(all.items().getLast())
                    .isInstanceOfSatisfying(
                            Value.Fields.class,
                            fields -> assertThat(fields.fields().values())
                                    .extracting(value -> (Object) value.getClass())
                                    .containsExactly(Value.Computed.class, Value.Bool.class, Value.Nothing.class));
        });
        Workflow search = read("search-until-passed");
        Type pair = new Type.Fields(
                java.util.Map.of("in", new Type.ListOf(Type.ANY), "out", new Type.ListOf(Type.ANY)), false);
        assertThat(search.inputs().values())
                .extracting(Workflow.Input::type)
                .containsExactly(new Type.Fields(java.util.Map.of("examples", new Type.ListOf(pair)), false));
    }

    @Test
    void aCharacterOfTwoUnitsCanStandAnywhere() {
        String head = "hone: 1\nname: x\nflow: []\n";
        for (int before = 990; before < 1_040; before++) {
            String text = head + "# " + "x".repeat(before - head.length()) + "\uD83D\uDE00\n";
            assertThat(WorkflowReader.read("x", text)).isInstanceOf(Reading.Parsed.class);
        }
    }

    private static Workflow read(String name) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/valid/" + name + ".yaml"));
        return ((Reading.Parsed) WorkflowReader.read(name, text)).workflow();
    }
}
