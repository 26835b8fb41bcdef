package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Computes the elements of a map once, and hands Zeebe their numbers. */
final class SpreadWorker {

    /** The elements that a map may have whatever its file says: each costs the broker a token. */
    private static final int MOST = 10_000;

    /** @return the variables of the job: the numbers 1..n */
    ObjectNode perform(Site site, Step.ForEach step) throws StepProblem {
        Run run = site.run();
        JsonNode items =
                run.read(state -> state.items(site.element(), site.iteration())).orElse(null);
        if (items == null) {
            ArrayNode computed = skipped(site, step) ? JsonNodeFactory.instance.arrayNode() : elements(site, step);
            run.write(new Run.Entry(
                    site, 1, EventKind.MAPPED, (ObjectNode) Json.object().set("items", computed)));
            items = computed;
        }
        ObjectNode variables = Json.object();
        ArrayNode numbers = variables.putArray(Program.itemsOf(step.id()));
        for (int i = 1; i <= items.size(); i++) {
            numbers.add(i);
        }
        return variables;
    }

    private static boolean skipped(Site site, Step.ForEach step) {
        return site.run()
                .read(state -> state.skippedBy(step.id(), site.iteration()))
                .isPresent();
    }

    private static ArrayNode elements(Site site, Step.ForEach step) throws StepProblem {
        ArrayNode product = JsonNodeFactory.instance.arrayNode();
        product.addObject();
        for (Map.Entry<String, Expression> over : step.over().entrySet()) {
            List<?> list = list(site, over.getValue());
            ArrayNode longer = JsonNodeFactory.instance.arrayNode();
            for (JsonNode before : product) {
                for (Object item : list) {
                    ObjectNode element = before.deepCopy();
                    element.set(over.getKey(), Json.node(item));
                    longer.add(element);
                }
            }
            product = longer;
            long most = site.run().most(step, site).orElse(MOST);
            if (product.size() > Math.min(most, MOST)) {
                throw StepProblem.at(
                        over.getValue().where(),
                        ProblemCode.OVER_BUDGET,
                        "the map " + step.id() + " would have " + product.size() + " elements, at most "
                                + Math.min(most, MOST) + " are allowed.",
                        "Make the list shorter, or raise the map's max.");
            }
        }
        return product;
    }

    private static List<?> list(Site site, Expression over) throws StepProblem {
        Object value = site.evaluate(over);
        return switch (value) {
            case List<?> list -> list;
            case null -> List.of();
            case BigDecimal number -> List.of(number);
            default -> List.of(value);
        };
    }
}
