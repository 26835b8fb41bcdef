package dev.hone.dsl.yaml;

import dev.hone.dsl.Where;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The lines of a file, to turn the parser's marks (code points) into places (UTF-16 units). */
final class SourceText {

    private final String file;
    private final List<String> lines;
    /** Whether every code point is one unit, as in nearly all files: then nothing has to be counted. */
    private final boolean plain;

    SourceText(String file, String text) {
        this.file = file;
        this.plain = text.codePointCount(0, text.length()) == text.length();
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    Where start() {
        return new Where(file, 1, 1);
    }

    Where at(Optional<Mark> mark) {
        return mark.map(m -> new Where(file, m.getLine() + 1, unit(m) + 1)).orElseGet(this::start);
    }

    boolean standsAt(Where where, String value) {
        return where.line() <= lines.size()
                && value.indexOf('\n') < 0
                && lines.get(where.line() - 1).startsWith(value, where.column() - 1);
    }

    private int unit(Mark mark) {
        if (plain || mark.getLine() >= lines.size()) {
            return mark.getColumn();
        }
        String line = lines.get(mark.getLine());
        int points = Math.min(mark.getColumn(), line.codePointCount(0, line.length()));
        return line.offsetByCodePoints(0, points);
    }
}
