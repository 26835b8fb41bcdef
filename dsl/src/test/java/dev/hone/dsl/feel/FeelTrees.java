package dev.hone.dsl.feel;

import dev.hone.dsl.feel.Feel.ArithmeticOperator;
import dev.hone.dsl.feel.Feel.Comparison;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random trees of the kind that the reader gives. */
final class FeelTrees {

    private static final List<String> NAMES = List.of("a", "b", "list", "date", "item", "in", "a b", "Δ", "then");

    private FeelTrees() {}

    enum Dialect {
        /** {@code a..b} may be anywhere. */
        HONE,
        /** What feel-engine reads rightly: its escape of a backslash before a quote is not undone. */
        FEEL
    }

    static Arbitrary<Feel> trees(int depth, Dialect dialect) {
        Arbitrary<Feel> leaf = leaves(dialect == Dialect.HONE ? "ab \"'\\\n\t√" : "ab '√");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Feel> part = trees(depth - 1, dialect);
        Arbitrary<String> name = Arbitraries.of(NAMES);
        Arbitrary<Map<String, Feel>> named = Combinators.combine(name, name, part, part)
                .as((one, two, first, second) -> {
                    Map<String, Feel> entries = new LinkedHashMap<>();
                    entries.put(one, first);
                    entries.put(two, second);
                    return entries;
                });
        Arbitrary<Feel> range = Combinators.combine(part, part).as(Feel.Range::new);
        Arbitrary<Feel> inner = Arbitraries.oneOf(
                Combinators.combine(part, name).as(Feel.Field::new),
                part.map(Feel.Negate::new),
                Combinators.combine(Arbitraries.of(ArithmeticOperator.class), part, part)
                        .as(Feel.Arithmetic::new),
                Combinators.combine(Arbitraries.of(Comparison.class), part, part)
                        .as(Feel.Compare::new),
                Combinators.combine(part, part).as(Feel.And::new),
                Combinators.combine(part, part).as(Feel.Or::new),
                Combinators.combine(Arbitraries.of("count", "not", "time", "string length"), part)
                        .as((function, argument) -> new Feel.Invoke(function, List.of(argument))),
                Combinators.combine(part, part, part).as(Feel.If::new),
                part.list().ofMaxSize(3).filter(FeelTrees::isNoInterval).map(Feel.ListOf::new),
                named.map(Feel.Context::new),
                Combinators.combine(part, part).as(Feel.Filter::new),
                Combinators.combine(named, part).as(Feel.For::new),
                Combinators.combine(Arbitraries.of(true, false), named, part).as(Feel.Quantified::new),
                Combinators.combine(part.filter(FeelTrees::isNoPath), part, part)
                        .as((value, first, last) -> new Feel.Other(Feel.Other.BETWEEN, List.of(value, first, last))),
                part.map(value -> new Feel.Other(Feel.Other.INSTANCE_OF + "number", List.of(value))));
        return dialect == Dialect.HONE ? Arbitraries.oneOf(leaf, inner, range) : Arbitraries.oneOf(leaf, inner);
    }

    private static Arbitrary<Feel> leaves(String chars) {
        return Arbitraries.oneOf(
                Arbitraries.just(new Feel.Null()),
                Arbitraries.of(true, false).map(Feel.Bool::new),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                        .ofScale(2)
                        .map(Feel.Num::new),
                Arbitraries.integers().between(0, 4).map(i -> new Feel.Num(BigDecimal.valueOf(i))),
                Arbitraries.strings().withChars(chars).ofMaxLength(4).map(Feel.Text::new),
                Arbitraries.of(NAMES).map(Feel.Name::new));
    }

    private static boolean isNoInterval(List<Feel> items) {
        return items.size() != 1 || !(items.getFirst() instanceof Feel.Range);
    }

    private static boolean isNoPath(Feel feel) {
        return !(feel instanceof Feel.Name || feel instanceof Feel.Field);
    }
}
