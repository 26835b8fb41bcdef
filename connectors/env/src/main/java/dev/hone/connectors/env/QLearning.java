package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A trainer that learns to act in an environment by tabular Q-learning (Watkins 1989; Watkins and Dayan 1992):
 * {@code train: {trainer: q-learning, with: {env: {grid: {map: "S.G"}}}, into: agent}}. The new version of the slot is a
 * {@link Policy} that is a table, for {@code env-rollout} and for the next training to go on with.
 *
 * <p>An episode that the limit on its steps cuts is not an end to learn from: the value beyond it counts.
 */
public final class QLearning implements Connector<QLearning.Input, QLearning.Output> {

    private static final int MOST_EPISODES = 100_000;
    private static final int MOST_STATES = 20_000;
    private static final int POINTS = 50;

    /**
     * A number that changes evenly over the training.
     *
     * @param to at the end; the same as {@code from} when absent
     */
    public record Schedule(double from, Optional<Double> to) {
        private double at(double done) {
            return from + (to.orElse(from) - from) * done;
        }

        private Schedule checked(String name) throws ConnectorException {
            Check.number(name + ".from", Optional.of(from), from, 0, 1);
            Check.number(name + ".to", to, from, 0, 1);
            return this;
        }
    }

    /**
     * @param episodes to learn from, 500 when absent
     * @param alpha how far a value moves towards what was seen; 0.5 falling to 0.05 when absent
     * @param gamma how much less a reward is worth one step later; 0.99 when absent
     * @param epsilon how likely any action is tried; 1 falling to 0.05 when absent
     * @param reward the weight of each feature; the environment's own when absent
     * @param code what a step is worth, in the place of the weights: {@link RewardCode}
     * @param from the policy to go on with: a table, or {@code random} to begin anew, as when absent
     * @param evaluation episodes without exploration that measure what was learned; 20 when absent
     * @param seed that of the call when absent
     */
    public record Input(
            Spec env,
            Optional<Integer> episodes,
            Optional<Schedule> alpha,
            Optional<Double> gamma,
            Optional<Schedule> epsilon,
            Optional<Map<String, Double>> reward,
            Optional<String> code,
            Optional<Policy> from,
            Optional<Integer> evaluation,
            Optional<Long> seed) {}

    /** A policy, by the key of a state and by action. */
    public record Learned(Map<String, Map<String, Double>> table) {}

    /**
     * A point of the learning curve.
     *
     * @param episodes trained so far
     * @param mean the mean total of the episodes since the point before, exploration included
     */
    public record Point(int episodes, double mean) {}

    /**
     * @param value the policy
     * @param score the mean total of the evaluation
     * @param curve at most 50 points
     * @param states in the table
     * @param steps taken while learning
     */
    public record Output(Learned value, double score, List<Point> curve, int states, long steps) {}

    @Override
    public String name() {
        return "q-learning";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the input cannot be, CANCELLED or TIMEOUT between episodes */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env(), input.reward(), input.code());
        int episodes = Check.whole("episodes", input.episodes(), 500, 1, MOST_EPISODES);
        int evaluation = Check.whole("evaluation", input.evaluation(), 20, 1, 1_000);
        Schedule alpha =
                input.alpha().orElse(new Schedule(0.5, Optional.of(0.05))).checked("alpha");
        Schedule epsilon =
                input.epsilon().orElse(new Schedule(1, Optional.of(0.05))).checked("epsilon");
        double gamma = Check.number("gamma", input.gamma(), 0.99, 0, 1);
        SplittableRandom random = new SplittableRandom(input.seed().orElse(context.seed()));
        Check.Watch watch = new Check.Watch(context);

