package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Counts how far trials are: what has ended, the mean of each arm so far, and how long the rest takes if it goes on like this. Thread-safe. */
public final class Tally implements Runner.Watcher {

    private record Sum(double sum, int n) {
        Sum plus(double value) {
            return new Sum(sum + value, n + 1);
        }
    }

    /**
     * The mean of an arm.
     *
     * @param arm its name
     * @param mean of the primary name; true is 1
     * @param runs that have it
     */
    public record Mean(String arm, double mean, int runs) {}

    /**
     * How far it is.
     *
     * @param primary the reported name whose means these are
     * @param means of the arms that have any run with one, in the order of the report
     * @param secondsLeft empty until a run has ended, and when all have
     */
    public record Standing(int done, int all, String primary, List<Mean> means, OptionalLong secondsLeft) {}

    private final int all;
    private final String primary;
    private final Instant start;
    private final Map<Arm, Sum> sums = new LinkedHashMap<>();
    private int done;
    private int fresh;

    /** @param primary the reported name whose means are counted */
    public Tally(Trials trials, String primary, Instant start) {
        this.all = trials.runs();
        this.primary = primary;
        this.start = start;
        trials.arms().forEach(arm -> sums.put(arm, new Sum(0, 0)));
    }

    @Override
    public void started(Unit unit, String run) {}

    @Override
    public synchronized void ended(Unit unit, RunResult result, boolean isFresh) {
        done++;
        fresh += isFresh ? 1 : 0;
        JsonNode value = result.measured().get(primary);
        if (value != null && (value.isBoolean() || value.isNumber())) {
            double number = value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.doubleValue();
            sums.computeIfPresent(unit.arm(), (arm, sum) -> sum.plus(number));
        }
    }

    public synchronized Standing standing(Instant now) {
        List<Mean> means = new ArrayList<>();
        sums.forEach((arm, sum) -> {
            if (sum.n() > 0) {
                means.add(new Mean(arm.name(), sum.sum() / sum.n(), sum.n()));
            }
        });
        OptionalLong left = fresh == 0 || done == all
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.between(start, now).toSeconds() * (all - done) / fresh);
        return new Standing(done, all, primary, means, left);
    }
}
