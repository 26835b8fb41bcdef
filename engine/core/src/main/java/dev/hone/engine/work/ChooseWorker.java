package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import java.util.Optional;

/** Decides which branch of an {@code if} is taken. */
final class ChooseWorker {

    ObjectNode perform(Site site, Step.If step) throws StepProblem {
        JsonNode known = site.run()
                .read(state -> state.outcome(site.element(), site.iteration()))
                .orElse(null);
        boolean then;
        if (known != null) {
            then = known.path("value").asBoolean();
        } else {
            then = site.holds(Optional.of(step.condition()));
            site.run().write(new Run.Entry(site, 1, EventKind.OUTPUT, (ObjectNode)
                    Json.object().set("value", BooleanNode.valueOf(then))));
        }
        return Json.object().put(Program.GO, then ? Program.THEN : Program.ELSE);
    }
}
