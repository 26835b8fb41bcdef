package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.engine.ledger.EventKind;

/**
 * The tools that are run for one event. What they report is written down with the event, so that a replay of the run can
 * hear it again without running them.
 */
final class ToolCalls {

    private final Tools tools;
    private final Site site;
    private final int attempt;
    private final ArrayNode made = JsonNodeFactory.instance.arrayNode();

    ToolCalls(Tools tools, Site site, int attempt) {
        this.tools = tools;
        this.site = site;
        this.attempt = attempt;
    }

    JsonNode run(String tool, ObjectNode input) throws ConnectorException {
        Run run = site.run();
        String request = Cassette.request(tool, input);
        JsonNode out = run.replay().isPresent()
                ? run.replay().get().cassette().report(site, tool, request)
                : tools.run(tool, input, run.context(site, attempt, site.seed()));
        made.addObject().put("tool", tool).put("request", request).set("out", out);
        return out;
    }

    /** The body of the event, with the calls: {@code [{tool, request, out}]}, without {@code out} where it is the value. */
    Run.Entry entry(EventKind kind, ObjectNode body) {
        if (!made.isEmpty()) {
            made.forEach(call -> {
                if (call.path("out").equals(body.path("value"))) {
                    ((ObjectNode) call).remove("out");
                }
            });
            body.set("calls", made);
        }
        return new Run.Entry(site, attempt, kind, body);
    }
}
