package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Step;
import dev.hone.engine.ledger.EventKind;
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
        JsonNode value = tools.run(
                step.tool().name(), site.object(step.in(), Map.of()), run.context(site, attempt, site.seed()));
        ObjectNode body = Json.object();
        step.out().ifPresent(name -> body.put("name", name.name()));
        body.set("value", value);
        run.write(new Run.Entry(site, attempt, EventKind.OUTPUT, body));
    }
}
