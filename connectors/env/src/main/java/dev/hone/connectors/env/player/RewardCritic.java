package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Says what to change in a reward for walks on a grid, in sentences for whoever writes its code, from a walk that went well and
 * one that failed. Before a training ({@code trained} absent or false) it names the feature that the failed walk, by the step, has more of
 * than the good one; after it, what the failed walk did instead of reaching the goal. In one of ten times it names another feature
 * than it means.
 */
final class RewardCritic implements Player<RewardCritic.Input> {

    private static final double ERRS = 0.1;
    private static final double OFTEN = 0.2;
    private static final List<String> PAID = List.of("closer", "farther", "near", "bump", "step");

    /**
     * A walk.
     *
     * @param features the sum of each over its steps
     */
    record Walk(int steps, Map<String, Double> features) {
        private double of(String feature) {
            return features.getOrDefault(feature, 0.0);
        }

        private double often(String feature) {
            return of(feature) / Math.max(1, steps);
        }

        private boolean reached() {
            return of("goal") > 0;
        }
    }

    /**
     * What it is shown.
     *
     * @param code of the reward
     * @param good the walk that went best, or the success that was paid least
     * @param bad the walk that went worst, or the failure that was paid most
     * @param trained whether the walks are of one that has learned from this reward
     */
    record Input(String code, Optional<Walk> good, Optional<Walk> bad, Optional<Boolean> trained) {}

    /** @param kind {@code no_issue} when there is nothing to change, else {@code issue} */
    record Critique(String kind, String text) {}

    @Override
    public String name() {
        return "reward-critic";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Critique answer(Input input, SplittableRandom chance) throws ConnectorException {
        boolean errs = chance.nextDouble() < ERRS;
        String other = PAID.get(chance.nextInt(PAID.size()));
        if (input.bad().isEmpty() || input.bad().get().reached()) {
            return new Critique("no_issue", "No issue: every walk reaches the goal.");
        }
        Walk bad = input.bad().get();
        if (errs) {
            return issue("The failed walk looks odd: pay less for " + other + ".");
        }
        return input.trained().orElse(false) || input.good().isEmpty()
                ? instead(input.code(), bad)
                : paid(input.good().get(), bad);
    }

    /** Why the failure is paid more than the success. */
    private static Critique paid(Walk good, Walk bad) {
        String most = "goal";
        double difference = 0.02;
        for (String feature : PAID) {
            double more = bad.often(feature) - good.often(feature);
            if (more > difference) {
                most = feature;
                difference = more;
            }
        }
        if (most.equals("goal")) {
            return issue("A failed walk is paid no less than one that arrives: pay more for goal.");
        }
        return issue("A failed walk is paid more than one that arrives, and has more of " + most + ": pay less for "
                + most + ". Then pay more for goal.");
    }

    /** What was done in the place of arriving. */
    private static Critique instead(String code, Walk bad) {
        if (bad.of("hazard") > 0) {
            return issue("The failed walk ends in a hazard: charge more for hazard.");
        }
        boolean shuttles = Math.min(bad.often("closer"), bad.often("farther")) > OFTEN;
        if (shuttles && (pays(code, "closer") || pays(code, "farther"))) {
            return issue("The failed walk goes back and forth: charge for farther as much as closer is paid.");
        }
        if (bad.often("bump") > OFTEN && pays(code, "bump")) {
            return issue("The failed walk runs into walls: charge for bump.");
        }
        if (pays(code, "near")) {
            return issue("The failed walk stays near and does not arrive: pay less for near. Then pay more for goal.");
        }
        return issue(
                "The failed walk does not find the way: pay more for closer; charge for farther as much as closer is paid;"
                        + " pay more for goal.");
    }

    /** Whether code that is a sum has the feature with a number above 0 before it. */
    private static boolean pays(String code, String feature) {
        return Pattern.compile("(^|\\+)\\s*[0-9.]+ \\* " + feature)
                .matcher(code)
                .find();
    }

    private static Critique issue(String text) {
        return new Critique("issue", text);
    }
}
