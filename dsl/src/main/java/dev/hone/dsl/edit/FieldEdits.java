package dev.hone.dsl.edit;

import dev.hone.dsl.edit.Lines.Line;
import dev.hone.dsl.edit.Source.StepPlace;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans that set and remove fields. */
final class FieldEdits {

    private final Source source;
    private final Page page;
    private final Lines lines;

    FieldEdits(Source source) {
        this.source = source;
        this.page = source.page();
        this.lines = page.lines();
    }

    Plan set(Edit.SetField edit) throws Refusal {
        List<String> path = edit.path();
        if (path.isEmpty()) {
            throw Refusal.of("The path is empty.", "Name the key to set.");
        }
        Fragment fragment = Fragment.of(edit.yaml());
        if (Trees.at(page.root(), path).isPresent()) {
            return replace(path, fragment);
        }
        int depth = path.size() - 1;
        while (Trees.at(page.root(), path.subList(0, depth)).isEmpty()) {
            depth--;
        }
        if (depth == path.size() - 1) {
            return add(path, fragment.root(), fragment, false, touched(path));
        }
        Yaml value = fragment.root();
        String text = fragment.inBrackets();
        for (int i = path.size() - 1; i > depth; i--) {
            value = Trees.mapping(new LinkedHashMap<>(Map.of(path.get(i), value)), value.where());
            text = "{" + FlowText.text(path.get(i)) + ": " + text + "}";
        }
        return add(path.subList(0, depth + 1), value, Fragment.of(text), false, touched(path));
    }

    /** @param asItem whether the fragment is to become the only item of a new list */
    Plan add(List<String> path, Yaml value, Fragment fragment, boolean asItem, Set<String> touched) throws Refusal {
        Yaml parent = Trees.at(page.root(), Trees.parent(path)).orElseThrow();
        String key = path.getLast();
        List<String> comments = source.comments(List.of(), fragment.comments());
        switch (parent) {
            case Yaml.Scalar scalar ->
                throw Refusal.at(
                        scalar.where(),
                        "'" + key + "' cannot be added to " + scalar.shown() + ".",
                        "Set the value that it is to belong to.");
            case Yaml.Items items -> {
                if (!Trees.index(key).equals(java.util.Optional.of(items.items().size()))) {
                    throw Refusal.at(
                            items.where(),
                            "The list has no place '" + key + "'.",
                            "Give a number from 0 to " + items.items().size() + ".");
                }
                if (items.span().inline()) {
                    Brackets brackets = Brackets.of(page, items);
                    Cut cut = brackets.insert(
                            brackets.count(), fragment.inBrackets(), brackets.separator(brackets.count()));
                    return plan(cut, Trees.put(page.root(), path, value), comments, touched);
                }
            }
            case Yaml.Fields fields -> {
                if (fields.span().inline()) {
                    Brackets brackets = Brackets.of(page, fields);
                    String text = fragment.inBrackets();
                    String member = FlowText.text(key) + ": " + (asItem ? "[" + text + "]" : text);
                    Cut cut = brackets.insert(brackets.count(), member, brackets.separator(brackets.count()));
                    return plan(cut, Trees.put(page.root(), path, value), comments, touched);
                }
            }
        }
        boolean toList = parent instanceof Yaml.Items;
        Rows rows = parent instanceof Yaml.Items items ? Rows.of(page, items) : Rows.of(page, (Yaml.Fields) parent);
        int place = rows.place(rows.count());
        int column = rows.column();
        String end = lines.endNear(place);
        List<Line> below;
        if (asItem) {
            below = new ArrayList<>(List.of(new Line("", end)));
            below.addAll(fragment.item(column + 2, end));
        } else {
            below = fragment.behind(column, end, toList);
        }
        String head = " ".repeat(column) + (toList ? "-" : FlowText.text(key) + ":");
        below.set(0, new Line(head + below.getFirst().content(), end));
        String text = new LineChanges(lines).replace(place, 0, below).text();
        return new Plan(text, Trees.put(page.root(), path, value), comments, touched);
    }

