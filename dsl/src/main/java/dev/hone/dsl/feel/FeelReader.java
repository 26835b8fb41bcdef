package dev.hone.dsl.feel;

import dev.hone.dsl.feel.Feel.ArithmeticOperator;
import dev.hone.dsl.feel.Feel.Comparison;
import dev.hone.dsl.feel.FeelToken.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an expression: recursive descent, one method a level of precedence, time linear in the length of the text.
 *
 * <p>feel-engine's own parser is not used: it backtracks, so that the time to read {@code f((f((...} grows threefold with
 * every level, and its errors name the wrong place. What is read here means the same there; a property test holds that.
 */
public final class FeelReader {

    /** Longest text that is read, in UTF-16 units. */
    public static final int MAX_LENGTH = 4_000;

    /** Most brackets, {@code if}s and {@code for}s inside one another. */
    public static final int MAX_NESTING = 60;

    /** Most operators, calls, fields and filters of one expression: bounds the height of the tree. */
    public static final int MAX_OPERATORS = 400;

    static final Set<String> KEYWORDS = Set.of(
            "null",
            "true",
            "false",
            "function",
            "in",
            "if",
            "then",
            "else",
            "for",
            "return",
            "some",
            "every",
            "satisfies",
            "and",
            "or",
            "between",
            "instance",
            "of");

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "=",
            Comparison.EQUAL,
            "!=",
            Comparison.NOT_EQUAL,
            "<",
            Comparison.LESS,
            "<=",
            Comparison.LESS_OR_EQUAL,
            ">",
            Comparison.GREATER,
            ">=",
            Comparison.GREATER_OR_EQUAL);

    private final FeelCursor cursor;
    private final FeelValues values;

    private FeelReader(FeelCursor cursor) {
        this.cursor = cursor;
        this.values = new FeelValues(cursor, this);
    }

    /** Whether the word can be the name of a value without backticks. */
    public static boolean isName(String word) {
        return !word.isEmpty()
                && Character.isJavaIdentifierStart(word.charAt(0))
                && word.chars().allMatch(Character::isJavaIdentifierPart)
                && !KEYWORDS.contains(word);
    }

    /** @throws FeelSyntaxException when the text is not an expression, or longer or deeper than the limits */
    public static Feel read(String text) throws FeelSyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new FeelSyntaxException(
                    MAX_LENGTH,
                    "The expression is " + text.length() + " characters long; " + MAX_LENGTH + " are allowed.");
        }
        FeelReader reader = new FeelReader(new FeelCursor(FeelLexer.cut(text)));
        Feel feel = reader.expression();
        reader.cursor.expectEnd();
        return feel;
    }

    Feel expression() throws FeelSyntaxException {
        cursor.enter();
        Feel feel = cursor.peek().is("if")
                ? choice()
                : cursor.peek().is("for")
                        ? iteration()
                        : cursor.peek().is("some") || cursor.peek().is("every") ? quantified() : disjunction();
        cursor.leave();
        return feel;
    }

    private Feel choice() throws FeelSyntaxException {
        cursor.expect("if");
        Feel condition = expression();
        cursor.expect("then");
        Feel then = expression();
        cursor.expect("else");
        return new Feel.If(condition, then, expression());
    }

    private Feel iteration() throws FeelSyntaxException {
        cursor.expect("for");
        Map<String, Feel> iterators = iterators();
        cursor.expect("return");
        return new Feel.For(iterators, expression());
    }

    private Feel quantified() throws FeelSyntaxException {
        boolean every = cursor.take().is("every");
        Map<String, Feel> iterators = iterators();
        cursor.expect("satisfies");
        return new Feel.Quantified(every, iterators, expression());
    }

    private Map<String, Feel> iterators() throws FeelSyntaxException {
        Map<String, Feel> iterators = new LinkedHashMap<>();
        do {
            int offset = cursor.peek().offset();
            String name = values.name();
            cursor.expect("in");
            if (iterators.put(name, rangeOrSum()) != null) {
                throw new FeelSyntaxException(offset, "The name '" + name + "' is used twice.");
            }
        } while (cursor.accept(","));
        return iterators;
    }

    private Feel disjunction() throws FeelSyntaxException {
        Feel left = conjunction();
        while (cursor.accept("or")) {
            cursor.count();
            left = new Feel.Or(left, conjunction());
        }
        return left;
    }

    private Feel conjunction() throws FeelSyntaxException {
        Feel left = comparison();
        while (cursor.accept("and")) {
            cursor.count();
            left = new Feel.And(left, comparison());
        }
        return left;
    }

    private Feel comparison() throws FeelSyntaxException {
        Feel left = rangeOrSum();
        Comparison comparison = cursor.peek().kind() == Kind.SYMBOL
                ? COMPARISONS.get(cursor.peek().text())
                : null;
        if (comparison != null) {
            cursor.count();
            cursor.take();
            return new Feel.Compare(comparison, left, sum());
        }
        if (cursor.accept("between")) {
            cursor.count();
            Feel first = sum();
            cursor.expect("and");
            return between(left, first, sum());
        }
        if (cursor.accept("in")) {
            cursor.count();
            Feel list = rangeOrSum();
            return list instanceof Feel.Range(Feel first, Feel last)
                    ? between(left, first, last)
                    : new Feel.Invoke("list contains", List.of(list, left));
        }
        if (cursor.peek().is("instance") && cursor.peekNext().is("of")) {
            cursor.count();
            cursor.take();
            cursor.take();
            return new Feel.Other(Feel.Other.INSTANCE_OF + values.name(), List.of(left));
        }
        return left;
    }

    /** Two comparisons, unless that would repeat a computation. */
    private static Feel between(Feel value, Feel first, Feel last) {
        return value instanceof Feel.Name || value instanceof Feel.Field
                ? new Feel.And(
                        new Feel.Compare(Comparison.GREATER_OR_EQUAL, value, first),
                        new Feel.Compare(Comparison.LESS_OR_EQUAL, value, last))
                : new Feel.Other(Feel.Other.BETWEEN, List.of(value, first, last));
    }

    /** {@code first..last} is a list wherever a list can stand, not only after {@code for name in}. */
    private Feel rangeOrSum() throws FeelSyntaxException {
        Feel first = sum();
        if (!cursor.accept("..")) {
            return first;
        }
        cursor.count();
        return new Feel.Range(first, sum());
    }

    private Feel sum() throws FeelSyntaxException {
        Feel left = product();
        while (cursor.peek().is("+") || cursor.peek().is("-")) {
            cursor.count();
            ArithmeticOperator operator = cursor.take().is("+") ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
            left = new Feel.Arithmetic(operator, left, product());
        }
        return left;
    }

    private Feel product() throws FeelSyntaxException {
        Feel left = power();
        while (cursor.peek().is("*") || cursor.peek().is("/")) {
            cursor.count();
            ArithmeticOperator operator =
                    cursor.take().is("*") ? ArithmeticOperator.MULTIPLY : ArithmeticOperator.DIVIDE;
            left = new Feel.Arithmetic(operator, left, power());
        }
        return left;
    }

    private Feel power() throws FeelSyntaxException {
        Feel left = negation();
        while (cursor.accept("**")) {
            cursor.count();
            left = new Feel.Arithmetic(ArithmeticOperator.POWER, left, negation());
        }
        return left;
    }

    private Feel negation() throws FeelSyntaxException {
        if (cursor.accept("-")) {
            cursor.count();
            return new Feel.Negate(values.value());
        }
        return values.value();
    }
}
