package dev.hone.dsl.edit;

import dev.hone.dsl.edit.Lines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Moves lines to the left or right, so that they say the same and can be moved back. */
final class Indentation {

    private Indentation() {}

    /**
     * Lines that stand left of the column, as comments may, stay where they are.
     *
     * @param column of what the lines belong to
     * @param by how far, to the right
     */
    static List<Line> shifted(Page page, int first, int last, int column, int by) throws Refusal {
        if (by == 0) {
            return page.lines().between(first, last);
        }
        Map<Integer, Integer> blanks = page.blankLinesOfTexts();
        List<Line> shifted = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            Line line = page.lines().get(i);
            int from = line.isBlank() ? blanks.getOrDefault(i, Integer.MAX_VALUE) : column;
            boolean belongs = line.indentation() >= from
                    && (!line.isBlank() || line.content().length() > from);
            if (belongs) {
                shifted.add(line.indented(by));
            } else if (from == Integer.MAX_VALUE
                    || (line.isBlank() ? line.indentation() <= from + by : line.indentation() < from + by)) {
                shifted.add(line);
            } else {
                throw Refusal.of(
                        "Line " + (i + 1) + " is indented less than the step it belongs to, and would not be any more.",
                        "Indent the line like the step.");
            }
        }
        return shifted;
    }
}
