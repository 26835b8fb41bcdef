package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts artifacts into pools: measured as they enter, kept once where the pool wants that. */
final class Pools {

    private final Tools tools;

    Pools(Tools tools) {
        this.tools = tools;
    }

    /** What the event of a step begins with: its name, and the artifact that what it gives is made from. */
    static ObjectNode body(Site site, Step step) throws StepProblem {
        ObjectNode body = Json.object();
        step.gives().ifPresent(name -> body.put("name", name.name()));
        Optional<Expression> parent = step.entry().flatMap(Step.Entry::parent);
        if (parent.isPresent()) {
            // Its name may be the one that the result takes over.
            body.set("parent", Json.node(site.evaluate(parent.get())));
        }
        return body;
    }

    /** Adds what a step has given to its pool. */
    void add(Site site, Step.Entry entry) throws StepProblem, ConnectorException {
        JsonNode made = site.run()
                .read(state -> state.outcome(site.element(), site.iteration()))
                .orElseThrow();
        Workflow.Pool pool = site.run().program().pool(entry.pool());
        enter(site, pool, made.path("value"), Optional.ofNullable(made.get("parent")), site.element());
    }

    /** Puts the first artifacts into the pools that have some. */
    void seed(Site site) throws StepProblem, ConnectorException {
        for (Workflow.Pool pool : site.run().workflow().pools().values()) {
            if (pool.seed().isPresent()) {
                List<JsonNode> first = site.list(pool.seed().get());
                for (int i = 0; i < first.size(); i++) {
                    Site place = new Site(site.run(), "run.seed." + pool.name() + "." + (i + 1), Iteration.TOP);
                    enter(place, pool, first.get(i), Optional.empty(), place.element());
                }
            }
        }
    }

    private void enter(Site site, Workflow.Pool pool, JsonNode value, Optional<JsonNode> parent, String element)
            throws StepProblem, ConnectorException {
        Run run = site.run();
        ObjectNode body = Json.object().put("pool", pool.name()).put("id", element + "@" + site.iteration());
        body.set("value", value);
        ToolCalls calls = new ToolCalls(tools, site, 1);
        measure(site, pool, value, body, calls);
        run.writeWith(site, EventKind.POOLED, state -> {
            ObjectNode entry = body.deepCopy();
            PoolState artifacts = state.pool(pool.name());
            parent.flatMap(artifacts::find).ifPresent(artifact -> entry.put("parent", artifact.id()));
            if (pool.dedupe() == Workflow.Dedupe.EXACT && artifacts.contains(value)) {
                entry.put("duplicate", true);
            }
            return calls.entry(EventKind.POOLED, entry);
        });
    }

    /** Its score, its objectives and its cell, as far as the pool has them. */
    private static void measure(Site site, Workflow.Pool pool, JsonNode artifact, ObjectNode body, ToolCalls calls)
            throws StepProblem, ConnectorException {
        Map<String, JsonNode> names = new HashMap<>(Map.of("item", artifact));
        if (pool.score().isPresent()) {
            BigDecimal score = site.run().control(Workflow.Control.Kind.LENGTH_ONLY)
                    ? BigDecimal.valueOf(
                            artifact.isTextual()
                                    ? artifact.textValue().length()
                                    : artifact.toString().length())
                    : score(site, site.run().program().scorer(pool.score().get()), artifact, calls);
            body.put("score", score);
            names.put("score", DecimalNode.valueOf(score));
        }
        List<BigDecimal> scores = new ArrayList<>();
        for (Expression objective : pool.objectives().values()) {
            scores.add(site.number(objective, names));
        }
        if (!scores.isEmpty()) {
            ArrayNode array = body.putArray("scores");
            scores.forEach(array::add);
        }
        if (pool.cell().isPresent()) {
            body.put("cell", Json.node(site.evaluate(pool.cell().get(), names)).toString());
        }
    }

    private static BigDecimal score(Site site, Slot.ScorerSlot scorer, JsonNode artifact, ToolCalls calls)
            throws StepProblem, ConnectorException {
        ObjectNode input = site.object(scorer.in(), Map.of("item", artifact));
        JsonNode out = calls.run(scorer.tool().name(), input);
        Object score = site.evaluate(scorer.score(), Map.of("out", out, "item", artifact));
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
