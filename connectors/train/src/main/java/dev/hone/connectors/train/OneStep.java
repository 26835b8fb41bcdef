package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What critic and editor do with one failing draft of each task, against their controls. Values are by task, averaged over
 * the seeds; of the critic only over those drafts that a single substitution repairs, so a task may have none.
 */
final class OneStep {

    /** Where the failing drafts come from. */
    enum Drafts {
        GENERATOR,
        NEAR_MISS
    }

    /** One edit at temperature 1 and whether it passes visible and hidden examples, by task, 0 to 1. */
    record Edits(double[] told, double[] outputsOnly, double[] nothing, double[] shuffled) {}

    /**
     * Of the drafts that one substitution repairs: how often the place named is one where it does.
     *
     * @param drafts how many such drafts there were
     * @param agreement how often critic and oracle agree on rewrite or not, over all drafts
     */
    record Located(int drafts, Estimate critic, Estimate random, Estimate agreement) {}

    private static final int DRAWS = 50;

    private final List<Attempt> attempts;
    private final Transformer feedback;
    private final Arms arms;
    private final int seeds;

    OneStep(List<Attempt> attempts, Transformer feedback, Arms arms, int seeds) {
        this.attempts = attempts;
        this.feedback = feedback;
        this.arms = arms;
        this.seeds = seeds;
    }

    Edits edits(Drafts drafts) {
        int n = attempts.size();
        Edits edits = new Edits(new double[n], new double[n], new double[n], new double[n]);
        for (int seed = 0; seed < seeds; seed++) {
            for (Attempt attempt : attempts) {
                SplittableRandom random = random(attempt, seed);
                Program draft = draft(attempt, drafts, random);
                Feedback heard = Feedback.of(attempt.task(), draft, feedback);
                add(edits.told, attempt, draft, heard, random);
                add(edits.outputsOnly, attempt, draft, heard.withoutCritique(), random);
                add(edits.nothing, attempt, draft, Feedback.none(attempt.task()), random);
                add(edits.shuffled, attempt, draft, arms.placebo(attempt, draft, random), random);
            }
        }
        return edits;
    }

    private void add(double[] sums, Attempt attempt, Program draft, Feedback told, SplittableRandom random) {
        Program edited = told.edit(draft, feedback, new Sampler(1, random));
        Task task = attempt.task();
        if (task.passesVisible(edited) && task.passesHidden(edited)) {
            sums[attempt.number()] += 1.0 / seeds;
        }
    }

    /** How the critic did on one draft; the shares are of the right positions, 0 to 1. */
    private record Judged(boolean repairable, double critic, double random, double agrees) {}

    Located located(Drafts drafts) {
        List<List<Judged>> all = attempts.stream()
                .map(attempt -> IntStream.range(0, seeds)
                        .mapToObj(seed -> judged(attempt, drafts, random(attempt, seed)))
                        .toList())
                .toList();
        List<List<Judged>> repairable = all.stream()
                .map(task -> task.stream().filter(Judged::repairable).toList())
                .filter(task -> !task.isEmpty())
                .toList();
        return new Located(
                repairable.stream().mapToInt(List::size).sum(),
                mean(repairable, Judged::critic),
                mean(repairable, Judged::random),
                mean(all, Judged::agrees));
    }

    /** A critic that says rewrite of a repairable draft is wrong; the random location is any of the draft's. */
    private Judged judged(Attempt attempt, Drafts drafts, SplittableRandom random) {
        Task task = attempt.task();
        Program draft = draft(attempt, drafts, random);
        int critique = Feedback.of(task, draft, feedback).critique();
        int right = 0;
        boolean criticRight = false;
        for (int position = 0; position < draft.length(); position++) {
            if (CritiqueOracle.repairable(draft, position, task.examples())) {
                right++;
                criticRight |= critique == Token.FIRST_POSITION + position;
            }
        }
        boolean agrees = (critique == Token.REWRITE) == (right == 0);
        return new Judged(right > 0, criticRight ? 1 : 0, (double) right / draft.length(), agrees ? 1 : 0);
    }

    private static Estimate mean(List<List<Judged>> byTask, ToDoubleFunction<Judged> value) {
        return Estimate.of(byTask.stream()
                .mapToDouble(task -> task.stream().mapToDouble(value).average().orElseThrow())
                .toArray());
    }

    /** A program that fails the visible examples, unless the generator solves the task in every draw. */
    private static Program draft(Attempt attempt, Drafts drafts, SplittableRandom random) {
        Task task = attempt.task();
        Program draft = task.program();
        for (int draw = 0; draw < DRAWS && task.passesVisible(draft); draw++) {
            draft = switch (drafts) {
                case GENERATOR ->
                    new Sampler(1, random).program(attempt.reading(), List.of()).program();
                case NEAR_MISS -> NearMisses.of(task.program(), random);
            };
        }
        return draft;
    }

    private static SplittableRandom random(Attempt attempt, int seed) {
        return new SplittableRandom(1000L * attempt.number() + seed);
    }
}
