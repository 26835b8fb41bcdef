package dev.hone.dsl.edit;

import dev.hone.dsl.edit.Lines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Replaces whole lines of a text. A text without a line end at its end keeps being one. */
final class LineChanges {

    private record Change(int count, List<Line> with) {}

    private final Lines lines;
    private final TreeMap<Integer, Change> changes = new TreeMap<>();

    LineChanges(Lines lines) {
        this.lines = lines;
    }

    /** @param count how many lines from the first on are replaced; with 0 the others are inserted before it */
    LineChanges replace(int first, int count, List<Line> with) {
        changes.merge(
                first,
                new Change(count, with),
                (one, other) -> new Change(Math.max(one.count(), other.count()), joined(one.with(), other.with())));
        return this;
    }

    String text() {
        List<Line> result = new ArrayList<>();
        int at = 0;
        for (var change : changes.entrySet()) {
            result.addAll(lines.between(at, change.getKey() - 1));
            result.addAll(change.getValue().with());
            at = Math.max(at, change.getKey()) + change.getValue().count();
        }
        result.addAll(lines.between(at, lines.count() - 1));
        endAsBefore(result);
        StringBuilder text = new StringBuilder();
        result.forEach(line -> text.append(line.content()).append(line.end()));
        return text.toString();
    }

    /** The line end that the last line must not have goes to the line that now stands in the middle without one. */
    private void endAsBefore(List<Line> result) {
        if (result.isEmpty() || !lines.get(lines.count() - 1).end().isEmpty()) {
            return;
        }
        Line last = result.removeLast();
        String end = last.end().isEmpty() ? lines.endNear(lines.count()) : last.end();
        result.replaceAll(line -> line.end().isEmpty() ? new Line(line.content(), end) : line);
        result.add(new Line(last.content(), ""));
    }

    private static List<Line> joined(List<Line> one, List<Line> other) {
        List<Line> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
