package dev.hone.connectors.local.game24;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Games that can be won, as lines of JSON: {@code {"numbers": [4, 6, 7, 9]}}, each number from 1 to 13. */
public final class Game24Tasks {

    private static final int HIGHEST = 13;

    private Game24Tasks() {}

    /** {@code count} games drawn with {@code seed}: the first that can be won of all in a random order. */
    public static List<String> generated(int count, long seed) {
        List<List<Fraction>> all = new ArrayList<>();
        for (int a = 1; a <= HIGHEST; a++) {
            for (int b = a; b <= HIGHEST; b++) {
                for (int c = b; c <= HIGHEST; c++) {
                    for (int d = c; d <= HIGHEST; d++) {
                        all.add(List.of(Fraction.of(a), Fraction.of(b), Fraction.of(c), Fraction.of(d)));
                    }
                }
            }
        }
        Collections.shuffle(all, new Random(seed));
        return all.stream()
                .filter(numbers -> Moves.canWin(Game.begun(numbers)))
                .limit(count)
                .map(numbers -> "{\"numbers\":" + numbers.toString().replace(" ", "") + "}")
                .toList();
    }
}
