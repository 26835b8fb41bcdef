package dev.hone.dsl.feel;

import dev.hone.dsl.feel.Feel.ArithmeticOperator;
import dev.hone.dsl.feel.Feel.Comparison;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The canonical text of an expression: one space around operators, brackets only where they are needed. */
public final class FeelText {

    /** How tightly a construct binds; what stands inside a tighter one needs brackets. */
    private enum Level {
        LOOSE,
        OR,
        AND,
        COMPARISON,
        SUM,
        PRODUCT,
        POWER,
        NEGATION,
        VALUE
    }

    private FeelText() {}

    /** Reading the result gives an equal tree. */
    public static String print(Feel feel) {
        return switch (feel) {
            case Feel.Null() -> "null";
            case Feel.Bool(boolean value) -> Boolean.toString(value);
            case Feel.Num(var value) -> value.toPlainString();
            case Feel.Text(String value) -> quote(value);
            case Feel.Name(String name) -> name(name);
            case Feel.Field(Feel of, String field) -> at(Level.VALUE, of) + "." + name(field);
            case Feel.Negate(Feel operand) -> "-" + at(Level.VALUE, operand);
            case Feel.Arithmetic(ArithmeticOperator operator, Feel left, Feel right) -> {
                Level level = level(feel);
                yield at(level, left) + " " + symbol(operator) + " " + at(above(level), right);
            }
            case Feel.Compare(Comparison operator, Feel left, Feel right) ->
                at(Level.SUM, left) + " " + symbol(operator) + " " + at(Level.SUM, right);
            case Feel.And(Feel left, Feel right) ->
                unambiguous(at(Level.AND, left) + " and ", at(Level.COMPARISON, right));
            case Feel.Or(Feel left, Feel right) -> at(Level.OR, left) + " or " + at(Level.AND, right);
            case Feel.Invoke(String function, List<Feel> arguments) -> function + "(" + list(arguments) + ")";
            case Feel.If(Feel condition, Feel then, Feel otherwise) ->
                "if " + print(condition) + " then " + print(then) + " else " + print(otherwise);
            case Feel.ListOf(List<Feel> items) -> "[" + list(items) + "]";
            case Feel.Context(Map<String, Feel> entries) ->
                entries.entrySet().stream()
                        .map(e -> key(e.getKey()) + ": " + print(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Feel.Range(Feel first, Feel last) -> at(Level.SUM, first) + ".." + at(Level.SUM, last);
            case Feel.Filter(Feel list, Feel filter) -> at(Level.VALUE, list) + "[" + print(filter) + "]";
            case Feel.For(Map<String, Feel> iterators, Feel result) ->
                "for " + iterators(iterators) + " return " + print(result);
            case Feel.Quantified(boolean every, Map<String, Feel> iterators, Feel condition) ->
                (every ? "every " : "some ") + iterators(iterators) + " satisfies " + print(condition);
            case Feel.Other(String construct, List<Feel> parts) -> other(construct, parts);
        };
    }

    private static String other(String construct, List<Feel> parts) {
        if (construct.equals(Feel.Other.BETWEEN)) {
            return at(Level.SUM, parts.get(0)) + " between " + at(Level.SUM, parts.get(1)) + " and "
                    + at(Level.SUM, parts.get(2));
        }
        return at(Level.SUM, parts.getFirst()) + " " + construct;
    }

    /** {@code date and time(x)} would be the call of one function. */
    private static String unambiguous(String left, String right) {
        return left.endsWith("date and ") && right.startsWith("time(") ? left + "(" + right + ")" : left + right;
    }

    private static String at(Level least, Feel feel) {
        String text = print(feel);
        return level(feel).compareTo(least) < 0 ? "(" + text + ")" : text;
    }

    private static Level level(Feel feel) {
        return switch (feel) {
            case Feel.If i -> Level.LOOSE;
            case Feel.For f -> Level.LOOSE;
            case Feel.Quantified q -> Level.LOOSE;
            case Feel.Or o -> Level.OR;
            case Feel.And a -> Level.AND;
            case Feel.Compare c -> Level.COMPARISON;
            case Feel.Other o -> Level.COMPARISON;
            case Feel.Range r -> Level.COMPARISON;
            case Feel.Arithmetic(ArithmeticOperator operator, Feel left, Feel right) ->
                switch (operator) {
                    case ADD, SUBTRACT -> Level.SUM;
                    case MULTIPLY, DIVIDE -> Level.PRODUCT;
                    case POWER -> Level.POWER;
                };
            case Feel.Negate n -> Level.NEGATION;
            case Feel.Null n -> Level.VALUE;
            case Feel.Bool b -> Level.VALUE;
            case Feel.Num n -> Level.VALUE;
            case Feel.Text t -> Level.VALUE;
            case Feel.Name n -> Level.VALUE;
            case Feel.Field f -> Level.VALUE;
            case Feel.Invoke i -> Level.VALUE;
            case Feel.ListOf l -> Level.VALUE;
            case Feel.Context c -> Level.VALUE;
            case Feel.Filter f -> Level.VALUE;
        };
    }

    private static Level above(Level level) {
        return Level.values()[level.ordinal() + 1];
    }

    private static String list(List<Feel> items) {
        return items.stream().map(FeelText::print).collect(Collectors.joining(", "));
    }

    private static String iterators(Map<String, Feel> iterators) {
        return iterators.entrySet().stream()
                .map(e -> name(e.getKey()) + " in "
                        + (e.getValue() instanceof Feel.Range ? print(e.getValue()) : at(Level.VALUE, e.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String name(String name) {
        return FeelReader.isName(name) ? name : "`" + name + "`";
    }

    private static String key(String key) {
        return FeelReader.isName(key) ? key : quote(key);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String symbol(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case POWER -> "**";
        };
    }

    private static String symbol(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }
}
