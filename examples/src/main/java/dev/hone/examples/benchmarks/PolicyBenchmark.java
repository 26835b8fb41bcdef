package dev.hone.examples.benchmarks;

import dev.hone.engine.policy.Asked;
import dev.hone.engine.policy.Option;
import dev.hone.engine.policy.Outcome;
import dev.hone.engine.policy.Play;
import dev.hone.engine.policy.Policies;
import dev.hone.engine.policy.Policy;
import dev.hone.engine.policy.Settings;
import dev.hone.engine.policy.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What a tree search costs to ask, by the size of its tree: adaptive branching, asked and told from an empty tree on. */
public final class PolicyBenchmark {

    private static final int[] SIZES = {100, 1_000, 10_000};
    private static final int ASKS = 500;

    private PolicyBenchmark() {}

    public static void main(String[] args) throws Exception {
        System.out.printf(
                "JDK %s, %d processors%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.println("| policy | nodes | deepest | us an ask | us a node on the way | times the smallest |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (String kind : List.of("abmcts-a", "abmcts-m")) {
            measure(kind, 300); // warm
            double smallest = 0;
            for (int size : SIZES) {
                double micros = measure(kind, size);
                smallest = smallest == 0 ? micros : smallest;
                System.out.printf("%.1f |%n", micros / smallest);
            }
        }
    }

    private static double measure(String kind, int size) throws Exception {
        Policy<?> policy = Policies.find(kind).orElseThrow();
        Play<?> play = Play.start(policy, Settings.of(policy.settings(), Map.of()), List.of("fresh", "revise"));
        Random random = new Random(1);
        List<Option> options = new ArrayList<>();
        Map<String, Double> scores = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        int deepest = 0;
        Situation now = new Situation(options, Map.of());
        for (int i = 1; i <= size; i++) {
            Asked<?> asked = play.ask(now, i);
            Optional<String> parent = asked.trial().choice().picks().stream().findFirst();
            double from = parent.map(id -> scores.getOrDefault(id, 0.0)).orElse(0.2);
            double score = Math.max(0, Math.min(1, from + random.nextGaussian() / 10));
            String id = "node-" + i;
            scores.put(id, score);
            depths.put(id, parent.map(known -> depths.getOrDefault(known, 0)).orElse(0) + 1);
            deepest = Math.max(deepest, depths.getOrDefault(id, 0));
            options.add(new Option(id, parent, List.of(), List.of(score)));
            // A situation copies its options: while the tree grows, it is made anew now and then.
            if (i % 100 == 0 || i == size || i < 100) {
                now = new Situation(options, Map.of());
            }
            play = asked.after().tell(i, new Outcome.Scored(score, Optional.of(id)), EMPTY);
        }
        now.has("warm");
        long start = System.nanoTime();
        long nodes = 0;
        for (int i = 0; i < ASKS; i++) {
            Optional<String> at = play.ask(now, 1_000_000 + i).trial().choice().picks().stream()
                    .findFirst();
            nodes += 1 + at.map(id -> depths.getOrDefault(id, 0)).orElse(0);
        }
        double micros = (System.nanoTime() - start) / 1e3 / ASKS;
        if (size != 300) {
            System.out.printf("| %s | %d | %d | %.1f | %.1f | ", kind, size, deepest, micros, micros * ASKS / nodes);
        }
        return micros;
    }

    private static final Situation EMPTY = new Situation(List.of(), Map.of());
}
