package dev.hone.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Reading;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final String POEM = """
            hone: 1
            name: poem
            params: {rounds: 4}
            slots:
              writer: {kind: model, init: openai/gpt-x, temperature: 0.7}
            pools: {drafts: {}}
            budget: {calls: 10}
            flow:
              - call: {role: writer, out: text, into: drafts}
              - loop: {max: "= rounds"}
                id: polish
                do:
                  - call: {role: writer, in: {text: "= text"}, out: better}
            """;

    @Test
    void theSameSaidInAnotherWayIsNoChange() {
        assertThat(between(POEM, "# a poem\n" + POEM.replace("{rounds: 4}", "\n  rounds: 4")))
                .isEmpty();
    }

    @Test
    void aNumberThatIsAnotherIsSaidWithWhatItWas() {
        assertThat(between(POEM, POEM.replace("rounds: 4", "rounds: 6")))
                .containsExactly("the param 'rounds': its value is 6, was 4.");
    }

    @Test
    void aFieldOfASlotIsNamed() {
        assertThat(between(POEM, POEM.replace("openai/gpt-x", "ollama/llama")))
                .containsExactly("the slot 'writer': init is ollama/llama, was openai/gpt-x.");
        assertThat(between(POEM, POEM.replace(", temperature: 0.7", "")))
                .containsExactly("the slot 'writer': temperature is gone; it was 0.7.");
    }

    @Test
    void stepsThatComeAndGoAreSaid() {
        String more = POEM + "  - call: {role: writer, out: best}\n";

        assertThat(between(POEM, more))
                .containsExactlyInAnyOrder(
                        "the order of the flow: it is text, polish, best, was text, polish.",
                        "the step 'best' is new.");
        assertThat(between(more, POEM)).contains("the step 'best' is gone.");
    }

    @Test
    void aStepThatMovesIsSaidWithWhereItIs() {
        String out =
                POEM.replace("    do:\n      - call", "    do:\n      - call: {role: writer, out: other}\n  - call");

        assertThat(between(POEM, out)).contains("the step 'better': its place is in the flow, was in 'polish'.");
    }

    @Test
    void ofLongTextsADifferenceBehindTheBeginningIsSeenToo() {
        String prompt = "x".repeat(200);
        String one = POEM.replace("out: text,", "out: text, prompt: \"" + prompt + "a\",");
        String other = POEM.replace("out: text,", "out: text, prompt: \"" + prompt + "b\",");

        assertThat(between(one, other)).singleElement().asString().startsWith("the step 'text': prompt");
    }

    private static List<String> between(String before, String after) {
        return Changes.between(read(before), read(after));
    }

    private static Workflow read(String text) {
        return switch (WorkflowReader.read("poem.yaml", text)) {
            case Reading.Parsed(Workflow workflow) -> workflow;
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
