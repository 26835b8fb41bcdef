package dev.hone.dsl.feel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tests of a decision table's cells (OMG DMN 1.4, 10.3.1.2, grammar rules 7 to 18): {@code -}, a value, a comparison, a
 * range, several of these with commas, and {@code not(...)} around them.
 */
public final class UnaryTests {

    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern NOT = Pattern.compile("not\\s*\\((.+)\\)", Pattern.DOTALL);

    private UnaryTests() {}

    /**
     * The condition that a cell puts on an input.
     *
     * @return empty for a cell that holds of everything
     * @throws FeelSyntaxException when the cell is no test
     */
    public static Optional<Feel> read(String cell, Feel input) throws FeelSyntaxException {
        String text = cell.strip();
        if (text.equals("-")) {
            return Optional.empty();
        }
        Matcher not = NOT.matcher(text);
        if (not.matches()) {
            return Optional.of(new Feel.Invoke("not", List.of(any(not.group(1), input))));
        }
        return Optional.of(any(text, input));
    }

    private static Feel any(String text, Feel input) throws FeelSyntaxException {
        Feel any = null;
        for (String part : parts(text)) {
            Feel one = one(part.strip(), input);
            any = any == null ? one : new Feel.Or(any, one);
        }
        if (any == null) {
            throw new FeelSyntaxException(0, "It is empty.");
        }
        return any;
    }

    private static Feel one(String text, Feel input) throws FeelSyntaxException {
        Matcher comparison = COMPARISON.matcher(text);
        if (comparison.matches()) {
            Feel.Comparison operator = switch (comparison.group(1)) {
                case "<" -> Feel.Comparison.LESS;
                case "<=" -> Feel.Comparison.LESS_OR_EQUAL;
                case ">" -> Feel.Comparison.GREATER;
                default -> Feel.Comparison.GREATER_OR_EQUAL;
            };
            return new Feel.Compare(operator, input, FeelReader.read(comparison.group(2)));
        }
        int dots = text.indexOf("..");
        if (dots > 0 && "[(]".indexOf(text.charAt(0)) >= 0 && "])[".indexOf(text.charAt(text.length() - 1)) >= 0) {
            Feel.Comparison low = text.startsWith("[") ? Feel.Comparison.GREATER_OR_EQUAL : Feel.Comparison.GREATER;
            Feel.Comparison high = text.endsWith("]") ? Feel.Comparison.LESS_OR_EQUAL : Feel.Comparison.LESS;
            return new Feel.And(
                    new Feel.Compare(low, input, FeelReader.read(text.substring(1, dots))),
                    new Feel.Compare(high, input, FeelReader.read(text.substring(dots + 2, text.length() - 1))));
        }
        return new Feel.Compare(Feel.Comparison.EQUAL, input, FeelReader.read(text));
    }

    /** Between the commas that stand neither in quotes nor in brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (char c : text.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                depth++;
            } else if (!quoted && (c == ')' || c == ']')) {
                depth--;
            }
            if (c == ',' && !quoted && depth <= 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
