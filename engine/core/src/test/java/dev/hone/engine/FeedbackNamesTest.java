package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.compile.Controls;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which names the shuffled-feedback control gives other runs' critiques. */
class FeedbackNamesTest {

    private static final String CRITICISE =
            "- call: {role: reader, prompt: \"{{ task }}\", in: {task: \"= task\"}, out: remark, as: critique}\n";

    @Test
    void aCritiqueHasOneAndSoDoesWhatIsMadeOfIt() {
        assertThat(names(CRITICISE + "- reduce: {from: \"= [remark]\", by: \"= item.rank\", top: 1, as: kept}\n"))
                .containsExactlyInAnyOrder("remark", "kept");
    }

    @Test
    void whatIsRecalledFromAMemoryOfCritiquesIsOneOfThem() {
        assertThat(names("""
                        - recall: {from: lessons, as: notes}
                        - recall: {from: facts, as: known}
                        - remember: {into: facts, item: "= task"}
                        """ + CRITICISE + """
                        - remember: {into: lessons, item: "= context put(remark, \\"about\\", task)"}
                        """)).containsExactlyInAnyOrder("remark", "notes");
    }

    private static Set<String> names(String steps) {
        String text = """
                hone: 1
                name: feedback
                input: {task: text}
                slots: {reader: {kind: model, init: openai/gpt-4.1-mini}}
                memory: {lessons: {}, facts: {}}
                budget: {calls: 9}
                flow:
                """ + steps.indent(2);
        return Controls.feedbackNames(
                Workshop.discovered().compile(new Source("feedback.yaml", text)).workflow());
    }
}
