package dev.hone.engine.compile;

import dev.hone.dsl.Where;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;

/**
 * The most that a run can spend, and why it ends.
 *
 * @param calls the most model calls
 * @param outputTokens the most tokens that models write in them
 * @param trainings the most trainings
 * @param questions the most questions to people
 * @param microUsd the money limit in millionths of a dollar, where there is one
 * @param seconds the wall-time limit, where there is one
 * @param lines the argument, a line for each repetition and each call
 */
public record Certificate(
        long calls,
        long outputTokens,
        long trainings,
        long questions,
        OptionalLong microUsd,
        OptionalLong seconds,
        List<Line> lines) {

    /**
     * @param times how often at most, in a whole run
     * @param why in words
     */
    public record Line(String step, Where where, long times, String why) {}

    /** The certificate as people read it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("at most ").append(calls).append(calls == 1 ? " model call" : " model calls");
        text.append(" and ").append(outputTokens).append(" tokens written");
        if (trainings > 0) {
            text.append(", ").append(trainings).append(trainings == 1 ? " training" : " trainings");
        }
        if (questions > 0) {
            text.append(", ")
                    .append(questions)
                    .append(questions == 1 ? " question" : " questions")
                    .append(" to people");
        }
        microUsd.ifPresent(micros -> text.append(", for at most $")
                .append(BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString()));
        seconds.ifPresent(s -> text.append(", within ").append(s).append(" seconds"));
        text.append('\n');
        for (Line line : lines) {
            text.append("  ")
                    .append(line.where())
                    .append("  ")
                    .append(line.step())
                    .append(": ")
                    .append(line.why())
                    .append('\n');
        }
        return text.toString();
    }
}
