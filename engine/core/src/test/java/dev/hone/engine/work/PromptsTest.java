package dev.hone.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Where;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptsTest {

    @Test
    void theLinesOfAPromptStayLines() throws StepProblem {
        String prompt = "Here is a haiku:\n{{ poem }}\nMend it.\n";

        assertThat(Prompts.render(prompt, new Where("x.yaml", 1, 1), Map.of("poem", "Frost")))
                .isEqualTo("Here is a haiku:\nFrost\nMend it.\n");
    }
}
