package dev.hone.server.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.Performed;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/**
 * Counts what this node does, for Prometheus: runs, steps, calls, tokens, money, decisions by rule, retries, and how long steps
 * waited for their turn and took.
 */
@Context
class Meters {

    private final MeterRegistry registry;
    private final Workflows workflows;
    private final Runnable unwatch;
    private final Runnable unobserve;

    Meters(Engine engine, MeterRegistry registry, Workflows workflows) {
        this.registry = registry;
        this.workflows = workflows;
        this.unwatch = engine.watch(this::happened);
        this.unobserve = engine.observe(this::performed);
    }

    @PreDestroy
    void stop() {
        unwatch.run();
        unobserve.run();
    }

    private void happened(RunEvent event) {
        String workflow = workflows.of(event.run());
        switch (event.kind()) {
            case RUN_STARTED -> count("hone.runs.started", "runs that got an instance", "workflow", workflow);
            case RUN_FINISHED ->
                count(
                        "hone.runs.finished",
                        "runs that ended, by the kind of their stop",
                        "workflow",
                        workflow,
                        "stop",
                        Json.read(event.body()).at("/stop/kind").asText());
            case CALLED -> called(Json.read(event.body()));
            case PROBLEM -> count("hone.retries", "tries that failed", "workflow", workflow);
            case DECIDED ->
                Json.read(event.body())
                        .path("fired")
                        .forEach(fired -> count(
                                "hone.decisions",
                                "rules that decided something",
                                "workflow",
                                workflow,
                                "rule",
                                fired.path("rule").asText()));
            case QUESTION -> count("hone.questions", "questions to people", "workflow", workflow);
            case OUTPUT,
                    POOLED,
                    MAPPED,
                    ROUND,
                    SKIPPED,
                    STOPPING,
                    MEASURED,
                    ANSWERED,
                    TRAINING,
                    TOLD,
                    RUN_RESUMED,
                    RUN_PAUSED,
                    BUDGET_RAISED -> {}
        }
    }

    private void called(JsonNode call) {
        String model = call.path("model").asText();
        JsonNode usage = call.path("usage");
        add("hone.calls", "calls of models", usage.path("calls").asDouble(), "model", model);
        tokens(model, "input", usage.path("inputTokens").asDouble());
        tokens(model, "cached", usage.path("cachedTokens").asDouble());
        tokens(model, "output", usage.path("outputTokens").asDouble());
        tokens(model, "reasoning", usage.path("reasoningTokens").asDouble());
        add("hone.cost.dollars", "money spent on calls", usage.path("microUsd").asDouble() / 1e6, "model", model);
    }

    private void tokens(String model, String kind, double number) {
        if (number > 0) {
            add("hone.tokens", "tokens of calls", number, "model", model, "kind", kind);
        }
    }

    private void performed(Performed step) {
        Timer.builder("hone.steps.waited")
                .description("how long steps waited for their turn")
                .publishPercentileHistogram()
                .register(registry)
                .record(step.waited());
        Timer.builder("hone.steps")
                .description("how long steps took")
                .tag("workflow", workflows.of(step.run()))
                .register(registry)
                .record(step.took());
    }

    private void count(String name, String description, String... tags) {
        add(name, description, 1, tags);
    }

    private void add(String name, String description, double amount, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment(amount);
    }
}
