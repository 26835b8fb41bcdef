package dev.hone.connectors.local.game24;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact rational number in lowest terms, written {@code 8} or {@code -8/3}. No operation on what can be written, at most
 * nine digits over nine digits, leaves the range of a long.
 *
 * @param under positive
 */
record Fraction(long over, long under) {

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,9})(?:/(\\d{1,9}))?");

    Fraction {
        if (under == 0) {
            throw new ArithmeticException("a number divided by zero");
        }
        long divisor = gcd(Math.abs(over), Math.abs(under)) * (under < 0 ? -1 : 1);
        over /= divisor;
        under /= divisor;
    }

    static Fraction of(long whole) {
        return new Fraction(whole, 1);
    }

    /** Empty when {@code text} is no number. */
    static Optional<Fraction> parse(String text) {
        Matcher number = TEXT.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        long under = number.group(2) == null ? 1 : Long.parseLong(number.group(2));
        return under == 0 ? Optional.empty() : Optional.of(new Fraction(Long.parseLong(number.group(1)), under));
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                Math.addExact(Math.multiplyExact(over, other.under), Math.multiplyExact(other.over, under)),
                Math.multiplyExact(under, other.under));
    }

    Fraction minus(Fraction other) {
        return plus(new Fraction(-other.over, other.under));
    }

    Fraction times(Fraction other) {
        return new Fraction(Math.multiplyExact(over, other.over), Math.multiplyExact(under, other.under));
    }

    /** @throws ArithmeticException when {@code other} is zero */
    Fraction dividedBy(Fraction other) {
        return new Fraction(Math.multiplyExact(over, other.under), Math.multiplyExact(under, other.over));
    }

    boolean whole() {
        return under == 1;
    }

    double value() {
        return (double) over / under;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public String toString() {
        return whole() ? Long.toString(over) : over + "/" + under;
    }
}
