package dev.hone.connectors.train;

import dev.hone.connectors.local.Manifest.Accuracy;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The few numbers that the manifest keeps of a network, on tasks of held-out programs. */
final class Measures {

    private static final int TASKS = 400;
    private static final long TASK_SEED = 1_000_003;

    private Measures() {}

    static Accuracy of(Transformer network) {
        return accuracy(network.shape().feedback() ? feedback(network) : generator(network));
    }

    private static Accuracy accuracy(Map<String, Double> shares) {
        return new Accuracy(TASKS, TASK_SEED, shares);
    }

    private static Map<String, Double> generator(Transformer network) {
        return Map.of(
                Accuracy.GREEDY, share(task -> right(task, program(network, task, 0))),
                Accuracy.SAMPLED, share(task -> right(task, program(network, task, 1))));
    }

    private static Map<String, Double> feedback(Transformer network) {
        return Map.of(
                Accuracy.CRITIQUE,
                        share(task -> {
                            Program draft = nearMiss(task);
                            return Feedback.of(task, draft, network).critique()
                                    == CritiqueOracle.critique(draft, task.examples());
                        }),
                Accuracy.EDIT,
                        share(task -> {
                            Program draft = nearMiss(task);
                            Sampler greedy = new Sampler(0, new SplittableRandom(0));
                            return right(task, Feedback.of(task, draft, network).edit(draft, network, greedy));
                        }));
    }

    private static double share(Predicate<Task> right) {
        List<Task> tasks = TaskSource.heldOut(TASKS, TASK_SEED);
        return tasks.stream().filter(right).count() / (double) TASKS;
    }

    private static Program program(Transformer generator, Task task, double temperature) {
        Sampler sampler = new Sampler(temperature, random(task));
        return sampler.program(Attempt.of(0, task, generator).reading(), List.of())
                .program();
    }

    private static Program nearMiss(Task task) {
        SplittableRandom random = random(task);
        Program draft = task.program();
        while (task.passesVisible(draft)) {
            draft = NearMisses.of(task.program(), random);
        }
        return draft;
    }

    private static boolean right(Task task, Program program) {
        return task.passesVisible(program) && task.passesHidden(program);
    }

    private static SplittableRandom random(Task task) {
        return new SplittableRandom(task.program().number());
    }
}
