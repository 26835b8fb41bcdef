package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Sampler.Sample;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The arms that are compared, each with its control. */
final class Arms {

    private final Transformer generator;
    private final Transformer feedback;
    private final List<Feedback> placebos;

    /** @param tasks whose failing drafts give the placebo feedback */
    Arms(Transformer generator, Transformer feedback, List<Task> tasks, long seed) {
        this.generator = generator;
        this.feedback = feedback;
        this.placebos = placebos(tasks, new SplittableRandom(seed));
    }

    /** An arm and what it must beat, by their names. */
    record Comparison(String arm, String control) {}

    List<Arm> all() {
        return List.of(
                iid(),
                cooler(),
                greedy(),
                editChain(),
                editChainShuffled(),
                editChainOnOutputs(),
                editChainToldNothing(),
                located(),
                locatedAnywhere());
    }

    List<Comparison> comparisons() {
        return List.of(
                new Comparison(editChain().name(), editChainShuffled().name()),
                new Comparison(editChain().name(), iid().name()),
                new Comparison(
                        editChainOnOutputs().name(), editChainToldNothing().name()),
                new Comparison(editChainOnOutputs().name(), iid().name()),
                new Comparison(located().name(), locatedAnywhere().name()),
                new Comparison(located().name(), iid().name()));
    }

    Arm iid() {
        return new Arm("i.i.d. T=1.0", 1, (attempt, previous, random) -> fresh(attempt, 1, random));
    }

    Arm cooler() {
        return new Arm("i.i.d. T=0.7", 1, (attempt, previous, random) -> fresh(attempt, 0.7, random));
    }

    /** More calls bring nothing: the program is always the same. */
    Arm greedy() {
        return new Arm("greedy", 1, (attempt, previous, random) -> fresh(attempt, 0, random));
    }

    Arm editChain() {
        return new Arm("edit chain, critic's feedback", 2, chain(this::heard));
    }

    Arm editChainOnOutputs() {
        return new Arm(
                "edit chain, outputs only",
                1,
                chain((attempt, draft, random) -> new Feedback(Feedback.trace(attempt.task(), draft), Token.NOTHING)));
    }

    Arm editChainToldNothing() {
        return new Arm(
                "edit chain, no feedback (control)",
                1,
                chain((attempt, draft, random) -> Feedback.none(attempt.task())));
    }

    Arm editChainShuffled() {
        return new Arm("edit chain, shuffled feedback (placebo)", 2, chain(this::placebo));
    }

    Arm located() {
        return new Arm("critic-located resample", 2, resample(this::criticised));
    }

    Arm locatedAnywhere() {
        return new Arm("random-location resample (placebo)", 2, resample(this::misled));
    }

    /** The feedback of another task's draft. */
    Feedback placebo(Attempt attempt, Program draft, SplittableRandom random) {
        int other = random.nextInt(placebos.size() - 1);
        return placebos.get(other < attempt.number() ? other : other + 1).movedTo(attempt.task());
    }

    private Feedback heard(Attempt attempt, Program draft, SplittableRandom random) {
        return Feedback.of(attempt.task(), draft, feedback);
    }

    private int criticised(Attempt attempt, Program draft, SplittableRandom random) {
        return heard(attempt, draft, random).critique();
    }

    /** Starts anew when the critic would, but takes any position when it names one. */
    private int misled(Attempt attempt, Program draft, SplittableRandom random) {
        int critique = criticised(attempt, draft, random);
        boolean position = critique < Token.FIRST_POSITION + Program.MAX_LENGTH;
        return position ? Token.FIRST_POSITION + random.nextInt(draft.length()) : critique;
    }

    private static Program fresh(Attempt attempt, double temperature, SplittableRandom random) {
        return new Sampler(temperature, random)
                .program(attempt.reading(), List.of())
                .program();
    }

    /** What is said of a draft. */
    @FunctionalInterface
    private interface Voice<T> {
        T of(Attempt attempt, Program draft, SplittableRandom random);
    }

    private Arm.Step chain(Voice<Feedback> voice) {
        return (attempt, previous, random) -> previous.map(
                        draft -> voice.of(attempt, draft, random).edit(draft, feedback, new Sampler(1, random)))
                .orElseGet(() -> fresh(attempt, 1, random));
    }

    /** Draws the operation at the position anew and keeps the others; without a position, draws a new program. */
    private static Arm.Step resample(Voice<Integer> voice) {
        return (attempt, previous, random) -> {
            if (previous.isEmpty()) {
                return fresh(attempt, 1, random);
            }
            Program draft = previous.get();
            int critique = voice.of(attempt, draft, random);
            if (critique == Token.REWRITE || critique == Token.NO_ISSUE) {
                return fresh(attempt, 1, random);
            }
            return substitute(attempt, draft, critique - Token.FIRST_POSITION, random);
        };
    }

    private static Program substitute(Attempt attempt, Program draft, int position, SplittableRandom random) {
        List<Op> start = draft.ops().subList(0, position);
        Sample sample = new Sampler(1, 1, random).program(attempt.reading(), start);
        List<Op> ops = new ArrayList<>(sample.program().ops());
        if (ops.size() > position) {
            ops.addAll(draft.ops().subList(position + 1, draft.length()));
        }
        return new Program(ops);
    }

    /** For each task, the feedback on a failing draft, or on any if the generator does not fail in a few draws. */
    private List<Feedback> placebos(List<Task> tasks, SplittableRandom random) {
        List<Feedback> feedbacks = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Attempt attempt = Attempt.of(i, tasks.get(i), generator);
            Program draft = fresh(attempt, 1, random);
            for (int draw = 1; draw < 20 && attempt.task().passesVisible(draft); draw++) {
                draft = fresh(attempt, 1, random);
            }
            feedbacks.add(Feedback.of(attempt.task(), draft, feedback));
        }
        return feedbacks;
    }
}
