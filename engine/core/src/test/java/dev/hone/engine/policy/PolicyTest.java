package dev.hone.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each policy does what it is for, on problems whose answer is known, over several seeds. */
class PolicyTest {

    private static final int SEEDS = 10;

    private static Play<?> start(String kind, Map<String, Double> settings, String... arms) throws BadSetting {
        Policy<?> policy = Policies.find(kind).orElseThrow();
        return Play.start(policy, Settings.of(policy.settings(), settings), List.of(arms));
    }

    private static Situation arms(int n) {
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            options.add(new Option("arm-" + i, Optional.empty(), List.of(), List.of()));
        }
        return new Situation(options, Map.of());
    }

    /** How often each option was taken while its score is drawn with the given mean. */
    private static Map<String, Integer> play(String kind, Map<String, Double> settings, int trials, long seed)
            throws Exception {
        Random random = new Random(seed);
        Situation now = arms(5);
        Play<?> play = start(kind, settings);
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < trials; i++) {
            Asked<?> asked = play.ask(now, seed);
            String arm = asked.trial().choice().picks().getFirst();
            taken.merge(arm, 1, Integer::sum);
            double chance = 0.1 + 0.2 * Integer.parseInt(arm.substring(4));
            play = asked.after()
                    .tell(
                            asked.trial().number(),
                            new Outcome.Scored(random.nextDouble() < chance ? 1 : 0, Optional.empty()),
                            now);
        }
        taken.put("recommended " + play.recommended().orElse("none"), 1);
        return taken;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epsilon-greedy",
                "ucb1",
                "delayed-ucb",
                "discounted-ucb",
                "thompson-beta",
                "thompson-nig",
                "informed-thompson"
            })
    void aBanditTakesTheBestArmMoreOftenThanChanceWould(String kind) throws Exception {
        int best = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            best += play(kind, Map.of(), 400, seed).getOrDefault("arm-4", 0);
        }
        // By chance it would be a fifth.
        assertThat(best / (400.0 * SEEDS)).isGreaterThan(0.35);
    }

    @Test
    void bestOfNTriesAllEquallyOften() throws Exception {
        assertThat(play("best-of-n", Map.of(), 50, 1))
                .containsEntry("arm-0", 10)
                .containsEntry("arm-4", 10);
    }

    @Test
    void halvingSpendsMostOnTheBest() throws Exception {
        int right = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Map<String, Integer> taken = play("successive-halving", Map.of("budget", 300.0), 300, seed);
            assertThat(taken.getOrDefault("arm-0", 0)).isLessThan(taken.getOrDefault("arm-4", 0));
            right += taken.getOrDefault("recommended arm-4", 0);
        }
        assertThat(right).isGreaterThanOrEqualTo(7);
    }

    @Test
    void activeRankingTriesNeighboursThatAreHardToTellApart() throws Exception {
        Play<?> play = start("active-ranking", Map.of());
        Situation now = arms(4);
        double[] means = {0.9, 0.5, 0.48, 0.1};
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            Asked<?> asked = play.ask(now, 5);
            String arm = asked.trial().choice().picks().getFirst();
            taken.merge(arm, 1, Integer::sum);
            double score = means[Integer.parseInt(arm.substring(4))];
            play = asked.after().tell(asked.trial().number(), new Outcome.Scored(score, Optional.empty()), now);
        }
        assertThat(taken.getOrDefault("arm-1", 0) + taken.getOrDefault("arm-2", 0))
                .isGreaterThan(3 * (taken.getOrDefault("arm-0", 0) + taken.getOrDefault("arm-3", 0)));
    }

    private static Situation described(int n, int dimensions, long seed) {
        Random random = new Random(seed);
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            List<Double> features = new ArrayList<>();
            for (int d = 0; d < dimensions; d++) {
                features.add(random.nextGaussian());
            }
            options.add(new Option("prompt-" + i, Optional.empty(), features, List.of()));
        }
        return new Situation(options, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dueling-ucb", "colstim", "neural-dueling-ucb"})
    void aDuelingBanditRecommendsAmongTheBestOfAHiddenScore(String kind) throws Exception {
        double rank = 0;
        int seeds = 5;
        for (long seed = 1; seed <= seeds; seed++) {
            Situation now = described(20, 3, seed);
            ToDoubleFunction<Option> hidden =
                    option -> 2 * option.features().get(0) - option.features().get(1);
            Random person = new Random(seed);
            Play<?> play = start(kind, Map.of());
            for (int i = 0; i < 40; i++) {
                Asked<?> asked = play.ask(now, seed);
                List<Option> picked = asked.trial().choice().picks().stream()
                        .map(id -> now.options().stream()
                                .filter(option -> option.id().equals(id))
                                .findFirst()
                                .orElseThrow())
                        .toList();
                double difference = hidden.applyAsDouble(picked.get(0)) - hidden.applyAsDouble(picked.get(1));
                int winner = person.nextDouble() < Matrix.sigmoid(2 * difference) ? 0 : 1;
                play = asked.after().tell(asked.trial().number(), new Outcome.Preferred(winner), now);
            }
            String recommended = play.recommended().orElseThrow();
            double score = hidden.applyAsDouble(now.options().stream()
                    .filter(option -> option.id().equals(recommended))
                    .findFirst()
                    .orElseThrow());
            rank += now.options().stream()
                    .filter(option -> hidden.applyAsDouble(option) > score)
                    .count();
        }
        // By chance half of the twenty would be better.
        assertThat(rank / seeds).isLessThan(4);
    }

    @Test
    void winnerFeedbackFindsTheBest() throws Exception {
        Play<?> play = start("top-k", Map.of("k", 3.0));
        Situation now = arms(8);
        for (int i = 0; i < 200; i++) {
            Asked<?> asked = play.ask(now, 2);
            List<String> picks = asked.trial().choice().picks();
            String best = picks.stream().max(String::compareTo).orElseThrow();
            play = asked.after().tell(asked.trial().number(), new Outcome.Preferred(picks.indexOf(best)), now);
        }
        assertThat(play.recommended()).contains("arm-7");
    }

    @Test
    void aGaussianProcessFindsTheTopOfAHillWithinFewTrials() throws Exception {
        List<Option> options = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            options.add(new Option("x-" + i, Optional.empty(), List.of(i / 4.0), List.of()));
        }
        Situation now = new Situation(options, Map.of());
        Play<?> play = start("gp-ucb", Map.of());
        for (int i = 0; i < 12; i++) {
            Asked<?> asked = play.ask(now, 1);
            int x = Integer.parseInt(asked.trial().choice().picks().getFirst().substring(2));
            double score = 1 - Math.pow((x - 13) / 20.0, 2);
            play = asked.after().tell(asked.trial().number(), new Outcome.Scored(score, Optional.empty()), now);
        }
        int found = Integer.parseInt(play.recommended().orElseThrow().substring(2));
        assertThat(found).isBetween(11, 15);
    }

    @Test
    void pendingPointsKeepAGaussianProcessFromAskingTheSameAgain() throws Exception {
        Situation now = described(10, 2, 3);
        Play<?> play = start("gp-ucb", Map.of());
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Asked<?> next = play.ask(now, 1);
            asked.add(next.trial().choice().picks().getFirst());
            play = next.after();
        }
        assertThat(asked).doesNotHaveDuplicates();
    }

    /** A tree in which a child is a little better than its parent, and roots are bad. */
    private static Map<String, Option> grow(String kind, int trials, long seed) throws Exception {
        Map<String, Option> tree = new HashMap<>();
        Random random = new Random(seed);
        boolean narrow = kind.equals("uct") || kind.equals("swe-search");
        Play<?> play = start(kind, narrow ? Map.of("width", 2.0) : Map.of(), "fresh", "revise");
        for (int i = 1; i <= trials; i++) {
            Asked<?> asked = play.ask(new Situation(List.copyOf(tree.values()), Map.of()), seed);
            Optional<Option> parent =
                    asked.trial().choice().picks().stream().findFirst().map(tree::get);
            double score = Math.min(
                    1,
                    parent.map(node -> node.scores().getFirst() + 0.08).orElse(0.1) * (0.9 + random.nextDouble() / 5));
            tree.put("node-" + i, new Option("node-" + i, parent.map(Option::id), List.of(), List.of(score)));
            play = asked.after()
                    .tell(
                            asked.trial().number(),
                            new Outcome.Scored(score, Optional.of("node-" + i)),
                            new Situation(List.copyOf(tree.values()), Map.of()));
        }
        return tree;
    }

    private static int depth(Map<String, Option> tree, Option node) {
        return node.parent()
                .map(parent -> 1 + depth(tree, Objects.requireNonNull(tree.get(parent))))
                .orElse(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uct", "swe-search", "abmcts-a", "abmcts-m"})
    void aTreeSearchGoesDeepWhereGoingOnHelps(String kind) throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            Map<String, Option> tree = grow(kind, 80, seed);
            int deepest = tree.values().stream()
                    .mapToInt(node -> depth(tree, node))
                    .max()
                    .orElseThrow();
            assertThat(deepest).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void prunedBranchesAreNotChosen() throws Exception {
        Play<?> play = start("abmcts-a", Map.of(), "fresh");
        Option bad = new Option("bad", Optional.empty(), List.of(), List.of(0.9));
        Situation with = new Situation(List.of(bad), Map.of());
        Asked<?> first = play.ask(new Situation(List.of(), Map.of()), 1);
        play = first.after().tell(1, new Outcome.Scored(0.9, Optional.of("bad")), with);
        Situation without = new Situation(List.of(), Map.of());
        for (int i = 0; i < 20; i++) {
            Asked<?> next = play.ask(without, i);
            assertThat(next.trial().choice().picks()).isEmpty();
        }
    }

    @Test
    void evolutionPicksWhatIsNotDominatedMoreOften() throws Exception {
        List<Option> population = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            population.add(new Option("good-" + i, Optional.empty(), List.of(), List.of(i / 10.0, 1 - i / 10.0)));
            population.add(new Option("bad-" + i, Optional.empty(), List.of(), List.of(i / 20.0, 0.4 - i / 25.0)));
        }
        Situation now = new Situation(population, Map.of());
        Play<?> play = start("evolution", Map.of(), "mutate", "crossover");
        int good = 0;
        int all = 0;
        boolean crossed = false;
        for (int i = 0; i < 200; i++) {
            Choice choice = play.ask(now, i).trial().choice();
            crossed |= choice.arm().equals(Optional.of("crossover"))
                    && choice.picks().size() == 2;
            good += (int)
                    choice.picks().stream().filter(id -> id.startsWith("good")).count();
            all += choice.picks().size();
        }
        assertThat(crossed).isTrue();
        assertThat((double) good / all).isGreaterThan(0.65);
    }

    @Test
    void mapElitesTakesEveryElite() throws Exception {
        Situation now = arms(4);
        Play<?> play = start("map-elites", Map.of());
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            taken.merge(play.ask(now, i).trial().choice().picks().getFirst(), 1, Integer::sum);
        }
        assertThat(taken).hasSize(4);
    }

    @Test
    void aControllerLeadsToItsTarget() throws Exception {
        Play<?> play = start("pid", Map.of("target", 0.7, "kp", 0.4, "ki", 0.2));
        double measured = 0.1;
        for (int i = 1; i <= 40; i++) {
            Asked<?> asked = play.ask(arms(0), 1);
            measured = Math.max(
                    0,
                    Math.min(
                            1, measured * 0.5 + asked.trial().choice().numbers().getOrDefault("output", 0.0) * 0.5));
            play = asked.after().tell(i, new Outcome.Scored(measured, Optional.empty()), arms(0));
        }
        assertThat(measured).isBetween(0.65, 0.75);
    }

    @Test
    void aControllerLeavesItsLimitAtOnceUnlessItsSumGrewThere() throws Exception {
        assertThat(roundsAtTheLimit(1)).isLessThan(4);
        assertThat(roundsAtTheLimit(0)).isGreaterThan(10);
    }

    /** For how long the output stays at its limit after the target, which was out of reach for a while, is overshot. */
    private static int roundsAtTheLimit(double antiWindup) throws Exception {
        Play<?> play =
                start("pid", Map.of("target", 0.5, "kp", 0.0, "ki", 1.0, "limit", 1.0, "antiWindup", antiWindup));
        int rounds = 0;
        for (int i = 1; i <= 60; i++) {
            Asked<?> asked = play.ask(arms(0), 1);
            double output = asked.trial().choice().numbers().getOrDefault("output", 0.0);
            if (i > 20 && output >= 1) {
                rounds++;
            }
            play = asked.after().tell(i, new Outcome.Scored(i <= 20 ? 0 : 1, Optional.empty()), arms(0));
        }
        return rounds;
    }

    @Test
    void thePriceOfABudgetRisesWhileTooMuchIsSpentAndFallsAgain() throws Exception {
        Play<?> play = start("budget-pacing", Map.of("rate", 1.0));
        for (int i = 1; i <= 10; i++) {
            play = play.ask(arms(0), 1).after().tell(i, new Outcome.Scored(3, Optional.empty()), arms(0));
        }
        double high = play.ask(arms(0), 1).trial().choice().numbers().getOrDefault("price", 0.0);
        for (int i = 11; i <= 20; i++) {
            play = play.ask(arms(0), 1).after().tell(i, new Outcome.Scored(0, Optional.empty()), arms(0));
        }
        double low = play.ask(arms(0), 1).trial().choice().numbers().getOrDefault("price", 0.0);
        assertThat(high).isGreaterThan(1.5);
        assertThat(low).isLessThan(high);
    }

    @Test
    void replayPractisesWhatDoesBadly() throws Exception {
        Play<?> play = start("replay-schedule", Map.of());
        Situation now = arms(3);
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 1; i <= 600; i++) {
            Asked<?> asked = play.ask(now, 4);
            String task = asked.trial().choice().picks().getFirst();
            taken.merge(task, 1, Integer::sum);
            double score = task.equals("arm-1") ? 0.1 : 0.95;
            play = asked.after().tell(i, new Outcome.Scored(score, Optional.empty()), now);
        }
        assertThat(taken.getOrDefault("arm-1", 0)).isGreaterThan(2 * taken.getOrDefault("arm-0", 0));
        assertThat(taken.getOrDefault("arm-0", 0)).isPositive();
    }

    @Test
    void rolloutTriesAllSeveralTimesAndThenTheBest() throws Exception {
        Map<String, Integer> taken = play("rollout", Map.of("n", 5.0), 60, 1);
        assertThat(taken.getOrDefault("arm-0", 0)).isGreaterThanOrEqualTo(5);
        assertThat(taken).hasSizeGreaterThanOrEqualTo(5);
    }
}
