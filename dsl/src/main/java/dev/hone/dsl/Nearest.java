package dev.hone.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of the known words an unknown one was probably meant to be. */
public final class Nearest {

    private Nearest() {}

    /** Empty when no known word is so near that the author would recognise it. */
    public static Optional<String> to(String unknown, Collection<String> known) {
        if (unknown.length() > 100) {
            return Optional.empty();
        }
        String lower = unknown.toLowerCase(Locale.ROOT);
        int reach = unknown.length() / 3;
        record Candidate(String word, int distance) {}
        return known.stream()
                .filter(word -> Math.abs(word.length() - lower.length()) <= reach)
                .map(word -> new Candidate(word, distance(lower, word.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= reach)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .map(Candidate::word);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
