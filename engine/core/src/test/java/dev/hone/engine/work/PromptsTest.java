package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptsTest {

    @Test
    void theLinesOfAPromptStayLines() throws StepProblem {
        String prompt = "Here is a haiku:\n{{ poem }}\nMend it.\n";

        assertThat(Prompts.render(prompt, new Where("x.yaml", 1, 1), Map.of("poem", "Frost")))
                .isEqualTo("Here is a haiku:\nFrost\nMend it.\n");
    }

    @Test
    void aPromptThatIsNoTemplateIsAProblemOfItsLineBeforeARun() {
        Source source = new Source("open.yaml", """
                hone: 1
                name: open
                input: {task: text}
                slots: {a: {kind: model, init: guess/draw}}
                flow:
                  - call: {role: a, in: {task: "= task"}, prompt: "{% if task %}Do {{ task }}", out: text}
                """);

        assertThat(Workshop.discovered().check(source)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.PROMPT_FAILED);
            assertThat(problem.where().orElseThrow().line()).isEqualTo(6);
        });
    }
}
