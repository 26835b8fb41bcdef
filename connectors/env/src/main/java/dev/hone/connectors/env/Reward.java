package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step is worth, by what happened in it: a weighted sum of the features, or code over them. */
sealed interface Reward permits Reward.Weighted, RewardCode {

    /** The largest that a weight, and what code gives, may be, with either sign. */
    double LARGEST = 1e6;

    /**
     * @param features a number for each of the environment's names
     * @throws ConnectorException of kind BAD_INPUT when there is no number to be had
     */
    double of(double[] features) throws ConnectorException;

    /** @param weights one for each feature, in their order */
    record Weighted(double[] weights) implements Reward {
        @Override
        public double of(double[] features) {
            double reward = 0;
            for (int i = 0; i < weights.length; i++) {
                reward += weights[i] * features[i];
            }
            return reward;
        }
    }

    /**
     * @param weights of the features that count
     * @param code in their place
     * @throws ConnectorException of kind BAD_INPUT when both are given, or the one that is cannot be
     */
    static Reward of(Environment environment, Optional<Map<String, Double>> weights, Optional<String> code)
            throws ConnectorException {
        if (code.isEmpty()) {
            return weighted(environment.features(), weights.orElse(environment.reward()));
        }
        if (weights.isPresent()) {
            throw Check.bad("there are both a 'reward' and a 'code'", "give the one or the other");
        }
        try {
            return RewardCode.read(code.get(), environment.features());
        } catch (RewardCode.Unusable e) {
            throw Check.bad("the reward code cannot be used: " + e.placed(), "give code that reward-check passes");
        }
    }

    private static Reward weighted(List<String> features, Map<String, Double> weights) throws ConnectorException {
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            if (!features.contains(weight.getKey())) {
                throw Check.bad(
                        "the reward has a weight for '" + weight.getKey() + "'",
                        "use the features " + String.join(", ", features));
            }
            Check.number("reward." + weight.getKey(), Optional.ofNullable(weight.getValue()), 0, -LARGEST, LARGEST);
        }
        return new Weighted(features.stream()
                .mapToDouble(name -> Optional.ofNullable(weights.get(name)).orElse(0.0))
                .toArray());
    }
}
