package dev.hone.dsl.edit;

import dev.hone.dsl.Problems;
import dev.hone.dsl.edit.Lines.Line;
import dev.hone.dsl.yaml.Yaml;
import dev.hone.dsl.yaml.YamlParser;
import java.util.ArrayList;
import java.util.List;

/** New YAML that an edit brings. */
final class Fragment {

    private final Page page;
    private final int firstLine;
    private final int lastLine;

    private Fragment(Page page, int firstLine, int lastLine) {
        this.page = page;
        this.firstLine = firstLine;
        this.lastLine = lastLine;
    }

    static Fragment of(String yaml) throws Refusal {
        Problems problems = new Problems();
        Yaml root = YamlParser.parse("the new text", yaml, problems).orElse(null);
        if (root == null || !problems.isEmpty()) {
            throw Refusal.because("The new text is not YAML.", "Correct it.", problems.inOrder());
        }
        Page page = Page.of(yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml, root);
        Lines lines = page.lines();
        int first = lines.of(root.span().from());
        int last = lines.of(root.span().to());
        for (int i = 0; i < lines.count(); i++) {
            boolean outside = i < first || i > last;
            if (outside && !lines.get(i).isBlank() && !lines.isComment(i)) {
                throw strange();
            }
        }
        if (!lines.before(root.span().from()).isBlank()
                || lines.count() == 0
                || root.span().from() == root.span().to()) {
            throw strange();
        }
        return new Fragment(page, first, last);
    }

    private static Refusal strange() {
        return Refusal.of("The new text is not one value.", "Give one value, without '---' and without directives.");
    }

    Yaml root() {
        return page.root();
    }

    List<String> comments() {
        return page.comments().stream().map(Page.Comment::text).toList();
    }

    private int column() {
        return page.lines().column(root().span().from());
    }

    /** In one line, or as its author wrote it between brackets. */
    String inBrackets() throws Refusal {
        if (!comments().isEmpty()) {
            throw Refusal.of(
                    "The new text has comments, and it is to stand between brackets.",
                    "Leave the comments out, or write the list around it in lines, without brackets.");
        }
        boolean plain = root() instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Scalar.Kind.TEXT
                && page.text().startsWith(scalar.text(), scalar.span().from());
        return root().span().inline() && firstLine == lastLine && !plain
                ? page.text(root().span())
                : FlowText.print(root());
    }

    /** Whether the value itself can begin behind a key. */
    boolean isInline() {
        return root().span().inline();
    }

    /** Behind a key or dash: what stands in its line, then the lines below, for a key in the column. */
    List<Line> behind(int column, String end, boolean dash) throws Refusal {
        List<Line> lines = new ArrayList<>();
        boolean block = !isInline() && !(root() instanceof Yaml.Scalar);
        boolean alone = block && !dash;
        int by = root() instanceof Yaml.Scalar && !isInline() ? column : column + 2 - column();
        int from = alone ? leading() : firstLine;
        if (!alone && leading() < firstLine) {
            throw Refusal.of("A comment stands above the new value.", "Put it behind the value.");
        }
        if (alone) {
            lines.add(new Line("", end));
        }
        for (Line line : rows(from, by)) {
            lines.add(new Line(line.content(), end));
        }
        if (!alone) {
            Line first = lines.getFirst();
            lines.set(0, new Line(" " + first.content().stripLeading(), end));
        }
        return lines;
    }

    /** As an item of a list whose dashes stand in the column. */
    List<Line> item(int column, String end) throws Refusal {
        boolean dash = root() instanceof Yaml.Items && !isInline();
        int by = column - column() + (dash ? 0 : 2);
        List<Line> lines = new ArrayList<>();
        int from = leading();
        int at = from;
        for (Line line : rows(from, by)) {
            String content = line.content();
            if (at < firstLine) {
                content = " ".repeat(column) + content.stripLeading();
            } else if (at == firstLine && !dash) {
                content = " ".repeat(column) + "- " + content.stripLeading();
            }
            if (at >= firstLine || !line.isBlank()) {
                lines.add(new Line(content, end));
            }
            at++;
        }
        return lines;
    }

    /** The first line of the comments above. */
    private int leading() {
        for (int i = 0; i < firstLine; i++) {
            if (!page.lines().get(i).isBlank()) {
                return i;
            }
        }
        return firstLine;
    }

    private List<Line> rows(int from, int by) throws Refusal {
        int last = lastLine;
        for (int i = lastLine + 1; i < page.lines().count(); i++) {
            last = page.lines().get(i).isBlank() ? last : i;
        }
        return Indentation.shifted(page, from, last, column(), by);
    }
}
