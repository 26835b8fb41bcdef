package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** The end of a run, for people and for programs. */
final class Report {

    private Report() {}

    static void print(RunResult result, PrintWriter to) {
        result.best()
                .ifPresentOrElse(
                        best -> {
                            to.println("best      " + text(best.value()));
                            to.println("          " + origin(best));
                        },
                        () -> to.println("best      none: nothing was made"));
        StopReason stop = result.stop();
        to.println("stop      " + stop.kind().name().toLowerCase(Locale.ROOT) + ": " + stop.text());
        stop.where().ifPresent(where -> to.println("          at " + where));
        stop.facts().ifPresent(facts -> to.println("          facts " + facts));
        stop.problem().ifPresent(problem -> to.println("          " + problem.code() + ": " + problem.fix()));
        to.println(
                "spent     " + spent(result.spent()) + ", " + String.format(Locale.ROOT, "%.1f s", result.seconds()));
        result.measured().forEach((name, value) -> to.println("measured  " + name + " " + text(value)));
        result.flags().forEach(flag -> to.println("flag      " + flag));
        to.println("run       " + result.run());
        to.flush();
    }

    /** Prints the end of a run and returns the exit code that tells it. */
    static int end(String workflow, RunResult result, boolean json, PrintWriter to) {
        if (json) {
            to.println(json(workflow, result).toPrettyString());
            to.flush();
        } else {
            print(result, to);
        }
        return exit(result);
    }

    /** One JSON object, as documented in {@code docs/cli.md}. */
    static ObjectNode json(String workflow, RunResult result) {
        ObjectNode object = Json.object().put("workflow", workflow);
        object.setAll((ObjectNode) Json.MAPPER.valueToTree(result));
        return object;
    }

    /** 0 for every end that the workflow or a person meant. */
    private static int exit(RunResult result) {
        return switch (result.stop().kind()) {
            case COMPLETED, RULE, LIMIT, BUDGET, TIME, PAUSED -> Exit.DONE;
            case PROBLEM -> Exit.FAILED;
            case CANCELLED -> Exit.CANCELLED;
        };
    }

    private static String origin(RunResult.Best best) {
        StringBuilder origin = new StringBuilder();
        best.score()
                .ifPresent(score ->
                        origin.append("score ").append(number(Json.node(score))).append(", "));
        origin.append("made by ").append(best.element());
        if (!best.iteration().isEmpty()) {
            origin.append(' ').append(best.iteration());
        }
        return origin.append(best.accepted() ? ", accepted by a rule" : "").toString();
    }

    static String spent(Usage spent) {
        return cost(spent) + ", " + tokens(spent);
    }

    static String cost(Usage spent) {
        String calls = calls(spent.calls());
        if (spent.microUsd() == 0) {
            return calls;
        }
        String priced = calls + ", " + money(spent.microUsd());
        return spent.unpricedCalls() == 0
                ? priced
                : priced + " without " + calls(spent.unpricedCalls()) + " of unknown price";
    }

    private static String calls(long calls) {
        return calls + (calls == 1 ? " call" : " calls");
    }

    /** With what of them was cached or reasoning, and in how many calls nobody counted them. */
    private static String tokens(Usage spent) {
        return spent.inputTokens() + " tokens read" + part(spent.cachedTokens(), "cached") + ", " + spent.outputTokens()
                + " written" + part(spent.reasoningTokens(), "reasoning")
                + (spent.estimatedCalls() == 0 ? "" : ", estimated in " + calls(spent.estimatedCalls()));
    }

    private static String part(long tokens, String what) {
        return tokens == 0 ? "" : " (" + tokens + " " + what + ")";
    }

    static String money(long microUsd) {
        return "$" + BigDecimal.valueOf(microUsd, 6).toPlainString();
    }

    /** At most four digits behind the point. */
    static String number(JsonNode value) {
        return value.decimalValue()
                .setScale(4, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
