package dev.hone.eval;

import java.util.List;
import java.util.Locale;

/** What an evaluation shows, in sentences. */
final class Words {

    private Words() {}

    /** What was run. */
    static String what(Measured measured) {
        int runs = measured.tasks() * measured.seeds();
        return count(measured.tasks(), "task") + ", " + count(measured.seeds(), "seed") + ": " + count(runs, "run")
                + " of each arm; "
                + "means over tasks with 95 % intervals (bootstrap over tasks), calls, tokens and seconds a run.";
    }

    /** The workflow against each other arm. */
    static List<String> comparisons(Measured measured, Summary summary) {
        return summary.comparisons().stream()
                .map(comparison -> sentence(measured, comparison))
                .toList();
    }

    private static String sentence(Measured measured, Summary.Comparison comparison) {
        String other = measured.side(comparison.against()).word();
        String verdict = switch (comparison.verdict()) {
            case BETTER -> "beats " + other;
            case WORSE -> "is worse than " + other;
            case NOT_BETTER -> "does not beat " + other;
        };
        return String.format(
                Locale.ROOT,
                "The workflow %s on %s: the paired difference is %s (%s to %s); more on %s, less on %d (sign test,"
                        + " p %s).",
                verdict,
                comparison.on(),
                signed(comparison.difference().mean()),
                signed(comparison.difference().interval().low()),
                signed(comparison.difference().interval().high()),
                count(comparison.won(), "task"),
                comparison.lost(),
                (comparison.p() < 0.01 ? "" : "= ") + Table.p(comparison.p()));
    }

    private static String signed(double value) {
        String number = Table.number(value);
        return value >= 0.005 ? "+" + number : number;
    }

    /** {@code 1 task}, {@code 20 tasks}. */
    static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
