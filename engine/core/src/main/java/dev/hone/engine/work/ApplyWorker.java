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
        ObjectNode body = Pools.body(site, step);
        String tool = step.tool().name();
        Map<String, Value> in = new LinkedHashMap<>();
        if (run.workflow().slots().get(tool) instanceof Slot.ToolSlot slot) {
            tool = slot.tool().name();
            in.putAll(slot.in());
        }
        in.putAll(step.in());
        run.begin(site);
        ObjectNode input = site.object(in, Map.of());
        run.begun(site);
        ToolCalls calls = new ToolCalls(tools, site, run.attempt(site));
        JsonNode out = calls.run(tool, input);
        body.set(
                "value",
                step.take().isPresent() ? Json.node(site.evaluate(step.take().get(), Map.of("out", out))) : out);
        Signals.describe(site, step, body);
        run.write(calls.entry(EventKind.OUTPUT, body));
    }
}
