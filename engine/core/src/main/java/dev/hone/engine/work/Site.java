package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Value;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import dev.hone.dsl.feel.FeelNames;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One job's place in a run: there expressions have their values.
 *
 * @param element the BPMN element
 */
record Site(Run run, String element, Iteration iteration) {

    private static final FeelInterpreter FEEL = new FeelInterpreter();

    /** The seed of everything random here. */
    long seed() {
        return Seeds.at(run.seed(), element, iteration.toString());
    }

    @Nullable
    Object evaluate(Expression expression) throws StepProblem {
        return evaluate(expression, Map.of());
    }

    /** @param extra names that exist for this expression alone, as {@code item} or {@code out}; they come first */
    @Nullable
    Object evaluate(Expression expression, Map<String, JsonNode> extra) throws StepProblem {
        Map<String, @Nullable Object> names = new HashMap<>(run.params());
        for (String name : FeelNames.roots(expression.feel())) {
            JsonNode own = extra.get(name);
            if (own != null) {
                names.put(name, Json.plain(own));
            } else {
                find(name).ifPresent(value -> names.put(name, Json.plain(value)));
            }
        }
        try {
            return FEEL.evaluate(expression, names);
        } catch (FeelFailure e) {
            throw StepProblem.at(
                    expression.where(),
                    ProblemCode.EXPRESSION_FAILED,
                    "'" + expression.text() + "' has no value at " + place() + ": " + e.getMessage(),
                    "Correct the expression, or make sure that every name in it has a value by then.");
        }
    }

    private Optional<JsonNode> find(String name) throws StepProblem {
        try {
            Optional<JsonNode> known = run.find(name, iteration);
            return known.isEmpty() && name.equals("random") ? Optional.of(chance()) : known;
        } catch (ProblemInside e) {
            throw new StepProblem(e.problem());
        }
    }

    /** A number from 0 to 1, of which the run's seed and the place decide. */
    private JsonNode chance() {
        return Json.node(BigDecimal.valueOf(new SplittableRandom(seed()).nextDouble()));
    }

    /** A condition; a step without one is performed. */
    boolean holds(Optional<Expression> condition) throws StepProblem {
        return holds(condition, Map.of());
    }

    boolean holds(Optional<Expression> condition, Map<String, JsonNode> extra) throws StepProblem {
        if (condition.isEmpty()) {
            return true;
        }
        if (evaluate(condition.get(), extra) instanceof Boolean bool) {
            return bool;
        }
        throw StepProblem.at(
                condition.get().where(),
                ProblemCode.EXPRESSION_FAILED,
                "the condition '" + condition.get().text() + "' is neither true nor false at " + place() + ".",
                "Compare something, or make sure that every name in it has a value by then.");
    }

    /** A number; a problem names the expression when it is none. */
    BigDecimal number(Expression expression) throws StepProblem {
        return number(expression, Map.of());
    }

    BigDecimal number(Expression expression, Map<String, JsonNode> extra) throws StepProblem {
        Object value = evaluate(expression, extra);
        return switch (value) {
            case BigDecimal number -> number;
            case Boolean bool -> bool ? BigDecimal.ONE : BigDecimal.ZERO;
            case null -> throw notANumber(expression, "nothing");
            default -> throw notANumber(expression, value.toString());
        };
    }

    private static StepProblem notANumber(Expression expression, String value) {
        return StepProblem.at(
                expression.where(),
                ProblemCode.EXPRESSION_FAILED,
                "'" + expression.text() + "' is " + value + ", not a number.",
                "Give a number or a boolean.");
    }

    /** The items of a list; a single value is a list of one, nothing one of none. */
    List<JsonNode> list(Expression expression) throws StepProblem {
        return list(expression, Map.of());
    }

    List<JsonNode> list(Expression expression, Map<String, JsonNode> extra) throws StepProblem {
        Object value = evaluate(expression, extra);
        return switch (value) {
            case List<?> items -> items.stream().map(Json::node).toList();
            case null -> List.of();
            default -> List.of(Json.node(value));
        };
    }

    /** Whether an expression reads something that a rule has put in quarantine. */
    boolean quarantined(Expression expression) {
        return FeelNames.roots(expression.feel()).stream().anyMatch(name -> run.read(state -> state.quarantined(name)));
    }

    JsonNode value(Value value, Map<String, JsonNode> extra) throws StepProblem {
        return switch (value) {
            case Value.Nothing nothing -> JsonNodeFactory.instance.nullNode();
            case Value.Text text -> JsonNodeFactory.instance.textNode(text.text());
            case Value.Number number -> Json.node(number.number());
            case Value.Bool bool -> JsonNodeFactory.instance.booleanNode(bool.bool());
            case Value.Items items -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (Value item : items.items()) {
                    array.add(value(item, extra));
                }
                yield array;
            }
            case Value.Fields fields -> object(fields.fields(), extra);
            case Value.Computed computed -> Json.node(evaluate(computed.expression(), extra));
        };
    }

    /** A step's inputs by name. */
    ObjectNode object(Map<String, Value> fields, Map<String, JsonNode> extra) throws StepProblem {
        ObjectNode object = Json.object();
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            object.set(field.getKey(), value(field.getValue(), extra));
        }
        return object;
    }

    /** For messages: {@code critics, drafts=2}. */
    String place() {
        return iteration.indices().isEmpty() ? element : element + ", " + iteration;
    }
}
