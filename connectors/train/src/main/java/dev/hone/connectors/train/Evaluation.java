package dev.hone.connectors.train;

import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.listprog.TaskSource.Split;
import dev.hone.connectors.local.transformer.Sampler;
import dev.hone.connectors.local.transformer.Transformer;
import dev.hone.connectors.train.OneStep.Drafts;
import dev.hone.connectors.train.OneStep.Edits;
import dev.hone.connectors.train.OneStep.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the models do on tasks of held-out programs, as Markdown: arms against their controls, single edits and critiques,
 * the gap to programs that were trained on, and enumeration.
 */
final class Evaluation {

    private static final int[] CALLS = {1, 2, 4, 8, 16, 32};
    private static final int MOST_CALLS = 32;
    private static final long TASK_SEED = 1_000_003;

    private final Transformer generator;
    private final Transformer feedback;
    private final List<Attempt> attempts;
    private final Arms arms;
    private final int seeds;

    /** @param seeds repetitions of every arm on every task */
    Evaluation(Transformer generator, Transformer feedback, int tasks, int seeds) {
        List<Task> heldOut = tasks(tasks, Split.HELD_OUT);
        this.generator = generator;
        this.feedback = feedback;
        this.attempts = attempts(heldOut);
        this.arms = new Arms(generator, feedback, heldOut, TASK_SEED);
        this.seeds = seeds;
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("%d tasks of held-out programs (seed %d), %d repetitions each. Means with 95 %% intervals over tasks."
                .formatted(attempts.size(), TASK_SEED, seeds));
        Map<Arm, double[][]> solved = solvedByArm();
        section(lines, "Share of tasks solved, by model calls", armTable(solved));
        section(lines, "Gain over the control", gains(solved));
        section(lines, "One edit of one failing draft", singleEdits());
        section(lines, "Does the critic name a place whose substitution repairs the draft?", critiques());
        section(lines, "Held-out programs and trained ones", gap());
        section(lines, "Without a model", List.of(enumeration()));
        return String.join("\n", lines) + "\n";
    }

    private static void section(List<String> lines, String title, List<String> text) {
        lines.addAll(List.of("", "### " + title, ""));
        lines.addAll(text);
    }

    private static List<Task> tasks(int count, Split split) {
        TaskSource source = new TaskSource(TASK_SEED, split);
        return Stream.generate(source::next).limit(count).toList();
    }

