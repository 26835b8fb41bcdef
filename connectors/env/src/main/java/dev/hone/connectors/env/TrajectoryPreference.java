package dev.hone.connectors.env;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds reward code against recorded episodes without training with it, the trajectory preference evaluation of Sun et al.
 * (2024, CARD): the share of the successful episodes whose mean reward of a step is above that of the best paid failure.
 * {@code exec: {tool: trajectory-preference, in: {env: "= env", code: "= code", episodes: "= known", success: goal, vacuous: pass}}}.
 *
 * <p>Where all episodes succeeded or all failed, there is nothing to compare, and it is the workflow that says what then holds.
 */
public final class TrajectoryPreference implements Connector<TrajectoryPreference.Input, TrajectoryPreference.Output> {

    private static final int MOST_STEPS = 200_000;
    private static final double LEAST = 0.8;

    /**
     * @param code the reward: {@link RewardCode}
     * @param episodes as {@code env-rollout} gives them with {@code trace: true}
     * @param success the feature whose sum is above 0 in an episode that succeeded
     * @param vacuous {@code pass} or {@code fail}: what holds when there is nothing to compare
     * @param least the share from which on it passes; 0.8 when absent
     */
    public record Input(
            Spec env, String code, List<Episode> episodes, String success, String vacuous, Optional<Double> least) {}

    /**
     * What an episode is paid.
     *
     * @param mean reward of a step
     * @param steps how many
     * @param features the sum of each over the steps
     */
    public record Paid(double mean, int steps, Map<String, Double> features) {}

    /**
     * @param pass whether the share is large enough, or what was said for nothing to compare
     * @param share of the successes that are paid more than every failure; 0 when nothing is compared
     * @param total successes that were compared: none where one kind of episode is missing
     * @param successes among the episodes
     * @param failures among the episodes
     * @param worst the success that is paid least, when there is one
     * @param best the failure that is paid most, when there is one
     */
    public record Output(
            boolean pass,
            double share,
            int total,
            int successes,
            int failures,
            Optional<Paid> worst,
            Optional<Paid> best) {}

    @Override
    public String name() {
        return "trajectory-preference";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when the code cannot be used or the episodes are not traced ones of the env */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        World world = World.of(input.env(), Optional.empty(), Optional.of(Check.present("code", input.code())));
        double least = Check.number("least", input.least(), LEAST, 0, 1);
        boolean otherwise = otherwise(input.vacuous());
        if (!world.features().contains(Check.present("success", input.success()))) {
            throw Check.bad(
                    "'success' is '" + input.success() + "', which is no feature",
                    "use one of " + String.join(", ", world.features()));
        }
        Check.Watch watch = new Check.Watch(context);
        watch.look();
        List<Paid> successes = new ArrayList<>();
        List<Paid> failures = new ArrayList<>();
        int steps = 0;
        for (Episode episode : Check.present("episodes", input.episodes())) {
            watch.look();
            steps += Check.present(
                            "trace of an episode",
                            Check.present("episode", episode).trace())
                    .size();
            if (steps > MOST_STEPS) {
                throw Check.bad("the episodes have more than " + MOST_STEPS + " steps", "give fewer of them");
            }
            Paid paid = paid(world, episode);
            (paid.features().getOrDefault(input.success(), 0.0) > 0 ? successes : failures).add(paid);
        }
        Optional<Paid> worst = successes.stream().min((a, b) -> Double.compare(a.mean(), b.mean()));
        Optional<Paid> best = failures.stream().max((a, b) -> Double.compare(a.mean(), b.mean()));
        if (worst.isEmpty() || best.isEmpty()) {
            return new Output(otherwise, 0, 0, successes.size(), failures.size(), worst, best);
        }
        double bar = best.get().mean();
        double share = successes.stream().filter(paid -> paid.mean() > bar).count() / (double) successes.size();
        return new Output(share >= least, share, successes.size(), successes.size(), failures.size(), worst, best);
    }

    private static boolean otherwise(String vacuous) throws ConnectorException {
        return switch (Check.present("vacuous", vacuous)) {
            case "pass" -> true;
            case "fail" -> false;
            default -> throw Check.bad("'vacuous' is '" + vacuous + "'", "say pass or fail");
        };
    }

    private static Paid paid(World world, Episode episode) throws ConnectorException {
        if (episode.trace().isEmpty()) {
            throw Check.bad("an episode has no trace", "record it by env-rollout with trace: true");
        }
        double total = 0;
        double[] sums = world.nothing();
        for (Episode.Visit visit : episode.trace()) {
            double[] happened = happened(world, visit);
            total += world.reward().of(happened);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += happened[i];
            }
        }
        int steps = episode.trace().size();
        return new Paid(total / steps, steps, new LinkedHashMap<>(world.named(sums)));
    }

    private static double[] happened(World world, Episode.Visit visit) throws ConnectorException {
        Map<String, Double> given =
                Check.present("features of a step", Check.present("step", visit).features());
        double[] happened = world.nothing();
        for (int i = 0; i < happened.length; i++) {
            String name = world.features().get(i);
            happened[i] = Check.present("feature '" + name + "' of a step", given.get(name));
        }
        return happened;
    }
}
