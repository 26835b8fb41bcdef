package dev.hone.connectors.env.player;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The alphabet as somebody knows it who now and then takes one word for the earlier one that is not. */
record NoisyOrder(double error, SplittableRandom chance) {

    private boolean before(String a, String b) {
        return (a.compareTo(b) < 0) != (chance.nextDouble() < error);
    }

    /** Puts a word where it belongs, looking for the place by halves. */
    void insert(String word, List<String> into) {
        int low = 0;
        int high = into.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (before(into.get(middle), word)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        into.add(low, word);
    }

    List<String> sorted(List<String> words) {
        List<String> sorted = new ArrayList<>();
        words.forEach(word -> insert(word, sorted));
        return sorted;
    }
}
