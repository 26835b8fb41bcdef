package dev.hone.connectors.local.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Sampler.Sample;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final List<Observation> OBSERVATIONS = TaskSource.heldOut(1, 11).getFirst().examples().stream()
            .map(Observation::unseen)
            .toList();

    private final Reading reading = new Transformer(RandomWeights.of(1, false)).read(OBSERVATIONS, Optional.empty());

    @Test
    void temperature_zero_takes_the_likeliest_token_each_time() {
        Sample greedy = new Sampler(0, new SplittableRandom(1)).program(reading, List.of());
        Writing writing = reading.write(1);
        float[] logits = writing.append(Token.START);
        for (int i = 0; i < greedy.program().length(); i++) {
            int expected = likeliest(logits, i == 0 ? Token.END : Token.END + 1);
            assertThat(greedy.program().ops().get(i).ordinal()).isEqualTo(expected);
            logits = writing.append(expected);
        }
    }

    @Test
    void a_seed_gives_the_same_program_again_and_seeds_differ() {
        List<Program> once = LongStream.range(0, 30).mapToObj(this::program).toList();
        List<Program> again = LongStream.range(0, 30).mapToObj(this::program).toList();
        assertThat(again).isEqualTo(once);
        assertThat(once.stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void tokens_are_drawn_as_often_as_their_probability_says() {
        float[] logits = new float[Token.COUNT];
        logits[3] = (float) Math.log(30);
        Sampler sampler = new Sampler(1, new SplittableRandom(5));
        long threes = IntStream.range(0, 20_000)
                .filter(i -> sampler.next(logits.clone(), true) == 3)
                .count();
        assertThat(threes / 20_000.0).isBetween(30 / 49.0 - 0.015, 30 / 49.0 + 0.015);
    }

    @Test
    void the_end_is_never_the_first_token_and_marks_never_come() {
        float[] logits = new float[Token.COUNT];
        logits[Token.END] = 50;
        logits[Token.REWRITE] = 90;
        Sampler sampler = new Sampler(1, new SplittableRandom(5));
        assertThat(sampler.next(logits.clone(), true)).isLessThan(Token.END);
        assertThat(sampler.next(logits.clone(), false)).isEqualTo(Token.END);
    }

    @Test
    void the_fewest_tokens_allowed_still_give_a_program_that_says_it_is_cut_off() {
        Sample sample = new Sampler(0, 1, new SplittableRandom(1)).program(reading, List.of());
        assertThat(sample.program().length()).isEqualTo(1);
        assertThat(sample.finished()).isFalse();
        assertThat(sample.written()).isEqualTo(1);
    }

    @Test
    void a_program_continues_the_operations_it_is_given() {
        Program program = new Sampler(1, new SplittableRandom(1))
                .program(reading, List.of(Op.SQUARE, Op.UNIQUE))
                .program();
        assertThat(program.ops()).startsWith(Op.SQUARE, Op.UNIQUE);
    }

    @Test
    void a_critique_names_a_position_of_the_draft_or_rewrite_or_no_issue() {
        Program draft = Program.parse("reverse | double");
        Reading withDraft = new Transformer(RandomWeights.of(2, true)).read(OBSERVATIONS, Optional.of(draft));
        Sampler hot = new Sampler(100, new SplittableRandom(3));
        assertThat(IntStream.range(0, 200)
                        .map(i -> hot.critique(withDraft, draft.length()))
                        .distinct()
                        .sorted())
                .containsExactly(Token.FIRST_POSITION, Token.FIRST_POSITION + 1, Token.REWRITE, Token.NO_ISSUE);
    }

    private Program program(long seed) {
        return new Sampler(1, new SplittableRandom(seed))
                .program(reading, List.of())
                .program();
    }

    private static int likeliest(float[] logits, int allowed) {
        return IntStream.range(0, allowed)
                .reduce((best, token) -> logits[token] > logits[best] ? token : best)
                .orElseThrow();
    }
}
