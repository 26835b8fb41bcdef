package dev.hone.engine.rules;

import dev.hone.dsl.Expression;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.Feel.Comparison;
import dev.hone.dsl.feel.FeelText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the parts of a condition that {@code and} joins: one constraint of the rule in the rule base.
 *
 * <p>A conjunct says yes or no only where FEEL says so whatever the other conjuncts are. Everything else, a wrong type
 * above all, it leaves to the interpreter, which sees the whole condition.
 */
sealed interface Conjunct {

    /** {@code vis.fraction >= threshold}. */
    record Compares(Comparison operator, Operand left, Operand right) implements Conjunct {}

    /** {@code vis.pass}, {@code not(vis.pass)}. */
    record Is(Operand operand, boolean value) implements Conjunct {}

    record Other(Expression expression) implements Conjunct {}

    /** In the order of the text. */
    static List<Conjunct> of(Expression when) {
        List<Conjunct> conjuncts = new ArrayList<>();
        split(when.feel(), when, conjuncts);
        return List.copyOf(conjuncts);
    }

    private static void split(Feel feel, Expression when, List<Conjunct> into) {
        if (feel instanceof Feel.And(Feel left, Feel right)) {
            split(left, when, into);
            split(right, when, into);
        } else {
            into.add(simple(feel).orElseGet(() -> new Other(new Expression(FeelText.print(feel), feel, when.where()))));
        }
    }

    private static Optional<Conjunct> simple(Feel feel) {
        if (feel instanceof Feel.Compare(Comparison operator, Feel left, Feel right)) {
            return Operand.of(left).flatMap(l -> Operand.of(right).map(r -> new Compares(operator, l, r)));
        }
        if (feel instanceof Feel.Invoke(String function, List<Feel> arguments)
                && function.equals("not")
                && arguments.size() == 1) {
            return Operand.of(arguments.getFirst()).map(operand -> new Is(operand, false));
        }
        return Operand.of(feel).map(operand -> new Is(operand, true));
    }

    default Truth in(Fact fact, Interpreter interpreter) {
        return switch (this) {
            case Compares(Comparison operator, Operand left, Operand right) ->
                compare(operator, left.in(fact), right.in(fact));
            case Is(Operand operand, boolean value) ->
                operand.in(fact) instanceof Boolean actual ? Truth.of(actual == value) : Truth.UNDECIDED;
            case Other(Expression expression) -> interpreter.ask(expression, fact);
        };
    }

    private static Truth compare(Comparison operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof BigDecimal l && right instanceof BigDecimal r) {
            return Truth.of(ordered(operator, l.compareTo(r)));
        }
        return switch (operator) {
            case EQUAL -> equal(left, right);
            case NOT_EQUAL -> equal(left, right).not();
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Truth.UNDECIDED;
        };
    }

    private static Truth equal(@Nullable Object left, @Nullable Object right) {
        boolean comparable = (left instanceof String && right instanceof String)
                || (left instanceof Boolean && right instanceof Boolean)
                || (isPlain(left) && right == null)
                || (left == null && isPlain(right));
        return comparable ? Truth.of(Objects.equals(left, right)) : Truth.UNDECIDED;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof BigDecimal;
    }

    private static boolean ordered(Comparison operator, int sign) {
        return switch (operator) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case LESS -> sign < 0;
            case LESS_OR_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_OR_EQUAL -> sign >= 0;
        };
    }
}
