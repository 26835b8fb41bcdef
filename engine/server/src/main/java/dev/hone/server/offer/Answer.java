package dev.hone.server.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.work.Json;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run that has ended is to those who called it by its workflow's name.
 *
 * @param cut whether it was ended by what it may use, before anything was accepted
 */
public record Answer(Offer offer, RunResult result, boolean cut) {

    private static final int MICRO = 6;

    /** The best artifact: a text as it is, anything else as JSON; empty when nothing was made. */
    public String text() {
        return result.best()
                .map(RunResult.Best::value)
                .map(value -> value.isTextual() ? value.asText() : value.toString())
                .orElse("");
    }

    /** The best artifact when it is not a text. */
    public Optional<JsonNode> value() {
        return result.best().map(RunResult.Best::value).filter(value -> !value.isTextual());
    }

    /** Why there is no answer, though there may be an artifact; empty when there is one. */
    public Optional<Problem> failure() {
        StopReason stop = result.stop();
        return switch (stop.kind()) {
            case COMPLETED, RULE, LIMIT, BUDGET, TIME -> Optional.empty();
            case PROBLEM -> Optional.of(stop.problem().orElseGet(() -> failed(ProblemCode.INTERNAL)));
            case CANCELLED -> Optional.of(failed(ProblemCode.CANCELLED));
            case PAUSED -> Optional.of(failed(ProblemCode.CONFLICT));
        };
    }

    private Problem failed(ProblemCode code) {
        StopReason stop = result.stop();
        return switch (stop.kind()) {
            case PAUSED ->
                Problem.of(
                        code,
                        "the run " + result.run() + " was paused: " + stop.text() + ".",
                        "Let it go on with POST /api/v1/runs/" + result.run() + "/resume, and read its result there.");
            case CANCELLED -> Problem.of(code, "the run " + result.run() + " was cancelled.", "Start it again.");
            default ->
                Problem.of(code, "the run " + result.run() + " failed: " + stop.text() + ".", "See the run's events.");
        };
    }

    /** What Hone says of it, for people and for programs. */
    public ObjectNode remarks() {
        ObjectNode remarks = Json.object().put("run", result.run()).put("workflow", offer.name());
        offer.version().ifPresent(version -> remarks.put("version", version));
        ObjectNode stop = remarks.putObject("stop")
                .put("kind", result.stop().kind().name().toLowerCase(Locale.ROOT))
                .put("text", result.stop().text());
        result.stop().rule().ifPresent(rule -> stop.put("rule", rule));
        result.best().ifPresent(best -> {
            best.score().ifPresent(score -> remarks.put("score", score));
            remarks.put("accepted", best.accepted());
        });
        Usage spent = result.spent();
        remarks.put("calls", spent.calls()).put("cost", BigDecimal.valueOf(spent.microUsd(), MICRO));
        if (spent.unpricedCalls() > 0) {
            remarks.put("unpriced_calls", spent.unpricedCalls());
        }
        if (spent.estimatedCalls() > 0) {
            remarks.put("estimated_calls", spent.estimatedCalls());
        }
        value().ifPresent(value -> remarks.set("value", value));
        return remarks;
    }
}