    private Plan replace(List<String> path, Fragment fragment) throws Refusal {
        Yaml parent = Trees.at(page.root(), Trees.parent(path)).orElseThrow();
        Yaml old = Trees.at(page.root(), path).orElseThrow();
        Yaml tree = Trees.put(page.root(), path, fragment.root());
        int behind = switch (parent) {
            case Yaml.Fields fields -> colon(fields, path.getLast());
            case Yaml.Items items when items.span().inline() -> old.span().from();
            case Yaml.Items items ->
                Rows.of(page, items).from(Trees.index(path.getLast()).orElseThrow()) + 1;
            case Yaml.Scalar scalar -> throw new IllegalStateException("A scalar has no fields");
        };
        if (source.isInBrackets(path)) {
            List<String> comments = source.comments(List.of(old.span()), fragment.comments());
            String space = old.span().from() == behind && parent instanceof Yaml.Fields ? " " : "";
            Cut cut = new Cut(old.span().from(), old.span().to(), space + fragment.inBrackets());
            return plan(cut, tree, comments, touched(path));
        }
        return replaceRow(path, fragment, parent, old, behind, tree);
    }

    private Plan replaceRow(List<String> path, Fragment fragment, Yaml parent, Yaml old, int behind, Yaml tree)
            throws Refusal {
        int firstLine = lines.of(behind);
        int lastLine = lines.of(Math.max(behind, old.span().to()));
        int column = parent instanceof Yaml.Items items
                ? Rows.of(page, items).column()
                : lines.column(
                        Trees.entry((Yaml.Fields) parent, path.getLast()).key().from());
        String end = lines.endNear(firstLine + 1);
        List<Line> below = fragment.behind(column, end, parent instanceof Yaml.Items);
        Yaml.Span tail = tail(old, behind, firstLine, lastLine);
        String head = page.text().substring(lines.start(firstLine), behind);
        String rest = page.text(tail);
        int last = fragment.isInline() ? below.size() - 1 : 0;
        below.set(0, new Line(head + space(old, behind, below.getFirst().content()), end));
        below.set(last, new Line(below.get(last).content() + rest, end));
        if (lines.get(lastLine).end().isEmpty()) {
            below.set(below.size() - 1, new Line(below.getLast().content(), ""));
        }
        List<Yaml.Span> gone =
                List.of(new Yaml.Span(behind, tail.from(), true), new Yaml.Span(tail.to(), lines.end(lastLine), true));
        String text = new LineChanges(lines)
                .replace(firstLine, lastLine - firstLine + 1, below)
                .text();
        return new Plan(text, tree, source.comments(gone, fragment.comments()), touched(path));
    }

    /** The space that stood before the old value stands before the new one. */
    private String space(Yaml old, int behind, String value) {
        int from = old.span().from();
        boolean keep = value.startsWith(" ") && from > behind && lines.of(from) == lines.of(behind);
        return keep ? page.text().substring(behind, from) + value.substring(1) : value;
    }

    /** The comment that stays beside the field: behind a value in the line, otherwise behind the key. */
    private Yaml.Span tail(Yaml old, int behind, int firstLine, int lastLine) {
        boolean isInline = old.span().inline() && old.span().from() < old.span().to();
        if (isInline) {
            return new Yaml.Span(old.span().to(), lines.end(lastLine), true);
        }
        boolean sameLine = old instanceof Yaml.Fields && lines.of(old.span().from()) == firstLine;
        for (Page.Comment comment : sameLine ? List.<Page.Comment>of() : page.comments()) {
            if (comment.from() >= behind && comment.from() < lines.end(firstLine)) {
                int from = comment.from();
                while (from > behind && Character.isWhitespace(page.text().charAt(from - 1))) {
                    from--;
                }
                return new Yaml.Span(from, lines.end(firstLine), true);
            }
        }
        return new Yaml.Span(behind, behind, true);
    }

