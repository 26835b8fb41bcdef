package dev.hone.connectors.local.listprog;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of up to {@value #MAX_SIZE} digits, packed into one {@code int}: digit {@code i} lies in bits {@code 4i..4i+3},
 * the size in bits 24 to 26. Equal lists are equal numbers, and running a program allocates nothing.
 */
public final class Digits {

    public static final int MAX_SIZE = 6;
    public static final int EMPTY = 0;

    private static final int SIZE_SHIFT = 24;
    private static final int ONE_MORE = 1 << SIZE_SHIFT;

    private Digits() {}

    public static int of(int... digits) {
        int list = EMPTY;
        for (int digit : digits) {
            list = append(list, digit);
        }
        return list;
    }

    /** @throws IllegalArgumentException when there are more than {@value #MAX_SIZE} elements, or one is no digit */
    public static int of(List<Integer> digits) {
        if (digits.size() > MAX_SIZE) {
            throw new IllegalArgumentException("a list has at most " + MAX_SIZE + " digits, not " + digits.size());
        }
        int list = EMPTY;
        for (Integer digit : digits) {
            if (digit == null || digit < 0 || digit > 9) {
                throw new IllegalArgumentException("a list holds digits from 0 to 9, not " + digit);
            }
            list = append(list, digit);
        }
        return list;
    }

    public static List<Integer> toList(int list) {
        List<Integer> digits = new ArrayList<>(MAX_SIZE);
        for (int i = 0; i < size(list); i++) {
            digits.add(get(list, i));
        }
        return List.copyOf(digits);
    }

    public static int size(int list) {
        return list >>> SIZE_SHIFT;
    }

    /** The digit at {@code i}, which must be less than the size. */
    public static int get(int list, int i) {
        return list >>> (4 * i) & 15;
    }

    /** {@code list} with {@code digit}, 0 to 9, at its end; {@code list} must not be full. */
    public static int append(int list, int digit) {
        return list + ONE_MORE | digit << (4 * size(list));
    }
}
