package dev.hone.cli;

import dev.hone.engine.RunResult;
import dev.hone.eval.Arm;
import dev.hone.eval.Runner;
import dev.hone.eval.Tally;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How far an evaluation is: a bar, the mean of each arm so far, and how long the rest takes if it goes on like this. */
final class EvalProgress implements Runner.Watcher {

    private static final int BAR = 24;

    /** In a file or a pipe a line stays, so that there are few. */
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final PrintWriter to;
    private final Tally tally;
    private final Map<String, String> words = new HashMap<>();
    private final boolean terminal = System.console() != null;
    private Instant told = Instant.MIN;
    private int width;

    /** @param primary the reported name whose means are shown */
    EvalProgress(PrintWriter to, Trials trials, String primary) {
        this.to = to;
        this.tally = new Tally(trials, primary, Instant.now());
        trials.arms().forEach((Arm arm) -> words.put(arm.name(), arm.word()));
    }

    @Override
    public void started(Unit unit, String run) {}

    @Override
    public synchronized void ended(Unit unit, RunResult result, boolean fresh) {
        tally.ended(unit, result, fresh);
        Instant now = Instant.now();
        Tally.Standing standing = tally.standing(now);
        if (terminal || Duration.between(told, now).compareTo(SELDOM) >= 0 || standing.done() == standing.all()) {
            told = now;
            tell(standing);
        }
    }

    private void tell(Tally.Standing standing) {
        int filled = BAR * standing.done() / Math.max(1, standing.all());
        String line = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + standing.done() + "/"
                + standing.all() + "  " + standing.primary() + " "
                + standing.means().stream()
                        .map(mean -> String.format(Locale.ROOT, "%s %.2f", words.get(mean.arm()), mean.mean()))
                        .collect(Collectors.joining(", "))
                + left(standing.secondsLeft());
        if (terminal) {
            to.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            to.println(line);
        }
        to.flush();
    }

    private static String left(OptionalLong some) {
        if (some.isEmpty()) {
            return "";
        }
        long seconds = some.getAsLong();
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
