package dev.hone.cli;

import dev.hone.engine.RunResult;
import dev.hone.eval.Runner;
import dev.hone.eval.Tally;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How far an evaluation is: a bar, the mean of each arm so far, and how long the rest takes if it goes on like this. */
final class EvalProgress {

    private static final int BAR = 24;

    /** In a file or a pipe a line stays, so that there are few. */
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final PrintWriter to;
    private final UnaryOperator<String> words;
    private final boolean terminal = System.console() != null;
    private Instant told = Instant.MIN;
    private int width;

    /** @param words of an arm, by its name */
    EvalProgress(PrintWriter to, UnaryOperator<String> words) {
        this.to = to;
        this.words = words;
    }

    /** Counts what runs of this process come to, and shows it. @param primary the reported name whose means are shown */
    static Runner.Watcher counting(EvalProgress progress, Trials trials, String primary) {
        Tally tally = new Tally(trials, primary, Instant.now());
        return new Runner.Watcher() {
            @Override
            public void started(Unit unit, String run) {}

            @Override
            public synchronized void ended(Unit unit, RunResult result, boolean fresh) {
                tally.ended(unit, result, fresh);
                progress.show(tally.standing(Instant.now()));
            }
        };
    }

    synchronized void show(Tally.Standing standing) {
        Instant now = Instant.now();
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
                        .map(mean -> String.format(Locale.ROOT, "%s %.2f", words.apply(mean.arm()), mean.mean()))
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
