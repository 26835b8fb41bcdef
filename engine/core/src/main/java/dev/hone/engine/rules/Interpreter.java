package dev.hone.engine.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Rule;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import dev.hone.dsl.feel.FeelNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What conditions mean: FEEL over the names that a fact offers. */
final class Interpreter {

    private static final int LONGEST_SHOWN = 300;

    private final FeelInterpreter feel = new FeelInterpreter();
    private final ObjectMapper json = new ObjectMapper();

    /** A part of a condition: a mistake in it is not an answer yet. */
    Truth ask(Expression part, Fact fact) {
        try {
            return evaluate(part, fact) instanceof Boolean known ? Truth.of(known) : Truth.UNDECIDED;
        } catch (FeelFailure | RuntimeException e) {
            return Truth.UNDECIDED; // the whole condition is asked next, and its failure is reported
        }
    }

    /** @throws RuleFailure when the condition is neither true nor false */
    boolean decide(Rule rule, Fact fact) {
        Object value;
        try {
            value = evaluate(rule.when(), fact);
        } catch (FeelFailure | RuntimeException e) {
            throw failure(rule, fact, "cannot be decided: " + e.getMessage(), e);
        }
        if (value instanceof Boolean known) {
            return known;
        }
        throw failure(rule, fact, "is neither true nor false but " + shown(value) + ".", null);
    }

    /** What the condition reads, by name and field. */
    ObjectNode seen(Rule rule, Fact fact) {
        ObjectNode seen = JsonNodeFactory.instance.objectNode();
        for (FeelNames.Path path : FeelNames.free(rule.when().feel())) {
            if (!path.inFilter()) {
                seen.set(path.toString(), json.valueToTree(read(fact.read(path.root()), path.fields())));
            }
        }
        return seen;
    }

    private @Nullable Object evaluate(Expression expression, Fact fact) throws FeelFailure {
        Map<String, @Nullable Object> names = new HashMap<>();
        for (String name : FeelNames.roots(expression.feel())) {
            names.put(name, fact.read(name));
        }
        return feel.evaluate(expression, names);
    }

    /** A field of a list is the list of the fields, a field of anything else than a map is null. */
    private static @Nullable Object read(@Nullable Object from, List<String> fields) {
        Object value = from;
        for (int i = 0; i < fields.size(); i++) {
            if (value instanceof List<?> list) {
                List<String> rest = fields.subList(i, fields.size());
                return list.stream().map(item -> read(item, rest)).toList();
            }
            value = value instanceof Map<?, ?> map ? map.get(fields.get(i)) : null;
        }
        return value;
    }

    private RuleFailure failure(Rule rule, Fact fact, String mistake, @Nullable Throwable cause) {
        return new RuleFailure(
                Problem.at(
                        rule.where(),
                        ProblemCode.RULE_FAILED,
                        "The condition '" + rule.when().text() + "' of the rule '" + rule.id() + "' " + mistake
                                + " It read " + shorten(seen(rule, fact).toString()) + ".",
                        "Let the condition be true or false for every " + Fact.word(rule.fact())
                                + "; compare with null what may be absent."),
                cause);
    }

    private String shown(@Nullable Object value) {
        return shorten(json.valueToTree(value).toString());
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + " ...";
    }
}
