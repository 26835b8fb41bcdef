package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.CanonicalForms;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Observation.Outcome;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackExamplesTest {

    private static final Weights GENERATOR = InitialWeights.random(GeneratorTraining.SHAPE, 1);

    @Test
    void drafts_are_about_training_programs_and_their_outputs_are_true() {
        for (TrainingExample example : drawn(7)) {
            assertThat(CanonicalForms.table().heldOut(example.program())).isFalse();
            Program draft = example.draft().orElseThrow();
            for (Observation seen : example.observations()) {
                if (seen.outcome() != Outcome.UNSEEN) {
                    assertThat(seen.got()).isEqualTo(draft.run(seen.in()));
                    assertThat(seen.outcome() == Outcome.RIGHT).isEqualTo(seen.got() == seen.want());
                }
            }
        }
    }

    @Test
    void every_second_draft_is_a_near_miss_that_fails() {
        List<TrainingExample> examples = drawn(8);
        for (int i = 1; i < examples.size(); i += 2) {
            TrainingExample miss = examples.get(i);
            assertThat(Math.abs(
                            miss.draft().orElseThrow().length() - miss.program().length()))
                    .isLessThanOrEqualTo(1);
            assertThat(miss.critique()).isNotEqualTo(Token.NO_ISSUE);
        }
    }

    @Test
    void the_editor_hears_the_truth_mostly_and_nothing_at_times() {
        List<TrainingExample> examples = drawn(9);
        assertThat(examples.stream().filter(e -> e.told() == e.critique()).count() / (double) examples.size())
                .isBetween(0.5, 0.8);
        assertThat(examples.stream().filter(e -> e.told() == Token.NOTHING).count() / (double) examples.size())
                .isBetween(0.2, 0.45);
    }

    @Test
    void a_seed_gives_the_same_examples_again() {
        assertThat(drawn(10)).isEqualTo(drawn(10));
    }

    private static List<TrainingExample> drawn(long seed) {
        try (FeedbackExamples examples = new FeedbackExamples(GENERATOR, seed)) {
            return examples.next(400);
        }
    }
}
