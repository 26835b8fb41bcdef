package dev.hone.connectors.env;

import dev.hone.connectors.api.ConnectorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to act, as data: exactly one of the first four.
 *
 * @param table by the key of a state, how much each action is worth; the best is taken, of equal ones the first, and any
 *     action where the table says nothing
 * @param linear by action, the weights of the observation's numbers and of {@code bias}, which is 1; the action with the
 *     highest sum is taken
 * @param fixed the actions one after the other, and again from the first
 * @param random any action
 * @param epsilon how likely any action is taken instead; 0 when absent
 */
public record Policy(
        Optional<Map<String, Map<String, Double>>> table,
        Optional<Map<String, Map<String, Double>>> linear,
        Optional<List<String>> fixed,
        Optional<Boolean> random,
        Optional<Double> epsilon) {

    private static final int LARGEST = 100_000;

    /** @throws ConnectorException of kind BAD_INPUT when it is not one policy */
    Policy checked() throws ConnectorException {
        long given = Stream.of(table, linear, fixed, random.filter(yes -> yes))
                .filter(Optional::isPresent)
                .count();
        if (given != 1) {
            throw Check.bad(
                    "the policy names " + given + " ways to act",
                    "give it exactly one of table, linear, fixed, random");
        }
        int size = table.or(() -> linear)
                .map(Map::size)
                .or(() -> fixed.map(List::size))
                .orElse(1);
        if (size < (table.isPresent() ? 0 : 1) || size > LARGEST) {
            throw Check.bad("the policy has " + size + " entries", "give it 1 to " + LARGEST);
        }
        for (Map<String, Double> row : table.or(() -> linear).orElse(Map.of()).values()) {
            Check.present("row in the policy", row);
            for (Map.Entry<String, Double> number : row.entrySet()) {
                Check.present("number for '" + number.getKey() + "' in the policy", number.getValue());
            }
        }
        Check.number("policy.epsilon", epsilon, 0, 0, 1);
        return this;
    }

    /**
     * @param random of this step
     * @throws ConnectorException of kind BAD_INPUT when a fixed action cannot be done
     */
    String choose(World world, State state, SplittableRandom random) throws ConnectorException {
        List<String> actions = world.actions(state);
        boolean explore = random.nextDouble() < epsilon.orElse(0.0);
        String any = actions.get(random.nextInt(actions.size()));
        if (explore) {
            return any;
        }
        if (fixed.isPresent()) {
            String action = fixed.get().get(state.steps() % fixed.get().size());
            if (!actions.contains(action)) {
                throw Check.bad("the policy does '" + action + "' in step " + (state.steps() + 1), doable(actions));
            }
            return action;
        }
        if (table.isPresent()) {
            Map<String, Double> row = table.get().getOrDefault(world.key(state), Map.of());
            return Optional.ofNullable(best(actions, row)).orElse(any);
        }
        return linear.isPresent() ? heaviest(linear.get(), world.observation(state), actions) : any;
    }

    /** What to do instead of something that cannot be done. */
    static String doable(List<String> actions) {
        int shown = Math.min(20, actions.size());
        return "use one of " + String.join(", ", actions.subList(0, shown))
                + (shown < actions.size() ? " and " + (actions.size() - shown) + " more" : "");
    }

    private static @Nullable String best(List<String> actions, Map<String, Double> worth) {
        String best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (String action : actions) {
            Double own = worth.get(action);
            if (own != null && own > most) {
                best = action;
                most = own;
            }
        }
        return best;
    }

    private static String heaviest(
            Map<String, Map<String, Double>> linear, Map<String, Object> seen, List<String> actions)
            throws ConnectorException {
        Map<String, Double> sums = new HashMap<>();
        for (String action : actions) {
            Map<String, Double> weights = linear.get(action);
            if (weights != null) {
                sums.put(action, sum(weights, seen));
            }
        }
        String best = best(actions, sums);
        if (best == null) {
            throw Check.bad("the policy has weights for " + linear.keySet() + " alone", doable(actions));
        }
        return best;
    }

    private static double sum(Map<String, Double> weights, Map<String, Object> seen) throws ConnectorException {
        double sum = 0;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            Object value = weight.getKey().equals("bias") ? Double.valueOf(1) : seen.get(weight.getKey());
            if (!(value instanceof Double number)) {
                throw Check.bad(
                        "the policy weighs '" + weight.getKey() + "', which is no number of the observation",
                        "use bias and the numbers among " + seen.keySet());
            }
            sum += weight.getValue() * number;
        }
        return sum;
    }
}
