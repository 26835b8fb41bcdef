package dev.hone.connectors.local.game24;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One step of a game: two numbers and what is done with them, written {@code 8 / 3 = 8/3}. */
record Move(Fraction a, Operation operation, Fraction b) {

    private static final Pattern TEXT = Pattern.compile(
            "(?<a>-?\\d+(?:/\\d+)?)\\s+(?<op>\\S)\\s+(?<b>-?\\d+(?:/\\d+)?)(?:\\s*=\\s*(?<value>-?\\d+(?:/\\d+)?))?");

    enum Operation {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDED_BY("/");

        private final String sign;

        Operation(String sign) {
            this.sign = sign;
        }

        private static Operation of(String sign) {
            return switch (sign) {
                case "+" -> PLUS;
                case "-", "\u2212" -> MINUS;
                case "*", "\u00d7", "x" -> TIMES;
                case "/", "\u00f7" -> DIVIDED_BY;
                default -> throw new IllegalArgumentException("'" + sign + "' is none of + - * /");
            };
        }
    }

    /** @throws IllegalArgumentException saying why {@code text} is no step, or does not come out as it says */
    static Move parse(String text) {
        Matcher step = TEXT.matcher(text);
        if (!step.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no step such as 8 / 4 = 2");
        }
        Move move = new Move(number(step.group("a")), Operation.of(step.group("op")), number(step.group("b")));
        if (move.operation == Operation.DIVIDED_BY && move.b.over() == 0) {
            throw new IllegalArgumentException("'" + text + "' divides by zero");
        }
        String said = step.group("value");
        if (said != null && !number(said).equals(move.value())) {
            throw new IllegalArgumentException("'" + text + "' comes out as " + move.value());
        }
        return move;
    }

    private static Fraction number(String text) {
        return Fraction.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no number to reckon with"));
    }

    /** @throws ArithmeticException on a division by zero */
    Fraction value() {
        return switch (operation) {
            case PLUS -> a.plus(b);
            case MINUS -> a.minus(b);
            case TIMES -> a.times(b);
            case DIVIDED_BY -> a.dividedBy(b);
        };
    }

    @Override
    public String toString() {
        return a + " " + operation.sign + " " + b + " = " + value();
    }
}
