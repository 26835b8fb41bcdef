package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.EngineException;
import dev.hone.engine.eval.Bootstrap;
import dev.hone.engine.eval.EProcess;
import dev.hone.engine.eval.Estimate;
import dev.hone.engine.eval.Interval;
import dev.hone.engine.eval.Observed;
import dev.hone.engine.eval.PerTask;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How much better one arm is than another, by the tests that allow for repeated looks.
 *
 * @param metric the sealed name that they are compared on
 * @param difference the candidate less the baseline, over tasks; positive for a gain, also where less is better
 * @param eValue against the candidate being no better
 * @param needed from which e-value on the gain counts as shown
 * @param missing about how many more tasks like these would show it; empty when none would
 */
public record Gain(String metric, Estimate difference, double eValue, double needed, OptionalInt missing) {

    private static final Interval DIFFERENCE = new Interval(-1, 1);
    private static final long SEED = 1;
    /** What no database and no JSON has trouble with. */
    private static final double MOST = 1e300;

    /**
     * @param candidate its rows, on the same tasks and seeds as the baseline's
     * @param lower whether less of the metric is better
     * @param arms how many arms were tried: with the best of several, the needed e-value is as many times higher, so that the
     *     chance to promote any one that is no gain stays at {@code alpha}
     * @throws EngineException when the metric is not from 0 to 1 throughout
     */
    public static Gain of(
            String metric, List<Row> candidate, List<Row> baseline, boolean lower, int arms, double alpha) {
        PerTask differences = lower
                ? PerTask.differences(observed(metric, baseline, lower), observed(metric, candidate, lower))
                : PerTask.differences(observed(metric, candidate, lower), observed(metric, baseline, lower));
        EProcess test = EProcess.of(0, differences.values());
        Estimate difference = Bootstrap.mean(differences, DIFFERENCE, SEED)
                .orElseThrow(() -> Refusal.of("the two arms share no task.", "Evaluate both on the same tasks."));
        double level = alpha / arms;
        return new Gain(metric, difference, Math.min(MOST, test.eValue()), 1 / level, test.tasksMissing(level));
    }

    /** A run of which nothing could be measured has the worst value. */
    private static List<Observed> observed(String metric, List<Row> rows, boolean lower) {
        return rows.stream()
                .map(row -> new Observed(
                        String.valueOf(row.task()),
                        row.seed(),
                        row.value(metric).map(value -> number(metric, value)).orElse(lower ? 1.0 : 0.0)))
                .toList();
    }

    private static double number(String metric, JsonNode value) {
        double number = value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.asDouble(-1);
        if (!(number >= 0 && number <= 1)) {
            throw Refusal.of(
                    metric + " is " + value
                            + " in a run, and only what is from 0 to 1, or true or false, can be tested.",
                    "Let the sealed check report such a name, and make it the primary one.");
        }
        return number;
    }

    public boolean shown() {
        return eValue >= needed;
    }

    /** Difference and interval, as in {@code +0.04 [-0.02, +0.10]}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%+.2f [%+.2f, %+.2f]",
                difference.mean(),
                difference.interval().low(),
                difference.interval().high());
    }

    /** As in {@code 3.1 of the 20 needed}. */
    public String evidence() {
        return number(eValue) + " of the " + number(needed) + " needed";
    }

    /** What would have to be added. */
    public String advice() {
        return missing.isPresent()
                ? "About " + missing.getAsInt() + " more tasks like these would show it."
                : "More tasks like these would not show it.";
    }

    private static String number(double value) {
        return value >= 1000
                ? String.format(Locale.ROOT, "%.3g", value)
                : Math.rint(value) == value
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : String.format(Locale.ROOT, "%.1f", value);
    }
}
