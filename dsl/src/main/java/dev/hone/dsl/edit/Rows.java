package dev.hone.dsl.edit;

import dev.hone.dsl.edit.Lines.Line;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** The items of a list, or the fields of a mapping, that are written in lines of their own, one below the other. */
final class Rows {

    /**
     * @param from of the dash or the key
     * @param to after the last character
     */
    private record Row(int from, int to) {}

    private final Page page;
    private final Lines lines;
    private final List<Row> rows = new ArrayList<>();

    private Rows(Page page) {
        this.page = page;
        this.lines = page.lines();
    }

    static Rows of(Page page, Yaml.Items list) {
        Rows rows = new Rows(page);
        int at = list.span().from();
        for (Yaml item : list.items()) {
            int dash = rows.dash(at);
            at = Math.max(dash + 1, item.span().to());
            rows.rows.add(new Row(dash, at));
        }
        return rows;
    }

    static Rows of(Page page, Yaml.Fields mapping) {
        Rows rows = new Rows(page);
        mapping.entries()
                .values()
                .forEach(entry -> rows.rows.add(new Row(
                        entry.key().from(),
                        Math.max(entry.key().to(), entry.value().span().to()))));
        return rows;
    }

    private int dash(int from) {
        int at = from;
        while (at < page.text().length() && page.text().charAt(at) != '-') {
            at = page.text().charAt(at) == '#' ? lines.end(lines.of(at)) : at + 1;
        }
        return at;
    }

    int count() {
        return rows.size();
    }

    int from(int row) {
        return rows.get(row).from();
    }

    int column() {
        return lines.column(rows.getFirst().from());
    }

    /** Whether nothing else stands before the dash or key in its line. */
    boolean beginsItsLine(int row) {
        return lines.before(rows.get(row).from()).isBlank();
    }

    /** The first line: of the comment directly above. */
    int first(int row) {
        int line = lines.of(rows.get(row).from());
        int floor = row == 0 ? -1 : last(row - 1);
        while (line - 1 > floor
                && lines.isComment(line - 1)
                && lines.get(line - 1).indentation() <= column()) {
            line--;
        }
        return line;
    }

    /** The last line; a comment below that is indented deeper than the row belongs to it. */
    int last(int row) {
        int last = lines.of(rows.get(row).to());
        for (int line = last + 1; line < lines.count(); line++) {
            if (lines.isComment(line) && lines.get(line).indentation() > column()) {
                last = line;
            } else if (!lines.get(line).isBlank()) {
                break;
            }
        }
        return last;
    }

    /** The lines between a row and the next one; none after the last. */
    List<Line> gapAfter(int row) {
        return row < 0 || row + 1 >= rows.size() ? List.of() : lines.between(last(row) + 1, first(row + 1) - 1);
    }

    /** The line that a new row is inserted before. */
    int place(int index) {
        return index < rows.size() ? first(index) : last(rows.size() - 1) + 1;
    }
}
