package dev.hone.connectors.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text.
 *
 * @param line its first, from 1
 */
record Passage(int line, String text) {

    private static final int FULL = 1_000;

    /** Paragraphs, put together up to 1,000 characters; one that is longer is cut between lines, or a line where it has to be. */
    static List<Passage> of(String text) {
        List<Passage> passages = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        int first = 1;
        int line = 0;
        for (String next : text.lines().toList()) {
            line++;
            boolean between = next.isBlank() && open.length() > FULL / 2;
            if (between || open.length() + next.length() > FULL) {
                add(passages, first, open);
                first = line;
            }
            if (open.isEmpty()) {
                first = line;
            }
            for (; next.length() > FULL; next = next.substring(FULL)) {
                add(passages, line, new StringBuilder(next.substring(0, FULL)));
            }
            open.append(next).append('\n');
        }
        add(passages, first, open);
        return passages;
    }

    private static void add(List<Passage> passages, int line, StringBuilder open) {
        String whole = open.toString();
        open.setLength(0);
        if (!whole.isBlank()) {
            int blank = (int) whole.lines().takeWhile(String::isBlank).count();
            passages.add(new Passage(line + blank, whole.strip()));
        }
    }
}
