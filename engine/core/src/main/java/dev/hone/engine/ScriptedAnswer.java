package dev.hone.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.ScriptedPerson.Script;
import dev.hone.dsl.Value;
import dev.hone.dsl.Where;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import dev.hone.engine.work.Iteration;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.Seeds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted person says to one question. It depends on the script, on what is shown, on what the run was started with
 * and on where the question stands, and on nothing else: whoever asks again hears the same.
 *
 * @param given the answer, as anybody would give it: a choice counts in the order shown
 * @param delay seconds that pass before it is given
 * @param seconds that the person is said to have taken
 */
record ScriptedAnswer(ObjectNode given, double delay, double seconds) {

    private static final FeelInterpreter FEEL = new FeelInterpreter();

    /**
     * Empty when the person says nothing.
     *
     * @throws EngineException when the script gives no answer that fits
     */
    static Optional<ScriptedAnswer> of(Script script, Question question, RunSetup setup) {
        SplittableRandom chance = new SplittableRandom(Seeds.at(setup.seed(), question.step(), question.iteration()));
        Expressions expressions = new Expressions(question, names(question, setup, chance));
        Object said = expressions.value(script.answer());
        if (said == null) {
            if (question.patience().isEmpty()) {
                throw refused(
                        script.answer().where(),
                        "the scripted person says nothing to " + question.id()
                                + ", which waits until somebody answers.",
                        "Give the step a timeout, or an answer to each of its questions.");
            }
            return Optional.empty();
        }
        boolean errs = chance.nextDouble() < expressions.number(script.error(), 1, 0);
        ObjectNode given = Json.object();
        switch (script.field()) {
            case CHOICE -> given.put("choice", choice(script, question, said, errs, chance));
            case APPROVED -> given.put("approved", said instanceof Boolean approved ? approved != errs : null);
            case RATING, TEXT, LABEL -> given.set(script.field().word(), Json.node(said));
        }
        double delay = expressions.number(script.delay(), Integer.MAX_VALUE, 0);
        return Optional.of(
                new ScriptedAnswer(given, delay, expressions.number(script.seconds(), Integer.MAX_VALUE, delay)));
    }

    private static Map<String, @Nullable Object> names(Question question, RunSetup setup, SplittableRandom chance) {
        Map<String, @Nullable Object> names = new HashMap<>(Json.plainObject(setup.params()));
        names.putAll(Json.plainObject(setup.inputs()));
        Iteration iteration = Iteration.parse(question.iteration());
        Map<String, @Nullable Object> at = new HashMap<>();
        BigDecimal round = BigDecimal.ZERO;
        for (Iteration.Index index : iteration.indices()) {
            round = BigDecimal.valueOf(index.at());
            at.put(index.scope(), round);
        }
        names.put("round", round);
        names.put("at", at);
        names.put("random", BigDecimal.valueOf(chance.nextDouble()));
        names.put("normal", BigDecimal.valueOf(chance.nextGaussian()));
        question.show().forEach((name, value) -> names.put(name, Json.plain(value)));
        return names;
    }

    /** Where it stands among what is shown, from 1; of a person who errs, where anything else stands. */
    private static int choice(Script script, Question question, Object said, boolean errs, SplittableRandom chance) {
        List<String> written = List.copyOf(question.show().keySet());
        String chosen = switch (said) {
            case BigDecimal number
            when number.stripTrailingZeros().scale() <= 0
                    && number.signum() > 0
                    && number.compareTo(BigDecimal.valueOf(written.size())) <= 0 -> written.get(number.intValue() - 1);
            case String name when written.contains(name) -> name;
            default ->
                throw refused(
                        script.answer().where(),
                        "the scripted person chooses " + said + " of " + question.id() + ", where there are "
                                + String.join(", ", written) + ".",
                        "Choose one by its name, or by its number as the workflow lists it.");
        };
        List<String> others =
                written.stream().filter(name -> !name.equals(chosen)).toList();
        String heard = errs && !others.isEmpty() ? others.get(chance.nextInt(others.size())) : chosen;
        return 1 + question.order().indexOf(heard);
    }

    private static EngineException refused(Where where, String what, String fix) {
        return new EngineException(List.of(Problem.at(where, ProblemCode.EXPRESSION_FAILED, what, fix)));
    }

    /** Computes the expressions of a script over what the person knows. */
    private record Expressions(Question question, Map<String, @Nullable Object> names) {

        @Nullable
        Object value(Value value) {
            return switch (value) {
                case Value.Nothing nothing -> null;
                case Value.Text text -> text.text();
                case Value.Number number -> number.number();
                case Value.Bool bool -> bool.bool();
                case Value.Items items ->
                    throw refused(items.where(), "an answer is not a list.", "Give a single value.");
                case Value.Fields fields ->
                    throw refused(fields.where(), "an answer is not a mapping.", "Give a single value.");
                case Value.Computed(Expression expression) -> evaluate(expression);
            };
        }

        private @Nullable Object evaluate(Expression expression) {
            try {
                return FEEL.evaluate(expression, names);
            } catch (FeelFailure e) {
                throw refused(
                        expression.where(),
                        "'" + expression.text() + "' has no value for " + question.id() + ": " + e.getMessage(),
                        "Correct the expression; it reads what is shown, the inputs and the parameters.");
            }
        }

        /** A number from 0 to {@code most}. */
        double number(Optional<Expression> wanted, double most, double otherwise) {
            if (wanted.isEmpty()) {
                return otherwise;
            }
            Expression expression = wanted.get();
            Object value = evaluate(expression);
            if (value instanceof BigDecimal number && number.doubleValue() >= 0 && number.doubleValue() <= most) {
                return number.doubleValue();
            }
            throw refused(
                    expression.where(),
                    "'" + expression.text() + "' is " + value + " for " + question.id() + ".",
                    "Give a number from 0 to " + (most <= 1 ? "1" : "2147483647") + ".");
        }
    }
}
