package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.engine.ledger.EventKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a tool and writes down what it reports. */
final class ApplyWorker {

    private final Tools tools;

    ApplyWorker(Tools tools) {
        this.tools = tools;
    }

    void perform(Site site, Step.Exec step) throws StepProblem, ConnectorException {
        Run run = site.run();
        int attempt = run.attempt(site);
        ObjectNode body = Pools.body(site, step);
        String tool = step.tool().name();
        Map<String, Value> in = new LinkedHashMap<>();
        if (run.workflow().slots().get(tool) instanceof Slot.ToolSlot slot) {
            tool = slot.tool().name();
            in.putAll(slot.in());
        }
        in.putAll(step.in());
        JsonNode out = tools.run(tool, site.object(in, Map.of()), run.context(site, attempt, site.seed()));
        body.set(
                "value",
                step.take().isPresent() ? Json.node(site.evaluate(step.take().get(), Map.of("out", out))) : out);
        Signals.describe(site, step, body);
        run.write(new Run.Entry(site, attempt, EventKind.OUTPUT, body));
    }
}
