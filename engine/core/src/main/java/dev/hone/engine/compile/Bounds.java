package dev.hone.engine.compile;

import dev.hone.dsl.Expression;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import dev.hone.dsl.feel.FeelText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How large a number or a list can be at most, as far as the parameters tell. */
final class Bounds {

    private static final FeelInterpreter FEEL = new FeelInterpreter();

    private final Map<String, @Nullable Object> params;
    private final Map<String, Long> lists = new HashMap<>();

    Bounds(Map<String, @Nullable Object> params) {
        this.params = params;
    }

    /** Remembers that the list under {@code name} has at most {@code size} items. */
    void list(String name, long size) {
        lists.put(name, size);
    }

    /** The value of a whole number that depends on parameters alone. */
    OptionalLong number(Expression expression) {
        try {
            Object value = FEEL.evaluate(expression, params);
            return value instanceof BigDecimal number
                    ? OptionalLong.of(number.setScale(0, RoundingMode.DOWN).longValueExact())
                    : OptionalLong.empty();
        } catch (FeelFailure | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** A number that depends on parameters alone, in millionths. */
    OptionalLong micros(Expression expression) {
        try {
            Object value = FEEL.evaluate(expression, params);
            return value instanceof BigDecimal number
                    ? OptionalLong.of(number.movePointRight(6)
                            .setScale(0, RoundingMode.DOWN)
                            .longValueExact())
                    : OptionalLong.empty();
        } catch (FeelFailure | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** The most items of a list. */
    OptionalLong size(Expression expression) {
        return size(expression.feel(), expression);
    }

    private OptionalLong size(Feel feel, Expression whole) {
        return switch (feel) {
            case Feel.Range range -> {
                OptionalLong first = number(part(range.first(), whole));
                OptionalLong last = number(part(range.last(), whole));
                yield first.isPresent() && last.isPresent()
                        ? OptionalLong.of(Math.max(0, last.getAsLong() - first.getAsLong() + 1))
                        : OptionalLong.empty();
            }
            case Feel.ListOf list -> OptionalLong.of(list.items().size());
            case Feel.Name name -> {
                Long known = lists.get(name.name());
                yield known == null ? OptionalLong.empty() : OptionalLong.of(known);
            }
            case Feel.Filter filter -> size(filter.list(), whole);
            case Feel.For each -> {
                long product = 1;
                for (Feel iterator : each.iterators().values()) {
                    OptionalLong one = size(iterator, whole);
                    if (one.isEmpty()) {
                        yield OptionalLong.empty();
                    }
                    product = times(product, one.getAsLong());
                }
                yield OptionalLong.of(product);
            }
            case Feel.Invoke invoke ->
                switch (invoke.function()) {
                    case "reverse", "sort", "distinct values", "sublist" ->
                        invoke.arguments().isEmpty()
                                ? OptionalLong.empty()
                                : size(invoke.arguments().getFirst(), whole);
                    default -> OptionalLong.empty();
                };
            case Feel.If choice -> {
                OptionalLong then = size(choice.then(), whole);
                OptionalLong otherwise = size(choice.otherwise(), whole);
                yield then.isPresent() && otherwise.isPresent()
                        ? OptionalLong.of(Math.max(then.getAsLong(), otherwise.getAsLong()))
                        : OptionalLong.empty();
            }
            case Feel.Null n -> OptionalLong.empty();
            case Feel.Bool b -> OptionalLong.empty();
            case Feel.Num n -> OptionalLong.empty();
            case Feel.Text t -> OptionalLong.empty();
            case Feel.Field f -> OptionalLong.empty();
            case Feel.Negate n -> OptionalLong.empty();
            case Feel.Arithmetic a -> OptionalLong.empty();
            case Feel.Compare c -> OptionalLong.empty();
            case Feel.And a -> OptionalLong.empty();
            case Feel.Or o -> OptionalLong.empty();
            case Feel.Context c -> OptionalLong.empty();
            case Feel.Quantified q -> OptionalLong.empty();
            case Feel.Other o -> OptionalLong.empty();
        };
    }

    private static Expression part(Feel feel, Expression whole) {
        return new Expression(FeelText.print(feel), feel, whole.where());
    }

    /** A product that stays at the largest long instead of wrapping. */
    static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        return high == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
