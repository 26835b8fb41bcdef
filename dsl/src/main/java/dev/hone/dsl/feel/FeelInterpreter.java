package dev.hone.dsl.feel;

import dev.hone.dsl.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.api.EvaluationFailureType;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;

/**
 * Computes expressions. Safe for use by several threads. An expression sees the names it is given and the built-in
 * functions, nothing else: no Java, no clock, no randomness.
 *
 * <p>An absent name or field is null, as in FEEL; any other mistake (adding a text to a number, comparing with null) is a
 * failure, although FEEL calls that null too: a stop condition that is silently null would never stop.
 */
public final class FeelInterpreter {

    private final FeelEngineApi engine = PlainValue.engine();

    /**
     * @param names maps, lists, numbers, booleans, texts and null
     * @return a map, list, {@code BigDecimal}, boolean, text or null; dates and durations as ISO-8601 text
     * @throws FeelFailure when the expression has no value for these names, or a name's value is not plain
     */
    public @Nullable Object evaluate(Expression expression, Map<String, ? extends @Nullable Object> names)
            throws FeelFailure {
        return evaluate(expression.feel(), expression.text(), names);
    }

    @Nullable
    Object evaluate(Feel feel, String text, Map<String, ? extends @Nullable Object> names) throws FeelFailure {
        Map<String, Object> read = new HashMap<>();
        for (String name : FeelNames.roots(feel)) {
            if (names.containsKey(name)) {
                putNullable(read, name, PlainValue.in(names.get(name)));
            }
        }
        EvaluationResult result = engine.evaluate(new ParsedExpression(FeelLowering.lower(feel), text), read);
        if (result.isFailure()) {
            throw new FeelFailure(
                    "The expression '" + text + "' failed: " + result.failure().message() + ".");
        }
        Object value = PlainValue.out(result.result());
        if (value == null) {
            refuseMistake(text, result.getSuppressedFailures());
        }
        return value;
    }

    private static void refuseMistake(String text, List<EvaluationFailure> failures) throws FeelFailure {
        for (EvaluationFailure failure : failures) {
            if (!isAbsence(failure.failureType())) {
                throw new FeelFailure("The expression '" + text + "' has no value: " + failure.failureMessage() + ".");
            }
        }
    }

    private static boolean isAbsence(EvaluationFailureType type) {
        return type == EvaluationFailureType.NO_VARIABLE_FOUND$.MODULE$
                || type == EvaluationFailureType.NO_CONTEXT_ENTRY_FOUND$.MODULE$;
    }

    @SuppressWarnings("NullAway") // feel-engine's Java API takes null values; its signature cannot say so
    private static void putNullable(Map<String, Object> names, String name, @Nullable Object value) {
        names.put(name, value);
    }
}