    private List<Attempt> attempts(List<Task> tasks) {
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> Attempt.of(i, tasks.get(i), generator))
                .toList();
    }

    private Map<Arm, double[][]> solvedByArm() {
        Map<Arm, double[][]> solved = new LinkedHashMap<>();
        for (Arm arm : arms.all()) {
            solved.put(arm, solved(arm, attempts));
        }
        return solved;
    }

    /** An answer is chosen by the visible examples and right when it passes the hidden ones too. */
    private static List<String> armTable(Map<Arm, double[][]> solved) {
        List<String> lines = new ArrayList<>();
        lines.add("| arm \\ calls | 1 | 2 | 4 | 8 | 16 | 32 |");
        lines.add("|---|---|---|---|---|---|---|");
        solved.forEach((arm, byCalls) -> {
            StringBuilder line = new StringBuilder("| ").append(arm.name());
            for (double[] byTask : byCalls) {
                line.append(" | ").append(Estimate.of(byTask).text());
            }
            lines.add(line.append(" |").toString());
        });
        return lines;
    }

    /** Task by task, so that the difficulty of the tasks does not widen the interval. */
    private List<String> gains(Map<Arm, double[][]> solved) {
        List<String> lines = new ArrayList<>();
        lines.add("| arm | control | 8 calls | 32 calls | beats it at 32? |");
        lines.add("|---|---|---|---|---|");
        for (Arms.Comparison pair : arms.comparisons()) {
            double[][] arm = byName(solved, pair.arm());
            double[][] control = byName(solved, pair.control());
            Estimate last = Estimate.ofDifference(arm[5], control[5]);
            lines.add("| %s | %s | %s | %s | %s |"
                    .formatted(
                            pair.arm(),
                            pair.control(),
                            Estimate.ofDifference(arm[3], control[3]).interval(),
                            last.interval(),
                            last.positive() ? "yes" : "**no**"));
        }
        return lines;
    }

    private static double[][] byName(Map<Arm, double[][]> solved, String name) {
        return solved.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private List<String> singleEdits() {
        List<String> lines = new ArrayList<>();
        lines.add("| failing draft from | told all | outputs only | told nothing | shuffled (placebo)"
                + " | told all - shuffled, 95 % | told all - outputs only, 95 % |");
        lines.add("|---|---|---|---|---|---|---|");
        OneStep oneStep = new OneStep(attempts, feedback, arms, seeds);
        for (Drafts drafts : Drafts.values()) {
            Edits edits = oneStep.edits(drafts);
            lines.add("| %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            label(drafts),
                            Estimate.of(edits.told()).text(),
                            Estimate.of(edits.outputsOnly()).text(),
                            Estimate.of(edits.nothing()).text(),
                            Estimate.of(edits.shuffled()).text(),
                            Estimate.ofDifference(edits.told(), edits.shuffled())
                                    .interval(),
                            Estimate.ofDifference(edits.told(), edits.outputsOnly())
                                    .interval()));
        }
        return lines;
    }

    private List<String> critiques() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| failing draft from | repairable drafts | critic names a right place | random place | agrees on rewrite |");
        lines.add("|---|---|---|---|---|");
        OneStep oneStep = new OneStep(attempts, feedback, arms, seeds);
        for (Drafts drafts : Drafts.values()) {
            Located located = oneStep.located(drafts);
            lines.add("| %s | %d | %s | %s | %s |"
                    .formatted(
                            label(drafts),
                            located.drafts(),
                            located.critic().text(),
                            located.random().text(),
                            located.agreement().text()));
        }
        return lines;
    }

    private List<String> gap() {
        List<String> lines = new ArrayList<>();
        lines.add("| programs | one sample | greedy | solved in 32 samples | a right one among 32 samples (pass@32) |");
        lines.add("|---|---|---|---|---|");
        lines.add(gapRow("held out", attempts));
        lines.add(gapRow("trained", attempts(tasks(attempts.size(), Split.TRAINING))));
        return lines;
    }

    private String gapRow(String label, List<Attempt> set) {
        double[][] sampled = solved(arms.iid(), set);
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        label,
                        Estimate.of(sampled[0]).text(),
                        Estimate.of(solved(arms.greedy(), set)[0]).text(),
                        Estimate.of(sampled[CALLS.length - 1]).text(),
                        Estimate.of(set.stream()
                                        .mapToDouble(attempt -> IntStream.range(0, seeds)
                                                .mapToDouble(seed -> oneIsRight(attempt, seed))
                                                .average()
                                                .orElseThrow())
                                        .toArray())
                                .text());
    }

    private static double oneIsRight(Attempt attempt, int seed) {
        Sampler sampler = new Sampler(1, random(attempt, seed));
        for (int sample = 0; sample < MOST_CALLS; sample++) {
            Program program = sampler.program(attempt.reading(), List.of()).program();
            if (attempt.task().passesVisible(program) && attempt.task().passesHidden(program)) {
                return 1;
            }
        }
        return 0;
    }

    private String enumeration() {
        attempts.stream().limit(20).forEach(attempt -> Enumeration.firstPassing(attempt.task()));
        long start = System.nanoTime();
        double[] right = attempts.stream()
                .mapToDouble(attempt -> Enumeration.firstPassing(attempt.task())
                                .filter(attempt.task()::passesHidden)
                                .isPresent()
                        ? 1
                        : 0)
                .toArray();
        double millis = (System.nanoTime() - start) / 1e6 / attempts.size();
        return String.format(
                Locale.ROOT,
                "Trying all %,d programs, shortest first, solves %s of the tasks in %.1f ms each: LISTPROG measures what a "
                        + "model call is worth, not difficulty.",
                Program.count(),
                Estimate.of(right).text(),
                millis);
    }

    private static String label(Drafts drafts) {
        return drafts.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** [CALLS, tasks]: the share of seeds that solved the task by so many calls. */
    private double[][] solved(Arm arm, List<Attempt> set) {
        double[][] solved = new double[CALLS.length][set.size()];
        for (int seed = 0; seed < seeds; seed++) {
            for (Attempt attempt : set) {
                Optional<Integer> at = arm.solvedAt(attempt, MOST_CALLS, random(attempt, seed));
                for (int i = 0; i < CALLS.length; i++) {
                    int calls = CALLS[i];
                    if (at.filter(call -> call <= calls).isPresent()) {
                        solved[i][attempt.number()] += 1.0 / seeds;
                    }
                }
            }
        }
        return solved;
    }

    private static SplittableRandom random(Attempt attempt, int seed) {
        return new SplittableRandom(1000L * attempt.number() + seed);
    }
}
