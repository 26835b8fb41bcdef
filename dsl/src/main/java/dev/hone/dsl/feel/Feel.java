package dev.hone.dsl.feel;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The syntax tree of a FEEL expression (OMG DMN 1.4, chapter 10), reduced to what checks, certificates and rules look at.
 */
public sealed interface Feel {

    record Null() implements Feel {}

    record Bool(boolean value) implements Feel {}

    record Num(BigDecimal value) implements Feel {}

    record Text(String value) implements Feel {}

    /** A name of the surrounding scope. */
    record Name(String name) implements Feel {}

    /** {@code of.field}. */
    record Field(Feel of, String field) implements Feel {}

    record Negate(Feel operand) implements Feel {}

    record Arithmetic(ArithmeticOperator operator, Feel left, Feel right) implements Feel {}

    record Compare(Comparison operator, Feel left, Feel right) implements Feel {}

    record And(Feel left, Feel right) implements Feel {}

    record Or(Feel left, Feel right) implements Feel {}

    /** A call of a built-in function, {@code not(...)} included; arguments by position. */
    record Invoke(String function, List<Feel> arguments) implements Feel {}

    record If(Feel condition, Feel then, Feel otherwise) implements Feel {}

    record ListOf(List<Feel> items) implements Feel {}

    record Context(Map<String, Feel> entries) implements Feel {}

    /** {@code first..last}: the numbers from the first to the last, none when the last is less. */
    record Range(Feel first, Feel last) implements Feel {}

    /** {@code list[filter]}: inside the filter {@code item} and the item's own fields are names. */
    record Filter(Feel list, Feel filter) implements Feel {}

    /** {@code for name in list return result}. */
    record For(Map<String, Feel> iterators, Feel result) implements Feel {}

    /** {@code some|every name in list satisfies condition}. */
    record Quantified(boolean every, Map<String, Feel> iterators, Feel condition) implements Feel {}

    /**
     * A construct that FEEL has and the checks do not look into further.
     *
     * @param parts its sub-expressions, so that names in them are still seen
     */
    record Other(String construct, List<Feel> parts) implements Feel {
        /** {@code value between first and last}: three parts. */
        public static final String BETWEEN = "between";

        /** Followed by the name of a type; one part. */
        public static final String INSTANCE_OF = "instance of ";
    }

    enum ArithmeticOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        POWER
    }

    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
