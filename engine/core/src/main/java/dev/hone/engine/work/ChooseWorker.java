package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;

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
            if (!(site.evaluate(step.condition()) instanceof Boolean bool)) {
                throw StepProblem.at(
                        step.condition().where(),
                        ProblemCode.EXPRESSION_FAILED,
                        "the condition '" + step.condition().text() + "' is neither true nor false at " + site.place()
                                + ".",
                        "Compare something, or make sure that every name in it has a value by then.");
            }
            then = bool;
            site.run().write(new Run.Entry(site, 1, EventKind.OUTPUT, (ObjectNode)
                    Json.object().set("value", BooleanNode.valueOf(then))));
        }
        return Json.object().put(Program.GO, then ? Program.THEN : Program.ELSE);
    }
}
