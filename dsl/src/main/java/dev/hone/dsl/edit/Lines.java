package dev.hone.dsl.edit;

import java.util.ArrayList;
import java.util.List;

/** A text cut into lines, counted from 0. */
final class Lines {

    /** @param end how the line ends: empty at the end of a text without a last line end */
    record Line(String content, String end) {

        boolean isBlank() {
            return content.isBlank();
        }

        /** Spaces before the first other character. */
        int indentation() {
            int spaces = 0;
            while (spaces < content.length() && content.charAt(spaces) == ' ') {
                spaces++;
            }
            return spaces;
        }

        Line indented(int by) {
            return new Line(by >= 0 ? " ".repeat(by) + content : content.substring(-by), end);
        }
    }

    private final String text;
    private final List<Line> all = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    Lines(String text) {
        this.text = text;
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            int next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
            all.add(new Line(text.substring(start, end), text.substring(end, next)));
            starts.add(start);
            start = next;
        }
    }

    int count() {
        return all.size();
    }

    Line get(int line) {
        return all.get(line);
    }

    /** From the first to the last, both among them. */
    List<Line> between(int first, int last) {
        return first > last ? List.of() : List.copyOf(all.subList(first, last + 1));
    }

    int start(int line) {
        return line < starts.size() ? starts.get(line) : text.length();
    }

    /** After the last character of the line. */
    int end(int line) {
        return start(line) + get(line).content().length();
    }

    /** The line that the offset stands in, or at the end of. */
    int of(int offset) {
        int low = 0;
        int high = starts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (starts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    int column(int offset) {
        return offset - start(of(offset));
    }

    /** What stands before the offset in its line. */
    String before(int offset) {
        return text.substring(start(of(offset)), offset);
    }

    /** Whether nothing but a comment stands in the line; inside a text this cannot be told. */
    boolean isComment(int line) {
        return get(line).content().stripLeading().startsWith("#");
    }

    /** How lines end that are inserted before this one. */
    String endNear(int line) {
        for (int i = Math.min(line, count()) - 1; i >= 0; i--) {
            if (!get(i).end().isEmpty()) {
                return get(i).end();
            }
        }
        return count() > 0 && !get(0).end().isEmpty() ? get(0).end() : "\n";
    }
}
