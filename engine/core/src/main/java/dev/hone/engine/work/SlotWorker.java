package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.math.MathContext;

/** Changes the versions of slots. */
final class SlotWorker {

    void perform(Site site, Step.SetSlot step) throws StepProblem {
        ObjectNode body = Json.object();
        if (site.holds(step.condition())) {
            ObjectNode change = body.putObject("slot").put("name", step.slot().name());
            change(site, step, change);
            if (step.score().isPresent()) {
                change.put("score", site.number(step.score().get()));
            }
        }
        site.run().write(new Run.Entry(site, 1, EventKind.OUTPUT, body));
    }

    private static void change(Site site, Step.SetSlot step, ObjectNode change) throws StepProblem {
        String slot = step.slot().name();
        switch (step.operation()) {
            case Step.SlotOperation.Set(Expression to) -> {
                JsonNode value = Json.node(site.evaluate(to));
                ModelVersion.check(site.run().program().slot(slot), value, "'" + to.text() + "'", to.where());
                change.put("op", "set").set("value", value);
            }
            case Step.SlotOperation.Promote promote -> change.put("op", "promote");
            case Step.SlotOperation.Rollback rollback -> change.put("op", "rollback");
            case Step.SlotOperation.Reset reset -> change.put("op", "reset");
            case Step.SlotOperation.Ema(Expression toward, Expression decay) -> {
                BigDecimal stays = site.number(decay);
                change.put("op", "set")
                        .set("value", mixed(site, step, present(site, slot), toward, BigDecimal.ONE.subtract(stays)));
            }
            case Step.SlotOperation.Interpolate(Expression with, Expression at) ->
                change.put("op", "set").set("value", mixed(site, step, present(site, slot), with, site.number(at)));
        }
    }

    private static JsonNode present(Site site, String slot) {
        return site.run().read(state -> site.run().slotValue(slot));
    }

    /** {@code (1 - share) * present + share * other}, number by number. */
    private static JsonNode mixed(Site site, Step.SetSlot step, JsonNode present, Expression with, BigDecimal share)
            throws StepProblem {
        JsonNode other = Json.node(site.evaluate(with));
        if (present.isNumber() && other.isNumber()) {
            return mixed(present, other, share);
        }
        if (present.isArray() && other.isArray() && present.size() == other.size()) {
            ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < present.size(); i++) {
                if (!present.get(i).isNumber() || !other.get(i).isNumber()) {
                    throw notNumbers(step, with);
                }
                numbers.add(mixed(present.get(i), other.get(i), share));
            }
            return numbers;
        }
        throw notNumbers(step, with);
    }

    private static JsonNode mixed(JsonNode present, JsonNode other, BigDecimal share) {
        return Json.node(present.decimalValue()
                .multiply(BigDecimal.ONE.subtract(share))
                .add(other.decimalValue().multiply(share))
                .round(MathContext.DECIMAL64));
    }

    private static StepProblem notNumbers(Step.SetSlot step, Expression with) {
        return StepProblem.at(
                with.where(),
                ProblemCode.EXPRESSION_FAILED,
                "the slot " + step.slot().name() + " and '" + with.text()
                        + "' are not two numbers, or two lists of as many numbers.",
                "Mix numbers with numbers; to replace a value use 'set'.");
    }
}
