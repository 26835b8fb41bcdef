package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Digits;

/**
 * Which rows of the embedding tables an {@link Observation} adds up to. A position without a digit has the digit {@value
 * #NO_DIGIT}, so that every observation has the same number of rows.
 *
 * <p>Single rows stand for (list, position from the front, digit) and (list, position from the back, digit); a model with
 * feedback has one more for the outcome. Pair rows stand for (position and digit of one list, position and digit of the
 * wanted output): they show at once where a digit went and what became of it.
 */
public final class FeatureRows {

    private static final int N = Digits.MAX_SIZE;
    private static final int NO_DIGIT = 10;
    private static final int VALUES = NO_DIGIT + 1;
    private static final int ROWS_A_LIST = 2 * N * VALUES;
    private static final int OUTCOME_ROW = 3 * ROWS_A_LIST;

    /** Rows of the table of pairs. */
    public static final int PAIR_TABLE = N * N * VALUES * VALUES;

    /** Pair rows of one observation. */
    public static final int PAIRS = N * N;

    private FeatureRows() {}

    /** Rows of the table of singles. */
    public static int singleTable(boolean feedback) {
        return feedback ? OUTCOME_ROW + Observation.Outcome.values().length : 2 * ROWS_A_LIST;
    }

    /** Single rows of one observation. */
    public static int singles(boolean feedback) {
        return feedback ? 3 * 2 * N + 1 : 2 * 2 * N;
    }

    /** Writes {@code singles(feedback)} row numbers from {@code at} on. */
    public static void singles(Observation seen, boolean feedback, int[] rows, int at) {
        list(seen.in(), 0, rows, at);
        list(seen.want(), 1, rows, at + 2 * N);
        if (feedback) {
            list(seen.got(), 2, rows, at + 4 * N);
            rows[at + 6 * N] = OUTCOME_ROW + seen.outcome().ordinal();
        }
    }

    private static void list(int list, int which, int[] rows, int at) {
        for (int i = 0; i < N; i++) {
            rows[at + i] = which * ROWS_A_LIST + i * VALUES + digit(list, i);
            int fromBack = Digits.size(list) - 1 - i;
            rows[at + N + i] = which * ROWS_A_LIST + (N + i) * VALUES + digit(list, fromBack);
        }
    }

    /** Writes the {@value #PAIRS} row numbers of the pair of lists {@code (from, to)} from {@code at} on. */
    public static void pairs(int from, int to, int[] rows, int at) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int k = i * N + j;
                rows[at + k] = (k * VALUES + digit(from, i)) * VALUES + digit(to, j);
            }
        }
    }

    private static int digit(int list, int i) {
        return i >= 0 && i < Digits.size(list) ? Digits.get(list, i) : NO_DIGIT;
    }
}
