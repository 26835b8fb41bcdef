package dev.hone.dsl.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the parser's marks into stretches of the text that end where the node ends, not where the next one begins. */
final class Spans {

    private final String text;

    /** Where each code point begins; empty when each is one unit. */
    private final int[] units;

    Spans(String text) {
        this.text = text;
        this.units = text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? units(text) : new int[0];
    }

    /** Of a scalar or an alias. */
    Yaml.Span of(Event event) {
        int from = offset(event.getStartMark());
        int to = Math.max(from, offset(event.getEndMark()));
        boolean block = event instanceof ScalarEvent scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        return new Yaml.Span(from, block ? endOfBlock(from, to) : to, !block);
    }

    /** @param last the last node inside, if there is one */
    Yaml.Span of(CollectionStartEvent start, Event end, Optional<Yaml.Span> last) {
        int from = offset(start.getStartMark());
        boolean bracketed = start.isFlow() && (text.startsWith("{", from) || text.startsWith("[", from));
        int to = bracketed || last.isEmpty()
                ? offset(end.getEndMark())
                : last.get().to();
        return new Yaml.Span(from, Math.max(from, to), start.isFlow());
    }

    /** Without the blank lines that do not count, and without the end of the last line. */
    private int endOfBlock(int from, int to) {
        int headerEnd = lineEnd(from);
        String header = text.substring(from, headerEnd);
        int comment = header.indexOf(" #");
        boolean keep = (comment < 0 ? header : header.substring(0, comment)).indexOf('+') >= 0;
        int indentation = indentation(headerEnd, to);
        int end = headerEnd;
        for (int line = nextLine(headerEnd); line < to; line = nextLine(lineEnd(line))) {
            int lineEnd = lineEnd(line);
            if (lineEnd > to && text.substring(line, to).isBlank()) {
                break; // the parser has read the spaces before the next node
            }
            boolean counts = keep
                    || lineEnd - line > indentation
                    || !text.substring(line, lineEnd).isBlank();
            if (counts) {
                end = lineEnd;
            }
        }
        return end;
    }

    /** Of the first line that is not blank. */
    private int indentation(int headerEnd, int to) {
        for (int line = nextLine(headerEnd); line < to; line = nextLine(lineEnd(line))) {
            int lineEnd = lineEnd(line);
            int spaces = 0;
            while (line + spaces < lineEnd && text.charAt(line + spaces) == ' ') {
                spaces++;
            }
            if (line + spaces < lineEnd) {
                return spaces;
            }
        }
        return Integer.MAX_VALUE;
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** @return after the text's end when there is none */
    private int nextLine(int lineEnd) {
        if (lineEnd >= text.length()) {
            return text.length() + 1;
        }
        return lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
    }

    private int offset(Optional<Mark> mark) {
        int point = mark.map(Mark::getIndex).orElse(0);
        return units.length == 0 ? Math.min(point, text.length()) : units[Math.min(point, units.length - 1)];
    }

    private static int[] units(String text) {
        int[] units = new int[text.codePointCount(0, text.length()) + 1];
        int unit = 0;
        for (int point = 0; point < units.length; point++) {
            units[point] = unit;
            unit += unit < text.length() ? Character.charCount(text.codePointAt(unit)) : 0;
        }
        return units;
    }
}
