package dev.hone.connectors.exec;

import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;

/**
 * What a regression is fitted to: the rows of features, each with a label and a weight.
 *
 * @param ridge how strongly weights are drawn to 0
 */
record Samples(List<RealVector> rows, double[] labels, double[] weights, double ridge) {

    private static final int MOST_FEATURES = 200;

    /** @param features of the same number in every example */
    record Example(List<Double> features, double label, double weight) {}

    /**
     * @param ridge 1 when absent
     * @param intercept whether the first feature is a constant 1; not when absent
     * @throws ConnectorException of kind BAD_INPUT without examples, or when they do not fit together
     */
    static Samples of(List<Example> examples, Optional<Double> ridge, Optional<Boolean> intercept)
            throws ConnectorException {
        if (examples.isEmpty()) {
            throw bad("there is no example to learn from", "train when the dataset has at least one");
        }
        if (!(ridge.orElse(1.0) > 0)) {
            throw bad("the ridge is " + ridge.get(), "give a number above 0, which keeps the weights finite");
        }
        int size = examples.getFirst().features().size();
        if (size < 1 || size > MOST_FEATURES) {
            throw bad("an example has " + size + " features", "give 1 to " + MOST_FEATURES + " numbers");
        }
        List<RealVector> rows = new ArrayList<>();
        for (Example example : examples) {
            if (example.features().size() != size) {
                throw bad(
                        "one example has " + size + " features, another "
                                + example.features().size(),
                        "give every example the same features");
            }
            if (!(example.weight() > 0)) {
                throw bad("a weight is " + example.weight(), "give a number above 0");
            }
            RealVector features = new ArrayRealVector(
                    example.features().stream().mapToDouble(x -> x).toArray());
            rows.add(intercept.orElse(false) ? new ArrayRealVector(new double[] {1}).append(features) : features);
        }
        return new Samples(
                List.copyOf(rows),
                examples.stream().mapToDouble(Example::label).toArray(),
                examples.stream().mapToDouble(Example::weight).toArray(),
                ridge.orElse(1.0));
    }

    int size() {
        return rows.size();
    }

    /** How many weights are to be found. */
    int width() {
        return rows.getFirst().getDimension();
    }

    static ConnectorException bad(String what, String fix) {
        return new ConnectorException(ConnectorException.Kind.BAD_INPUT, what, fix);
    }
}
