package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.listprog.TaskSource.Split;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Token;
import dev.hone.connectors.local.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An endless, seeded stream of drafts to criticise and correct, of training programs only. Each task gives one failing
 * draft that is one operation away from the answer and one that the generator wrote at temperature 1, which now and then
 * passes. A few drafts come without their outputs, as when an editor is given no feedback.
 */
final class FeedbackExamples implements AutoCloseable {

    private static final double UNSEEN = 0.08;
    private static final double TOLD_THE_TRUTH = 0.65;
    private static final double TOLD_NOTHING = 0.25;

    private final TaskSource tasks;
    private final SplittableRandom random;
    private final DraftWriter generator;

    FeedbackExamples(Weights generator, long seed) {
        this.generator = new DraftWriter(generator);
        this.tasks = new TaskSource(seed, Split.TRAINING);
        this.random = new SplittableRandom(~seed);
    }

    /** @param count an even number */
    List<TrainingExample> next(int count) {
        List<Task> batch = Stream.generate(tasks::next).limit(count / 2).toList();
        List<Program> drafts = generator.drafts(batch, random);
        List<TrainingExample> examples = new ArrayList<>(count);
        for (int i = 0; i < batch.size(); i++) {
            examples.add(example(batch.get(i), drafts.get(i)));
            examples.add(example(batch.get(i), nearMiss(batch.get(i))));
        }
        return examples;
    }

    @Override
    public void close() {
        generator.close();
    }

    private Program nearMiss(Task task) {
        while (true) {
            Program draft = NearMisses.of(task.program(), random);
            if (!task.passesVisible(draft)) {
                return draft;
            }
        }
    }

    private TrainingExample example(Task task, Program draft) {
        boolean unseen = random.nextDouble() < UNSEEN;
        List<Observation> observations = task.examples().stream()
                .map(example ->
                        unseen ? Observation.unseen(example) : Observation.seen(example, draft.run(example.in())))
                .toList();
        int critique = CritiqueOracle.critique(draft, task.examples());
        int told = unseen ? Token.NOTHING : told(critique, draft);
        return new TrainingExample(observations, Optional.of(draft), critique, told, task.program());
    }

    /** What the editor hears: mostly the truth, sometimes nothing, at times anything, since critics err. */
    private int told(int critique, Program draft) {
        double lot = random.nextDouble();
        if (lot < TOLD_THE_TRUTH) {
            return critique;
        }
        if (lot < TOLD_THE_TRUTH + TOLD_NOTHING) {
            return Token.NOTHING;
        }
        int position = random.nextInt(draft.length() + 1);
        return position == draft.length() ? Token.REWRITE : Token.FIRST_POSITION + position;
    }
}
