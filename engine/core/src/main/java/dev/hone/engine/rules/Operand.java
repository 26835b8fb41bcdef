package dev.hone.engine.rules;

import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A side of a comparison that needs no interpreter: a literal, or a path from a name of the fact. */
sealed interface Operand {

    /** What a path reads that leads through something else than a map. */
    Object UNREADABLE = new Object();

    record Literal(@Nullable Object value) implements Operand {}

    record Path(String root, List<String> fields) implements Operand {}

    static Optional<Operand> of(Feel feel) {
        return switch (feel) {
            case Feel.Null() -> Optional.of(new Literal(null));
            case Feel.Bool(boolean value) -> Optional.of(new Literal(value));
            case Feel.Num(BigDecimal value) -> Optional.of(new Literal(value));
            case Feel.Text(String value) -> Optional.of(new Literal(value));
            case Feel.Name name -> path(name);
            case Feel.Field field -> path(field);
            case Feel.Negate n -> Optional.empty();
            case Feel.Arithmetic a -> Optional.empty();
            case Feel.Compare c -> Optional.empty();
            case Feel.And a -> Optional.empty();
            case Feel.Or o -> Optional.empty();
            case Feel.Invoke i -> Optional.empty();
            case Feel.If i -> Optional.empty();
            case Feel.ListOf l -> Optional.empty();
            case Feel.Context c -> Optional.empty();
            case Feel.Range r -> Optional.empty();
            case Feel.Filter f -> Optional.empty();
            case Feel.For f -> Optional.empty();
            case Feel.Quantified q -> Optional.empty();
            case Feel.Other o -> Optional.empty();
        };
    }

    private static Optional<Operand> path(Feel feel) {
        List<String> fields = new ArrayList<>();
        Feel of = feel;
        while (of instanceof Feel.Field(Feel inner, String field)) {
            fields.addFirst(field);
            of = inner;
        }
        return of instanceof Feel.Name(String root)
                ? Optional.of(new Path(root, List.copyOf(fields)))
                : Optional.empty();
    }

    /** A number always as {@code BigDecimal}. */
    default @Nullable Object in(Fact fact) {
        return switch (this) {
            case Literal(Object value) -> value;
            case Path(String root, List<String> fields) -> exact(follow(fact.read(root), fields));
        };
    }

    static @Nullable Object follow(@Nullable Object from, List<String> fields) {
        Object value = from;
        for (String field : fields) {
            if (!(value instanceof Map<?, ?> map)) {
                return UNREADABLE;
            }
            value = map.get(field);
        }
        return value;
    }

    private static @Nullable Object exact(@Nullable Object value) {
        return switch (value) {
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case BigInteger number -> new BigDecimal(number);
            case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
            case null, default -> value;
        };
    }
}
