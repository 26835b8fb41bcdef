package dev.hone.connectors.local.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerTest {

    private static final Task TASK = TaskSource.heldOut(1, 11).getFirst();
    private static final Program DRAFT = Program.parse("reverse | keep-even");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writing_with_a_cache_equals_the_whole_forward_pass(boolean feedback) {
        Weights weights = RandomWeights.of(1, feedback);
        Reading reading = read(new Transformer(weights), TASK, feedback);
        int[] tokens = {Token.START, 3, 7, 1};
        int position = feedback ? 0 : 1;
        Writing writing = reading.write(position);
        float[][] whole = new WholeForward(weights).logits(observations(TASK), draft(feedback), tokens, position);
        for (int i = 0; i < tokens.length; i++) {
            float[] cached = writing.append(tokens[i]);
            assertThat(cached).hasSize(Token.COUNT);
            assertThat(cached).containsExactly(whole[i], within(1e-4f));
        }
    }

    @Test
    void two_writings_of_one_reading_do_not_disturb_each_other() {
        Reading reading = read(new Transformer(RandomWeights.of(2, false)), TASK, false);
        Writing alone = reading.write(1);
        alone.append(Token.START);
        float[] expected = alone.append(4);
        Writing one = reading.write(1);
        Writing other = reading.write(1);
        one.append(Token.START);
        other.append(Token.START);
        other.append(9);
        assertThat(one.append(4)).containsExactly(expected);
    }

    @Test
    void the_order_of_the_examples_does_not_matter() {
        Transformer model = new Transformer(RandomWeights.of(3, false));
        List<Observation> turned = observations(TASK).reversed();
        float[] forwards =
                model.read(observations(TASK), Optional.empty()).write(1).append(Token.START);
        float[] backwards = model.read(turned, Optional.empty()).write(1).append(Token.START);
        assertThat(backwards).containsExactly(forwards, within(1e-4f));
    }

    @Test
    void a_draft_goes_to_a_model_with_feedback_and_to_no_other() {
        Transformer generator = new Transformer(RandomWeights.of(4, false));
        Transformer editor = new Transformer(RandomWeights.of(4, true));
        assertThatThrownBy(() -> generator.read(observations(TASK), Optional.of(DRAFT)))
                .hasMessage("this model reads no draft");
        assertThatThrownBy(() -> editor.read(observations(TASK), Optional.empty()))
                .hasMessage("this model needs a draft");
    }

    @Test
    void nothing_can_be_written_after_the_end() {
        Writing writing =
                read(new Transformer(RandomWeights.of(5, false)), TASK, false).write(1);
        for (int i = 1; i < TransformerShape.WRITTEN; i++) {
            writing.append(Token.START);
        }
        assertThatThrownBy(() -> writing.append(1)).isInstanceOf(IllegalStateException.class);
    }

    private static Reading read(Transformer model, Task task, boolean feedback) {
        return model.read(observations(task), draft(feedback));
    }

    private static Optional<Program> draft(boolean feedback) {
        return feedback ? Optional.of(DRAFT) : Optional.empty();
    }

    private static List<Observation> observations(Task task) {
        return new ArrayList<>(task.examples().stream()
                .map(example -> Observation.seen(example, DRAFT.run(example.in())))
                .toList());
    }
}
