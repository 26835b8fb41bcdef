package dev.hone.dsl.feel;

import dev.hone.dsl.feel.Feel.ArithmeticOperator;
import dev.hone.dsl.feel.Feel.Comparison;
import dev.hone.dsl.feel.FeelToken.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
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

    private static final Set<String> KEYWORDS = Set.of(
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

    private final List<FeelToken> tokens;
    private int at;
    private int nesting;
    private int operators;

    private FeelReader(List<FeelToken> tokens) {
        this.tokens = tokens;
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
        FeelReader reader = new FeelReader(FeelLexer.cut(text));
        Feel feel = reader.expression();
        if (reader.peek().kind() != Kind.END) {
            throw reader.unexpected("an operator or the end");
        }
        return feel;
    }

    private Feel expression() throws FeelSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw new FeelSyntaxException(
                    peek().offset(), "The expression is nested more than " + MAX_NESTING + " levels deep.");
        }
        Feel feel = peek().is("if")
                ? choice()
                : peek().is("for")
                        ? iteration()
                        : peek().is("some") || peek().is("every") ? quantified() : disjunction();
        nesting--;
        return feel;
    }

    private Feel choice() throws FeelSyntaxException {
        expect("if");
        Feel condition = expression();
        expect("then");
        Feel then = expression();
        expect("else");
        return new Feel.If(condition, then, expression());
    }

    private Feel iteration() throws FeelSyntaxException {
        expect("for");
        Map<String, Feel> iterators = iterators();
        expect("return");
        return new Feel.For(iterators, expression());
    }

    private Feel quantified() throws FeelSyntaxException {
        boolean every = take().is("every");
        Map<String, Feel> iterators = iterators();
        expect("satisfies");
        return new Feel.Quantified(every, iterators, expression());
    }

    private Map<String, Feel> iterators() throws FeelSyntaxException {
        Map<String, Feel> iterators = new LinkedHashMap<>();
        do {
            int offset = peek().offset();
            String name = name();
            expect("in");
            if (iterators.put(name, rangeOrSum()) != null) {
                throw new FeelSyntaxException(offset, "The name '" + name + "' is used twice.");
            }
        } while (accept(","));
        return iterators;
    }

    private Feel disjunction() throws FeelSyntaxException {
        Feel left = conjunction();
        while (accept("or")) {
            count();
            left = new Feel.Or(left, conjunction());
        }
        return left;
    }

    private Feel conjunction() throws FeelSyntaxException {
        Feel left = comparison();
        while (accept("and")) {
            count();
            left = new Feel.And(left, comparison());
        }
        return left;
    }

    private Feel comparison() throws FeelSyntaxException {
        Feel left = rangeOrSum();
        Comparison comparison = peek().kind() == Kind.SYMBOL ? COMPARISONS.get(peek().text()) : null;
        if (comparison != null) {
            count();
            take();
            return new Feel.Compare(comparison, left, sum());
        }
        if (accept("between")) {
            count();
            Feel first = sum();
            expect("and");
            return between(left, first, sum());
        }
        if (accept("in")) {
            count();
            Feel list = rangeOrSum();
            return list instanceof Feel.Range(Feel first, Feel last)
                    ? between(left, first, last)
                    : new Feel.Invoke("list contains", List.of(list, left));
        }
        if (peek().is("instance") && peekNext().is("of")) {
            count();
            take();
            take();
            return new Feel.Other(Feel.Other.INSTANCE_OF + name(), List.of(left));
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
        if (!accept("..")) {
            return first;
        }
        count();
        return new Feel.Range(first, sum());
    }

    private Feel sum() throws FeelSyntaxException {
        Feel left = product();
        while (peek().is("+") || peek().is("-")) {
            count();
            ArithmeticOperator operator = take().is("+") ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
            left = new Feel.Arithmetic(operator, left, product());
        }
        return left;
    }

    private Feel product() throws FeelSyntaxException {
        Feel left = power();
        while (peek().is("*") || peek().is("/")) {
            count();
            ArithmeticOperator operator = take().is("*") ? ArithmeticOperator.MULTIPLY : ArithmeticOperator.DIVIDE;
            left = new Feel.Arithmetic(operator, left, power());
        }
        return left;
    }

    private Feel power() throws FeelSyntaxException {
        Feel left = negation();
        while (accept("**")) {
            count();
            left = new Feel.Arithmetic(ArithmeticOperator.POWER, left, negation());
        }
        return left;
    }

    private Feel negation() throws FeelSyntaxException {
        if (accept("-")) {
            count();
            return new Feel.Negate(value());
        }
        return value();
    }

    private Feel value() throws FeelSyntaxException {
        Feel value = primary();
        while (true) {
            if (accept(".")) {
                count();
                value = new Feel.Field(value, fieldName());
                if (peek().is("(")) {
                    throw mistake(
                            "A value has no functions; a function takes the value as its argument, as in count(list).");
                }
            } else if (accept("[")) {
                count();
                value = new Feel.Filter(value, expression());
                expect("]");
            } else {
                return value;
            }
        }
    }

    private Feel primary() throws FeelSyntaxException {
        FeelToken token = peek();
        return switch (token.kind()) {
            case NUMBER -> new Feel.Num(new BigDecimal(take().text()));
            case STRING -> new Feel.Text(take().text());
            case QUOTED_NAME -> new Feel.Name(take().text());
            case WORD -> word();
            case SYMBOL -> bracket();
            case END -> throw unexpected("a value");
        };
    }

    private Feel word() throws FeelSyntaxException {
        for (List<String> words : FeelFunctions.OF_SEVERAL_WORDS) {
            if (isCallOf(words)) {
                int offset = peek().offset();
                at += words.size();
                return invocation(String.join(" ", words), offset);
            }
        }
        FeelToken token = peek();
        if (token.is("function")) {
            throw mistake("An expression cannot define functions.");
        }
        if (peekNext().is("(") && !KEYWORDS.contains(token.text())) {
            take();
            return invocation(token.text(), token.offset());
        }
        return switch (token.text()) {
            case "null" -> constant(new Feel.Null());
            case "true" -> constant(new Feel.Bool(true));
            case "false" -> constant(new Feel.Bool(false));
            default -> new Feel.Name(name());
        };
    }

    private Feel constant(Feel value) {
        take();
        return value;
    }

    private boolean isCallOf(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words.get(i))) {
                return false;
            }
        }
        return at + words.size() < tokens.size()
                && tokens.get(at + words.size()).is("(");
    }

    private Feel invocation(String function, int offset) throws FeelSyntaxException {
        count();
        expect("(");
        List<Feel> arguments = new ArrayList<>();
        if (!peek().is(")")) {
            do {
                if (peek().kind() == Kind.WORD && peekNext().is(":")) {
                    throw mistake("Arguments are given by position, without their names.");
                }
                arguments.add(expression());
            } while (accept(","));
        }
        expect(")");
        FeelFunctions.require(function, arguments.size(), offset);
        return new Feel.Invoke(function, List.copyOf(arguments));
    }

    private Feel bracket() throws FeelSyntaxException {
        if (accept("(")) {
            Feel inner = expression();
            expect(")");
            return inner;
        }
        if (accept("[")) {
            List<Feel> items = new ArrayList<>();
            while (!peek().is("]")) {
                items.add(expression());
                if (!accept(",")) {
                    break;
                }
            }
            expect("]");
            // FEEL's own notation of an interval; as a list it is the same numbers.
            return items.size() == 1 && items.getFirst() instanceof Feel.Range range
                    ? range
                    : new Feel.ListOf(List.copyOf(items));
        }
        if (accept("{")) {
            return context();
        }
        throw unexpected("a value");
    }

    private Feel context() throws FeelSyntaxException {
        Map<String, Feel> entries = new LinkedHashMap<>();
        while (!peek().is("}")) {
            FeelToken key = peek();
            String name = key.kind() == Kind.STRING ? take().text() : fieldName();
            expect(":");
            if (entries.put(name, expression()) != null) {
                throw new FeelSyntaxException(key.offset(), "The key '" + name + "' is used twice.");
            }
            if (!accept(",")) {
                break;
            }
        }
        expect("}");
        return new Feel.Context(entries);
    }

    private String name() throws FeelSyntaxException {
        FeelToken token = peek();
        if (token.kind() != Kind.QUOTED_NAME && (token.kind() != Kind.WORD || KEYWORDS.contains(token.text()))) {
            throw unexpected("a name");
        }
        return take().text();
    }

    /** After a dot a keyword cannot be meant. */
    private String fieldName() throws FeelSyntaxException {
        return peek().kind() == Kind.WORD ? take().text() : name();
    }

    private void count() throws FeelSyntaxException {
        if (++operators > MAX_OPERATORS) {
            throw new FeelSyntaxException(
                    peek().offset(), "The expression has more than " + MAX_OPERATORS + " operators.");
        }
    }

    private FeelToken peek() {
        return tokens.get(at);
    }

    private FeelToken peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    private FeelToken take() {
        return tokens.get(at++);
    }

    private boolean accept(String symbolOrWord) {
        if (peek().is(symbolOrWord)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbolOrWord) throws FeelSyntaxException {
        if (!accept(symbolOrWord)) {
            throw unexpected("'" + symbolOrWord + "'");
        }
    }

    private FeelSyntaxException mistake(String message) {
        return new FeelSyntaxException(peek().offset(), message);
    }

    private FeelSyntaxException unexpected(String expected) {
        return new FeelSyntaxException(peek().offset(), "Expected " + expected + ", found " + peek().shown() + ".");
    }
}