        Learner learner = new Learner(world, start(input.from()), gamma, random.split());
        List<Point> curve = new ArrayList<>();
        double sum = 0;
        int since = 0;
        for (int episode = 0; episode < episodes; episode++) {
            watch.look();
            double done = episode / (double) episodes;
            sum += learner.episode(random.nextLong(), alpha.at(done), epsilon.at(done));
            since++;
            if ((episode + 1L) * POINTS / episodes > (long) episode * POINTS / episodes) {
                curve.add(new Point(episode + 1, sum / since));
                sum = 0;
                since = 0;
            }
        }
        Learned learned = learner.learned();
        return new Output(
                learned,
                score(world, learned, random, evaluation, watch),
                List.copyOf(curve),
                learned.table().size(),
                learner.steps);
    }

    private static Map<String, Map<String, Double>> start(Optional<Policy> from) throws ConnectorException {
        if (from.isEmpty()) {
            return Map.of();
        }
        Policy policy = from.get().checked();
        if (policy.linear().isPresent() || policy.fixed().isPresent()) {
            throw Check.bad("'from' is a policy without a table", "give it a table, or random: true");
        }
        return policy.table().orElse(Map.of());
    }

    private static double score(
            World world, Learned learned, SplittableRandom random, int evaluation, Check.Watch watch)
            throws ConnectorException {
        Policy greedy = new Policy(
                Optional.of(learned.table()), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        double sum = 0;
        for (int i = 0; i < evaluation; i++) {
            watch.look();
            sum += Episode.play(world, greedy, random.nextLong(), false).total();
        }
        return sum / evaluation;
    }

    /** The table while it is learned. */
    private static final class Learner {

        /** What the actions of a state are worth, in their order. */
        private record Row(List<String> actions, double[] worth) {
            private int best() {
                int best = 0;
                for (int i = 1; i < worth.length; i++) {
                    best = worth[i] > worth[best] ? i : best;
                }
                return best;
            }
        }

        private final World world;
        private final Map<String, Map<String, Double>> start;
        private final double gamma;
        private final SplittableRandom random;
        private final Map<String, Row> rows = new HashMap<>();
        private long steps;

        Learner(World world, Map<String, Map<String, Double>> start, double gamma, SplittableRandom random) {
            this.world = world;
            this.start = start;
            this.gamma = gamma;
            this.random = random;
        }

        /** @return the sum of the rewards */
        double episode(long seed, double alpha, double epsilon) throws ConnectorException {
            State state = world.reset(seed);
            Row row = row(state);
            double total = 0;
            while (true) {
                int action = random.nextDouble() < epsilon
                        ? random.nextInt(row.actions().size())
                        : row.best();
                World.Step step = world.step(state, row.actions().get(action));
                steps++;
                total += step.reward();
                double target = step.reward();
                Row next = row;
                if (!step.ended()) {
                    next = row(step.state());
                    target += gamma * next.worth()[next.best()];
                }
                row.worth()[action] += alpha * (target - row.worth()[action]);
                if (step.state().done()) {
                    return total;
                }
                state = step.state();
                row = next;
            }
        }

        private Row row(State state) throws ConnectorException {
            String key = world.key(state);
            Row known = rows.get(key);
            if (known != null) {
                return known;
            }
            if (rows.size() == MOST_STATES) {
                throw Check.bad(
                        "the environment has more than " + MOST_STATES + " states to learn about",
                        "make it smaller: a table is no way to learn it");
            }
            List<String> actions = world.possible(state);
            Map<String, Double> before = start.getOrDefault(key, Map.of());
            Row row = new Row(
                    actions,
                    actions.stream()
                            .mapToDouble(action -> before.getOrDefault(action, 0.0))
                            .toArray());
            rows.put(key, row);
            return row;
        }

        /** Sorted by key, so that it is the same on every machine. */
        Learned learned() {
            Map<String, Map<String, Double>> table = new TreeMap<>(start);
            rows.forEach((key, row) -> {
                Map<String, Double> worth = new LinkedHashMap<>();
                for (int i = 0; i < row.worth().length; i++) {
                    worth.put(row.actions().get(i), row.worth()[i]);
                }
                table.put(key, worth);
            });
            return new Learned(table);
        }
    }
}
