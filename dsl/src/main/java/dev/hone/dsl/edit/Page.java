package dev.hone.dsl.edit;

import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text with what it says and where.
 *
 * @param text without a byte order mark
 */
record Page(String text, Yaml root, Lines lines) {

    /** A comment with its sign. */
    record Comment(int from, String text) {}

    static Page of(String text, Yaml root) {
        return new Page(text, root, new Lines(text));
    }

    String text(Yaml.Span span) {
        return text.substring(span.from(), span.to());
    }

    /** In the order of the text: what begins with {@code #} outside of every scalar. */
    List<Comment> comments() {
        List<Yaml.Span> scalars = new ArrayList<>();
        scalars(root, scalars);
        scalars.sort(Comparator.comparingInt(Yaml.Span::from));
        List<Comment> comments = new ArrayList<>();
        int at = 0;
        for (Yaml.Span scalar : scalars) {
            commentsBetween(at, scalar.from(), comments);
            if (!scalar.inline()) {
                commentsBetween(scalar.from() + 1, lines.end(lines.of(scalar.from())), comments);
            }
            at = Math.max(at, scalar.to());
        }
        commentsBetween(at, text.length(), comments);
        return comments;
    }

    private void commentsBetween(int from, int to, List<Comment> comments) {
        int at = from;
        while (at < to) {
            if (text.charAt(at) == '#') {
                int end = lines.end(lines.of(at));
                comments.add(new Comment(at, text.substring(at, end)));
                at = end;
            }
            at++;
        }
    }

    boolean hasComment(int from, int to) {
        return comments().stream().anyMatch(comment -> comment.from() >= from && comment.from() < to);
    }

    private static void scalars(Yaml yaml, List<Yaml.Span> found) {
        switch (yaml) {
            case Yaml.Scalar scalar -> found.add(scalar.span());
            case Yaml.Items items -> items.items().forEach(item -> scalars(item, found));
            case Yaml.Fields fields ->
                fields.entries().values().forEach(entry -> {
                    found.add(entry.key());
                    scalars(entry.value(), found);
                });
        }
    }

    /** The blank lines inside of block texts, each with the indentation from which on its spaces are part of the text. */
    Map<Integer, Integer> blankLinesOfTexts() {
        List<Yaml.Span> scalars = new ArrayList<>();
        scalars(root, scalars);
        Map<Integer, Integer> blanks = new HashMap<>();
        for (Yaml.Span block : scalars) {
            if (!block.inline()) {
                int last = lines.of(block.to());
                int indentation = Integer.MAX_VALUE;
                for (int line = lines.of(block.from()) + 1; line <= last; line++) {
                    if (!lines.get(line).isBlank() && indentation == Integer.MAX_VALUE) {
                        indentation = lines.get(line).indentation();
                    }
                }
                for (int line = lines.of(block.from()) + 1; line <= last; line++) {
                    if (lines.get(line).isBlank()) {
                        blanks.put(line, indentation);
                    }
                }
            }
        }
        return blanks;
    }
}
