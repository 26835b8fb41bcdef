package dev.hone.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.eval.Bootstrap;
import dev.hone.engine.eval.ConfidenceSequence;
import dev.hone.engine.eval.Estimate;
import dev.hone.engine.eval.FalsePasses;
import dev.hone.engine.eval.Interval;
import dev.hone.engine.eval.Observed;
import dev.hone.engine.eval.PassCurve;
import dev.hone.engine.eval.PerTask;
import dev.hone.engine.eval.Progress;
import dev.hone.engine.eval.Revisions;
import dev.hone.engine.eval.SignTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What the rows of an evaluation come to. The same rows always come to the same: what is drawn at random has a seed.
 *
 * @param arms in the order of the report
 * @param comparisons the workflow against every other arm, on the primary name or that of the arm
 * @param byTokens success against tokens spent, by arm; empty when nothing says what is right
 * @param byCalls the same against calls
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Summary(
        List<Outcome> arms,
        List<Comparison> comparisons,
        Map<String, List<PassCurve.Point>> byTokens,
        Map<String, List<PassCurve.Point>> byCalls) {

    private static final long SEED = 1;
    private static final double ALPHA = 0.05;
    private static final int POINTS = 24;
    private static final Interval RATE = new Interval(0, 1);
    private static final Interval DIFFERENCE = new Interval(-1, 1);

    /**
     * An arm.
     *
     * @param reports the mean of every reported name over tasks, with its 95 % interval
     * @param calls mean of a run, as tokens and seconds
     * @param usd mean of a run
     * @param results whether the results pass what the runs could see, and are right
     * @param artifacts the same of all artifacts that a pool scored
     * @param revisions by step
     * @param problems runs that ended with a problem
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Outcome(
            String arm,
            int runs,
            Map<String, Estimate> reports,
            double calls,
            double tokens,
            double usd,
            double seconds,
            FalsePasses results,
            FalsePasses artifacts,
            Map<String, Revisions> revisions,
            int problems) {}

    /**
     * The workflow against another arm, paired by task and seed.
     *
     * @param difference the workflow less the other
     * @param won tasks on which the workflow has more, over its seeds
     * @param lost tasks on which it has less
     * @param p of the exact sign test on these
     * @param verdict what the interval allows to say
     * @param always where the difference is at every look at once, of what is true or false: as more tasks are added, the true
     *     one is inside all these intervals together with 95 %
     */
    public record Comparison(
            String against,
            String on,
            Estimate difference,
            int won,
            int lost,
            double p,
            Verdict verdict,
            Optional<Interval> always) {}

    /** What a 95 % interval of a difference allows to say. */
    public enum Verdict {
        BETTER,
        WORSE,
        /** The interval contains 0. */
        NOT_BETTER
    }

    static Summary of(Measured measured) {
        List<Outcome> outcomes =
                measured.arms().stream().map(side -> outcome(measured, side)).toList();
        List<Comparison> comparisons = measured.arms().stream()
                .filter(side -> !side.name().equals(Arm.WORKFLOW))
                .flatMap(side -> comparison(measured, side).stream())
                .toList();
        return new Summary(
                outcomes,
                comparisons,
                curves(measured, Row.Turn::tokens, Row::tokens),
                curves(measured, Row.Turn::calls, Row::calls));
    }

    private static Outcome outcome(Measured measured, Measured.Side side) {
        List<Row> rows = measured.rows(side.name());
        Map<String, Estimate> reports = new LinkedHashMap<>();
        for (String name : measured.reports()) {
            estimate(measured, PerTask.of(observed(measured, rows, name)), name, RATE)
                    .ifPresent(estimate -> reports.put(name, estimate));
        }
        Map<String, Revisions> revisions = new TreeMap<>();
        FalsePasses results = FalsePasses.NONE;
        FalsePasses artifacts = FalsePasses.NONE;
        for (Row row : rows) {
            row.revisions().forEach((step, one) -> revisions.merge(step, one, Revisions::and));
            artifacts = artifacts.and(row.artifacts().orElse(FalsePasses.NONE));
            Optional<Boolean> right = measured.right().flatMap(row::value).map(JsonNode::asBoolean);
            if (right.isPresent()) {
                results = results.and(FalsePasses.of(row.visible(), right.get()));
            }
        }
        return new Outcome(
                side.name(),
                rows.size(),
                reports,
                mean(rows, Row::calls),
                mean(rows, Row::tokens),
                mean(rows, Row::microUsd) / 1e6,
                rows.stream().mapToDouble(Row::seconds).average().orElse(0),
                results,
                artifacts,
                revisions,
                (int) rows.stream().filter(Row::problem).count());
    }

    private static double mean(List<Row> rows, ToLongFunction<Row> of) {
        return rows.stream().mapToLong(of).average().orElse(0);
    }

    /** Of each row; a run of which nothing could be measured, as it made nothing, is false. */
    private static List<Observed> observed(Measured measured, List<Row> rows, String name) {
        boolean judged = judged(measured, name);
        return rows.stream().flatMap(row -> row.observed(name, judged).stream()).toList();
    }

    /** Whether a name is true or false in every row that has it. */
    static boolean judged(Measured measured, String name) {
        List<JsonNode> values = measured.rows().stream()
                .flatMap(row -> row.value(name).stream())
                .toList();
        return !values.isEmpty() && values.stream().allMatch(JsonNode::isBoolean);
    }

    private static Optional<Estimate> estimate(Measured measured, PerTask perTask, String name, Interval ofJudged) {
        return judged(measured, name) ? Bootstrap.mean(perTask, ofJudged, SEED) : Bootstrap.mean(perTask, SEED);
    }

    private static Optional<Comparison> comparison(Measured measured, Measured.Side other) {
        String name = other.on().orElse(measured.primary());
        PerTask differences = PerTask.differences(
                observed(measured, measured.rows(Arm.WORKFLOW), name),
                observed(measured, measured.rows(other.name()), name));
        return estimate(measured, differences, name, DIFFERENCE).map(difference -> {
            int more = (int)
                    differences.values().stream().filter(value -> value > 0).count();
            int less = (int)
                    differences.values().stream().filter(value -> value < 0).count();
            boolean above = difference.interval().low() > 0;
            boolean below = difference.interval().high() < 0;
            boolean lower = measured.lower().contains(name);
            Verdict verdict = (lower ? below : above)
                    ? Verdict.BETTER
                    : (lower ? above : below) ? Verdict.WORSE : Verdict.NOT_BETTER;
            Optional<Interval> always = judged(measured, name)
                    ? Optional.of(ConfidenceSequence.interval(differences.values(), ALPHA))
                    : Optional.empty();
            return new Comparison(other.name(), name, difference, more, less, SignTest.p(more, less), verdict, always);
        });
    }

    /** Up to the most that any run has spent, so that all arms stand on one axis. */
    private static Map<String, List<PassCurve.Point>> curves(
            Measured measured, ToLongFunction<Row.Turn> spent, ToLongFunction<Row> all) {
        Map<String, List<PassCurve.Point>> curves = new LinkedHashMap<>();
        double most = measured.rows().stream().mapToLong(all).max().orElse(0);
        boolean drawn = measured.rows().stream().anyMatch(row -> !row.course().isEmpty());
        if (drawn && most > 0) {
            measured.arms().forEach(side -> {
                List<Progress> runs = new ArrayList<>();
                measured.rows(side.name()).forEach(row -> runs.add(row.progress(spent)));
                curves.put(side.name(), PassCurve.of(runs, most, POINTS, SEED));
            });
        }
        return curves;
    }
}