    /** After the colon of a key. */
    private int colon(Yaml.Fields fields, String key) throws Refusal {
        int at = Trees.entry(fields, key).key().to();
        while (at < page.text().length() && " \t".indexOf(page.text().charAt(at)) >= 0) {
            at++;
        }
        if (at >= page.text().length() || page.text().charAt(at) != ':') {
            throw Refusal.at(
                    Trees.entry(fields, key).where(),
                    "The key '" + key + "' has no colon behind it.",
                    "Write it as '" + key + ": value'.");
        }
        return at + 1;
    }

    Plan remove(Edit.RemoveField edit) throws Refusal {
        List<String> path = edit.path();
        if (path.isEmpty() || Trees.at(page.root(), path).isEmpty()) {
            throw Refusal.of(
                    "There is no field '" + String.join(".", path) + "'.", "Name the keys from the root of the file.");
        }
        Yaml parent = Trees.at(page.root(), Trees.parent(path)).orElseThrow();
        Yaml tree = Trees.remove(page.root(), path);
        int index = parent instanceof Yaml.Fields fields
                ? List.copyOf(fields.entries().keySet()).indexOf(path.getLast())
                : Trees.index(path.getLast()).orElseThrow();
        if (parent.span().inline()) {
            Brackets brackets = parent instanceof Yaml.Items items
                    ? Brackets.of(page, items)
                    : Brackets.of(page, (Yaml.Fields) parent);
            List<Yaml.Span> gone = List.of(brackets.member(index));
            return plan(brackets.remove(index), tree, source.comments(gone, List.of()), touched(path));
        }
        Rows rows = parent instanceof Yaml.Items items ? Rows.of(page, items) : Rows.of(page, (Yaml.Fields) parent);
        if (rows.count() == 1) {
            throw Refusal.at(
                    parent.where(),
                    "'" + path.getLast() + "' is all that its parent has.",
                    "Remove '" + String.join(".", Trees.parent(path)) + "' itself.");
        }
        if (!rows.beginsItsLine(index)) {
            return removeBehindDash(rows, index, parent, tree, path);
        }
        int first = rows.first(index);
        int last = rows.last(index);
        String text = new LineChanges(lines)
                .replace(first, last - first + 1, List.of())
                .text();
        return new Plan(text, tree, source.comments(List.of(source.span(first, last)), List.of()), touched(path));
    }

    /** The next field moves up to the dash. */
    private Plan removeBehindDash(Rows rows, int index, Yaml parent, Yaml tree, List<String> path) throws Refusal {
        int from = rows.from(index);
        int to = index + 1 < rows.count() ? rows.from(index + 1) : from;
        if (to == from || page.hasComment(from, to)) {
            throw Refusal.at(
                    parent.where(),
                    "'" + path.getLast() + "' shares its line, or a comment stands between it and the next field.",
                    "Change it in the text.");
        }
        return plan(new Cut(from, to, ""), tree, source.comments(List.of(), List.of()), touched(path));
    }

    private Plan plan(Cut cut, Yaml tree, List<String> comments, Set<String> touched) {
        return new Plan(Cut.apply(page.text(), List.of(cut)), tree, comments, touched);
    }

    /** The steps that the path leads to, into or, as the innermost, through. */
    private Set<String> touched(List<String> path) {
        Set<String> touched = new java.util.HashSet<>();
        String innermost = "";
        for (StepPlace step : source.steps().values()) {
            int common = Math.min(step.path().size(), path.size());
            if (step.path().subList(0, common).equals(path.subList(0, common))) {
                if (step.path().size() >= path.size()) {
                    touched.add(step.id());
                } else {
                    innermost = step.id();
                }
            }
        }
        touched.add(innermost);
        return touched;
    }
}
