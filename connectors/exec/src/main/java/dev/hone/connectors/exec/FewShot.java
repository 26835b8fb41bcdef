package dev.hone.connectors.exec;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer for models whose weights are out of reach: it picks the examples that a prompt shows. The new version of the slot
 * is a list, the most valuable example last, where a model minds it most: {@code train: {trainer: few-shot}}.
 */
public final class FewShot implements Connector<FewShot.Input, FewShot.Output> {

    private static final int MOST = 4;

    /**
     * @param weight how valuable the example is; what has none above 0 is not shown
     * @param from where it came from
     */
    public record Example(Object example, double weight, String from) {}

    /** @param most how many examples at most, {@value #MOST} when absent */
    public record Input(List<Example> data, Optional<Integer> most) {}

    /**
     * @param value the examples, each once
     * @param score their mean weight
     * @param seen how many there were to pick from
     */
    public record Output(List<Object> value, double score, int seen) {}

    @Override
    public String name() {
        return "few-shot";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
    }

    /** @throws ConnectorException of kind BAD_INPUT when it is to pick fewer than one example */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        int most = input.most().orElse(MOST);
        if (most < 1) {
            throw new ConnectorException(
                    ConnectorException.Kind.BAD_INPUT, "'most' is " + most, "let it pick at least one example");
        }
        Map<Object, Double> weights = new LinkedHashMap<>();
        for (Example example : input.data()) {
            if (example.weight() > 0) {
                weights.merge(example.example(), example.weight(), Math::max);
            }
        }
        // Of equally valuable ones the earlier stays; the sort is stable.
        List<Map.Entry<Object, Double>> best = weights.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .toList();
        List<Object> value = new ArrayList<>();
        best.forEach(entry -> value.addFirst(entry.getKey()));
        return new Output(
                List.copyOf(value),
                best.stream().mapToDouble(Map.Entry::getValue).average().orElse(0),
                input.data().size());
    }
}
