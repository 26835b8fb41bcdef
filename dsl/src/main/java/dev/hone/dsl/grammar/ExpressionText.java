package dev.hone.dsl.grammar;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelReader;
import dev.hone.dsl.feel.FeelSyntaxException;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.Yaml.Scalar.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Expressions as they stand in YAML. */
final class ExpressionText {

    private ExpressionText() {}

    static boolean isMarked(Yaml.Scalar scalar) {
        return scalar.kind() == Kind.TEXT && scalar.text().startsWith("=");
    }

    /** What is wrong with the expression, if anything. */
    static Optional<Problem> problem(Yaml.Scalar scalar) {
        try {
            parse(scalar);
            return Optional.empty();
        } catch (FeelSyntaxException e) {
            return Optional.of(Problem.at(
                    scalar.at(start(scalar) + e.offset()),
                    ProblemCode.FEEL_SYNTAX,
                    Objects.requireNonNull(e.getMessage()),
                    "Correct the expression '" + shortened(scalar) + "'."));
        }
    }

    /** Reads what {@link #problem} found to be right. */
    static Expression read(Yaml.Scalar scalar) {
        try {
            return new Expression(scalar.text().substring(start(scalar)).strip(), parse(scalar), scalar.where());
        } catch (FeelSyntaxException e) {
            throw new IllegalStateException("An expression was read before it was checked: " + scalar.text(), e);
        }
    }

    /** An ISO-8601 duration as the number of its seconds; empty when the text is none, or not positive. */
    static Optional<Expression> seconds(Yaml.Scalar scalar) {
        if (scalar.kind() != Kind.TEXT || !scalar.text().startsWith("P")) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(scalar.text());
            BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
            BigDecimal plain = seconds.scale() < 0 ? seconds.setScale(0) : seconds;
            return seconds.signum() > 0
                    ? Optional.of(new Expression(plain.toPlainString(), new Feel.Num(plain), scalar.where()))
                    : Optional.empty();
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Feel parse(Yaml.Scalar scalar) throws FeelSyntaxException {
        return switch (scalar.kind()) {
            case NUMBER -> new Feel.Num(new BigDecimal(scalar.text()));
            case BOOLEAN -> new Feel.Bool(scalar.text().toLowerCase(Locale.ROOT).equals("true"));
            case TEXT, NOTHING -> FeelReader.read(scalar.text().substring(start(scalar)));
        };
    }

    /** After the mark and the space that follows it. */
    private static int start(Yaml.Scalar scalar) {
        return isMarked(scalar) ? 1 : 0;
    }

    private static String shortened(Yaml.Scalar scalar) {
        String text = scalar.text().substring(start(scalar)).strip();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
