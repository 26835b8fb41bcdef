package dev.hone.dsl.yaml;

import dev.hone.dsl.Where;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The lines of a text, to turn the parser's marks (code points) into places (UTF-16 units). */
final class SourceText {

    private final Where start;
    private final List<String> lines;
    /** Whether every code point is one unit, as in nearly all files: then nothing has to be counted. */
    private final boolean plain;

    /** Up to where the line of the last mark was counted, in code points and in UTF-16 units. */
    private int line;

    private int points;
    private int units;

    /** @param start where the text begins in its file */
    SourceText(Where start, String text) {
        this.start = start;
        this.plain = text.codePointCount(0, text.length()) == text.length();
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    Where start() {
        return start;
    }

    Where at(Optional<Mark> mark) {
        return mark.map(m -> at(m.getLine(), unit(m))).orElse(start);
    }

    private Where at(int line, int unit) {
        return new Where(start.file(), start.line() + line, (line == 0 ? start.column() : 1) + unit);
    }

    boolean standsAt(Where where, String value) {
        int line = where.line() - start.line();
        int unit = where.column() - (line == 0 ? start.column() : 1);
        return line < lines.size() && value.indexOf('\n') < 0 && lines.get(line).startsWith(value, unit);
    }

    /** Marks come in the order of the text, so a line of a megabyte is counted once and not again for each of its values. */
    private int unit(Mark mark) {
        if (plain || mark.getLine() >= lines.size()) {
            return mark.getColumn();
        }
        if (mark.getLine() != line || mark.getColumn() < points) {
            line = mark.getLine();
            points = 0;
            units = 0;
        }
        String text = lines.get(line);
        for (; points < mark.getColumn() && units < text.length(); points++) {
            units += Character.charCount(text.codePointAt(units));
        }
        return units;
    }
}
