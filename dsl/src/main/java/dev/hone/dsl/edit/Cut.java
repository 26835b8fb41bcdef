package dev.hone.dsl.edit;

import java.util.Comparator;
import java.util.List;

/** Replaces a stretch of a text. */
record Cut(int from, int to, String with) {

    /** @param cuts in any order, none inside another; of two insertions at one place the first stays first */
    static String apply(String text, List<Cut> cuts) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Cut cut : cuts.stream().sorted(Comparator.comparingInt(Cut::from)).toList()) {
            result.append(text, at, cut.from()).append(cut.with());
            at = cut.to();
        }
        return result.append(text, at, text.length()).toString();
    }
}
