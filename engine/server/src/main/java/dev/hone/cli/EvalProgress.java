package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.RunResult;
import dev.hone.eval.Arm;
import dev.hone.eval.Runner;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How far an evaluation is: a bar, the mean of each arm so far, and how long the rest takes if it goes on like this. */
final class EvalProgress implements Runner.Watcher {

    private static final int BAR = 24;

    /** In a file or a pipe a line stays, so that there are few. */
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private record Sum(double sum, int n) {
        Sum plus(double value) {
            return new Sum(sum + value, n + 1);
        }
    }

    private final PrintWriter to;
    private final int all;
    private final String primary;
    private final boolean terminal = System.console() != null;
    private final Instant start = Instant.now();
    private final Map<Arm, Sum> means = new LinkedHashMap<>();
    private Instant told = Instant.MIN;
    private int done;
    private int fresh;
    private int width;

    /** @param primary the reported name whose means are shown */
    EvalProgress(PrintWriter to, Trials trials, String primary) {
        this.to = to;
        this.all = trials.runs();
        this.primary = primary;
        trials.arms().forEach(arm -> means.put(arm, new Sum(0, 0)));
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
            means.computeIfPresent(unit.arm(), (arm, sum) -> sum.plus(number));
        }
        Instant now = Instant.now();
        if (terminal || Duration.between(told, now).compareTo(SELDOM) >= 0 || done == all) {
            told = now;
            tell(now);
        }
    }

    private void tell(Instant now) {
        int filled = BAR * done / Math.max(1, all);
        String line =
                "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + done + "/" + all + "  " + primary + " "
                        + means.entrySet().stream()
                                .filter(arm -> arm.getValue().n() > 0)
                                .map(arm -> String.format(
                                        Locale.ROOT,
                                        "%s %.2f",
                                        arm.getKey().word(),
                                        arm.getValue().sum() / arm.getValue().n()))
                                .collect(Collectors.joining(", "))
                        + left(now);
        if (terminal) {
            to.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            to.println(line);
        }
        to.flush();
    }

    private String left(Instant now) {
        if (fresh == 0 || done == all) {
            return "";
        }
        long seconds = Duration.between(start, now).toSeconds() * (all - done) / fresh;
        return seconds < 60 ? "  " + seconds + " s left" : "  " + (seconds + 59) / 60 + " min left";
    }

    /** Leaves the line that was written over. */
    synchronized void end() {
        if (terminal && width > 0) {
            to.println();
            to.flush();
        }
    }
}
