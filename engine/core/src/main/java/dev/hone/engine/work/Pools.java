package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts artifacts into pools: scored as they enter, kept once where the pool wants that. */
final class Pools {

    private final Tools tools;

    Pools(Tools tools) {
        this.tools = tools;
    }

    /** Adds what a call has given to its pool. */
    void add(Site site, Step.Call step) throws StepProblem, ConnectorException {
        Run run = site.run();
        Workflow.Pool pool = run.program().pool(step.into().orElseThrow());
        JsonNode made = run.read(state -> state.outcome(site.element(), site.iteration()))
                .orElseThrow();
        JsonNode value = made.path("value");
        Optional<JsonNode> parent = Optional.ofNullable(made.get("parent"));
        Optional<BigDecimal> score = pool.score().isPresent()
                ? Optional.of(score(site, run.program().scorer(pool.score().get()), value))
                : Optional.empty();
        run.writeWith(state -> {
            List<RunState.Artifact> artifacts = state.pool(pool.name());
            boolean duplicate = pool.dedupe() == Workflow.Dedupe.EXACT
                    && artifacts.stream().anyMatch(artifact -> artifact.value().equals(value));
            ObjectNode body = Json.object().put("pool", pool.name()).put("id", site.element() + "@" + site.iteration());
            body.set("value", value);
            score.ifPresent(number -> body.put("score", number));
            parent.flatMap(from -> artifacts.stream()
                            .filter(artifact -> artifact.value().equals(from))
                            .reduce((first, second) -> second))
                    .ifPresent(artifact -> body.put("parent", artifact.id()));
            if (duplicate) {
                body.put("duplicate", true);
            }
            return new Run.Entry(site, 1, EventKind.POOLED, body);
        });
    }

    private BigDecimal score(Site site, Slot.ScorerSlot scorer, JsonNode artifact)
            throws StepProblem, ConnectorException {
        ObjectNode input = site.object(scorer.in(), Map.of("item", artifact));
        CallContext context = site.run().context(site, 1, site.seed());
        JsonNode out = tools.run(scorer.tool().name(), input, context);
        Object score = site.evaluate(scorer.score(), Map.of("out", out));
        if (score instanceof BigDecimal number) {
            return number;
        }
        throw StepProblem.at(
                scorer.score().where(),
                ProblemCode.EXPRESSION_FAILED,
                "the score '" + scorer.score().text() + "' is " + score + ", not a number.",
                "A score is a number, higher is better.");
    }
}
