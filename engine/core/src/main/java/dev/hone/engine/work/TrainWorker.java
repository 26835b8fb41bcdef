package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains: builds the dataset, runs the trainer, and gives the slot its new version in the event that holds what the trainer
 * reported. The lease of the job is prolonged as long as the trainer runs.
 */
final class TrainWorker {

    /** What a dataset is made of: where it came from goes with it. */
    private record Item(JsonNode value, BigDecimal score, String from) {}

    private final Tools tools;

    TrainWorker(Tools tools) {
        this.tools = tools;
    }

    void perform(Site site, Step.Train step) throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        if (!run.purse().count(site, Workflow.Resource.TRAININGS, EventKind.TRAINING, Json.object())) {
            throw new Refusal("the budget has no training left of its "
                    + run.purse()
                            .limit(Workflow.Resource.TRAININGS, BigDecimal.ONE, site)
                            .orElse(0));
        }
        run.begin(site);
        ObjectNode input = site.object(step.in(), Map.of());
        if (step.data().isPresent()) {
            input.set("data", dataset(site, step.data().get()));
        }
        run.begun(site);
        ToolCalls calls = new ToolCalls(tools, site, run.attempt(site));
        JsonNode report = calls.run(step.trainer().name(), input);
        if (!report.hasNonNull("value")) {
            throw StepProblem.at(
                    step.trainer().where(),
                    ProblemCode.TOOL_FAILED,
                    "the trainer " + step.trainer().name() + " gave no value for the slot "
                            + step.into().name() + ".",
                    "Use a tool whose output has a 'value'.");
        }
        ModelVersion.check(
                run.program().slot(step.into().name()),
                report.path("value"),
                "The trainer " + step.trainer().name(),
                step.trainer().where());
        ObjectNode body = Pools.body(site, step);
        body.set("value", report);
        ObjectNode change =
                body.putObject("slot").put("name", step.into().name()).put("op", "set");
        change.set("value", report.path("value"));
        if (report.path("score").isNumber()) {
            change.set("score", report.path("score"));
        }
        Signals.describe(site, step, body);
        run.write(calls.entry(EventKind.OUTPUT, body));
    }

    /** {@code [{example, weight, from}, ...]}. */
    private static ArrayNode dataset(Site site, Step.Dataset data) throws StepProblem {
        ArrayNode examples = JsonNodeFactory.instance.arrayNode();
        for (Item item : items(site, data)) {
            Map<String, JsonNode> names = Map.of("item", item.value(), "score", DecimalNode.valueOf(item.score()));
            if (data.keep().isPresent() && site.number(data.keep().get(), names).signum() <= 0) {
                continue;
            }
            ObjectNode example = examples.addObject();
            example.set(
                    "example",
                    data.example().isPresent()
                            ? Json.node(site.evaluate(data.example().get(), names))
                            : item.value());
            example.set(
                    "weight",
                    data.weight().isPresent()
                            ? Json.node(site.number(data.weight().get(), names))
                            : Json.node(BigDecimal.ONE));
            example.put("from", item.from());
        }
        return examples;
    }

    private static List<Item> items(Site site, Step.Dataset data) throws StepProblem {
        Run run = site.run();
        List<Item> items = new ArrayList<>();
        Optional<String> name =
                data.from().feel() instanceof Feel.Name(String root) ? Optional.of(root) : Optional.empty();
        if (name.filter(run.workflow().pools()::containsKey).isPresent()) {
            run.read(state -> state.pool(name.get()).results())
                    .forEach(artifact -> items.add(new Item(
                            artifact.value(),
                            BigDecimal.valueOf(artifact.score() == null ? 0 : artifact.score()),
                            artifact.id())));
        } else if (name.filter(run.workflow().memories()::containsKey).isPresent()) {
            run.read(state -> java.util.Objects.requireNonNull(state.memories().get(name.get()))
                            .values())
                    .forEach(value -> items.add(new Item(value, BigDecimal.ZERO, "memory " + name.get())));
        } else if (!site.quarantined(data.from())) {
            site.list(data.from())
                    .forEach(value -> items.add(
                            new Item(value, BigDecimal.ZERO, data.from().text())));
        }
        return items;
    }
}
