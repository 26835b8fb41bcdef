package dev.hone.dsl.edit;

import dev.hone.dsl.Where;
import dev.hone.dsl.edit.Lines.Line;
import dev.hone.dsl.edit.Source.Body;
import dev.hone.dsl.edit.Source.StepPlace;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans that add, remove, move and wrap steps. */
final class StepEdits {

    private final Source source;
    private final Page page;
    private final Lines lines;

    StepEdits(Source source) {
        this.source = source;
        this.page = source.page();
        this.lines = page.lines();
    }

    Plan insert(Edit.InsertStep edit) throws Refusal {
        Fragment fragment = Fragment.of(edit.yaml());
        Yaml.Fields step = oneStep(fragment);
        if (!source.bodies().containsKey(edit.body()) && edit.body().endsWith(".else") && edit.index() == 0) {
            return newElse(edit, fragment, step);
        }
        Body body = source.body(edit.body());
        int size = body.list().items().size();
        requireIndex(edit.index(), size);
        Yaml tree = Trees.insert(page.root(), body.path(), edit.index(), step);
        List<String> comments = source.comments(List.of(), fragment.comments());
        if (body.list().span().inline()) {
            Brackets brackets = Brackets.of(page, body.list());
            Cut cut = brackets.insert(edit.index(), inBrackets(fragment), brackets.separator(edit.index()));
            return new Plan(Cut.apply(page.text(), List.of(cut)), tree, comments, Set.of());
        }
        Rows rows = rows(body);
        int place = rows.place(edit.index());
        List<Line> added = fragment.item(rows.column(), lines.endNear(place));
        List<Line> unit = withGap(added, blankLinesBetween(rows), edit.index() == size);
        return new Plan(new LineChanges(lines).replace(place, 0, unit).text(), tree, comments, Set.of());
    }

    private Plan newElse(Edit.InsertStep edit, Fragment fragment, Yaml.Fields step) throws Refusal {
        String id = edit.body().substring(0, edit.body().length() - ".else".length());
        StepPlace place = source.step(id);
        return new FieldEdits(source)
                .add(
                        Trees.join(place.path(), "else"),
                        Trees.list(List.of(step), step.where()),
                        fragment,
                        true,
                        Set.of());
    }

    Plan remove(Edit.RemoveStep edit) throws Refusal {
        StepPlace step = source.step(edit.step());
        Body body = source.body(step.body());
        Yaml tree = Trees.remove(page.root(), step.path());
        if (body.list().span().inline()) {
            Cut cut = Brackets.of(page, body.list()).remove(step.index());
            return new Plan(
                    Cut.apply(page.text(), List.of(cut)), tree, source.comments(List.of(), List.of()), inside(step));
        }
        Rows rows = rows(body);
        requireOthers(rows.count(), step);
        Stretch stretch = stretch(rows, step.index());
        String text = new LineChanges(lines)
                .replace(stretch.first(), stretch.count(), List.of())
                .text();
        List<Yaml.Span> gone = List.of(source.span(rows.first(step.index()), rows.last(step.index())));
        return new Plan(text, tree, source.comments(gone, List.of()), inside(step));
    }

    /** A step with its comments, and the blank lines that go with it. */
    private record Stretch(int first, int last, List<Line> gap) {
        int count() {
            return last - first + 1;
        }
    }

    /** The blank lines after a step go with it, of the last step those before it; lines with comments stay. */
    private Stretch stretch(Rows rows, int index) {
        boolean isLast = index == rows.count() - 1;
        List<Line> gap = rows.gapAfter(isLast ? index - 1 : index);
        List<Line> taken = gap.stream().allMatch(Line::isBlank) ? gap : List.of();
        return new Stretch(
                rows.first(index) - (isLast ? taken.size() : 0), rows.last(index) + (isLast ? 0 : taken.size()), taken);
    }

    Plan move(Edit.MoveStep edit) throws Refusal {
        StepPlace step = source.step(edit.step());
        Body from = source.body(step.body());
        Body to = source.body(edit.body());
        boolean within = from.name().equals(to.name());
        requireIndex(edit.index(), to.list().items().size() - (within ? 1 : 0));
        if (startsWith(to.path(), step.path())) {
            throw Refusal.at(
                    step.node().where(), "'" + step.id() + "' cannot stand inside itself.", "Choose another place.");
        }
        if (from.list().span().inline() != to.list().span().inline()) {
            throw Refusal.at(
                    step.node().where(),
                    "One of the two lists stands between brackets and the other in lines.",
                    "Write both lists the same way first.");
        }
        String text;
        if (within) {
            text = from.list().span().inline() ? bracketsOrder(from, step, edit) : rowsOrder(from, step, edit);
        } else {
            text = from.list().span().inline() ? bracketsMove(from, to, step, edit) : rowsMove(from, to, step, edit);
        }
        return new Plan(text, moved(step, to, edit.index()), source.comments(List.of(), List.of()), Set.of());
    }

    /** Within one list the blank lines and what else stands between steps keep their places. */
    private String rowsOrder(Body body, StepPlace step, Edit.MoveStep edit) throws Refusal {
        Rows rows = rows(body);
        List<Integer> order = order(rows.count(), step.index(), edit.index());
        int first = rows.first(0);
        List<Line> result = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            result.addAll(lines.between(rows.first(order.get(i)), rows.last(order.get(i))));
            result.addAll(rows.gapAfter(i));
        }
        return new LineChanges(lines).replace(first, result.size(), result).text();
    }

    private String bracketsOrder(Body body, StepPlace step, Edit.MoveStep edit) throws Refusal {
        Brackets brackets = Brackets.of(page, body.list());
        List<Integer> order = order(brackets.count(), step.index(), edit.index());
        brackets.requireNoComment(0, brackets.count() - 1);
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Yaml.Span place = brackets.member(i);
            cuts.add(new Cut(place.from(), place.to(), page.text(brackets.member(order.get(i)))));
        }
        return Cut.apply(page.text(), cuts);
    }

    private static List<Integer> order(int count, int from, int to) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        order.add(to, order.remove(from));
        return order;
    }

    private String rowsMove(Body from, Body to, StepPlace step, Edit.MoveStep edit) throws Refusal {
        Rows rows = rows(from);
        Rows target = rows(to);
        requireOthers(rows.count(), step);
        Stretch stretch = stretch(rows, step.index());
        List<Line> moved = Indentation.shifted(
                page,
                rows.first(step.index()),
                rows.last(step.index()),
                rows.column(),
                target.column() - rows.column());
        return new LineChanges(lines)
                .replace(stretch.first(), stretch.count(), List.of())
                .replace(target.place(edit.index()), 0, withGap(moved, stretch.gap(), edit.index() == target.count()))
                .text();
    }

    private String bracketsMove(Body from, Body to, StepPlace step, Edit.MoveStep edit) throws Refusal {
        Brackets brackets = Brackets.of(page, from.list());
        requireOthers(brackets.count(), step);
        return Cut.apply(
                page.text(),
                List.of(
                        brackets.remove(step.index()),
                        Brackets.of(page, to.list())
                                .insert(
                                        edit.index(),
                                        page.text(step.node().span()),
                                        brackets.separatorOf(step.index()))));
    }

    private Yaml moved(StepPlace step, Body to, int index) {
        // Where the list is counted from the root may change when the step before it goes away, so the new place is
        // marked first.
        boolean within = to.name().equals(step.body());
        Yaml.Items list = to.list();
        List<Yaml> items = new ArrayList<>(list.items());
        if (within) {
            items.remove(step.index());
        }
        items.add(index, step.node());
        Yaml replaced = Trees.put(page.root(), to.path(), new Yaml.Items(items, list.where(), list.span()));
        return within ? replaced : Trees.remove(replaced, pathAfter(step, to, index));
    }

    /** The old place of the step once it also stands in the new one. */
    private static List<String> pathAfter(StepPlace step, Body to, int index) {
        List<String> path = new ArrayList<>(step.path());
        int depth = to.path().size();
        if (path.size() > depth && path.subList(0, depth).equals(to.path())) {
            int old = Integer.parseInt(path.get(depth));
            path.set(depth, String.valueOf(old < index ? old : old + 1));
        }
        return path;
    }

    Plan wrap(Edit.WrapInLoop edit) throws Refusal {
        StepPlace first = source.step(edit.first());
        StepPlace last = source.step(edit.last());
        if (!first.body().equals(last.body()) || first.index() > last.index()) {
            throw Refusal.at(
                    first.node().where(),
                    "'" + first.id() + "' and '" + last.id() + "' are not the first and last of neighbours.",
                    "Name two steps of one list of steps, in the order of the file.");
        }
        Body body = source.body(first.body());
        String max = edit.max().isBlank() ? "" : ", max: " + number(edit.max().strip());
        String loop = "loop: {id: " + FlowText.text(edit.loopId()) + max + "}";
        Yaml tree = wrapped(body, first.index(), last.index(), loop);
        List<String> comments = source.comments(List.of(), List.of());
        if (body.list().span().inline()) {
            Brackets brackets = Brackets.of(page, body.list());
            int from = brackets.member(first.index()).from();
            int to = brackets.member(last.index()).to();
            List<Cut> cuts = List.of(new Cut(from, from, "{" + loop + ", do: ["), new Cut(to, to, "]}"));
            return new Plan(Cut.apply(page.text(), cuts), tree, comments, Set.of());
        }
        Rows rows = rows(body);
        int from = rows.first(first.index());
        int to = rows.last(last.index());
        String space = " ".repeat(rows.column());
        String end = lines.endNear(from);
        List<Line> result = new ArrayList<>();
        result.add(new Line(space + "- " + loop, end));
        result.add(new Line(space + "  do:", end));
        result.addAll(Indentation.shifted(page, from, to, rows.column(), 4));
        return new Plan(
                new LineChanges(lines).replace(from, to - from + 1, result).text(), tree, comments, Set.of());
    }

    private Yaml wrapped(Body body, int first, int last, String loop) throws Refusal {
        List<Yaml> items = new ArrayList<>(body.list().items());
        List<Yaml> inside = items.subList(first, last + 1);
        Map<String, Yaml> step = new LinkedHashMap<>();
        Where where = new Where("", 0, 0);
        ((Yaml.Fields) Fragment.of(loop).root()).entries().forEach((key, entry) -> step.put(key, entry.value()));
        step.put("do", Trees.list(inside, where));
        inside.clear();
        items.add(first, Trees.mapping(step, where));
        return Trees.put(page.root(), body.path(), Trees.list(items, body.list().where()));
    }

    private static String number(String max) {
        return max.matches("[0-9]{1,9}") ? max : FlowText.quoted(max);
    }

    private static Yaml.Fields oneStep(Fragment fragment) throws Refusal {
        Yaml root = fragment.root();
        Yaml step = root instanceof Yaml.Items list
                        && !fragment.isInline()
                        && list.items().size() == 1
                ? list.items().getFirst()
                : root;
        if (step instanceof Yaml.Fields fields) {
            return fields;
        }
        throw Refusal.of("The new text is not one step.", "Give one step, such as 'call: {role: writer}'.");
    }

    private static String inBrackets(Fragment fragment) throws Refusal {
        String text = fragment.inBrackets();
        boolean list = fragment.root() instanceof Yaml.Items;
        return list ? text.substring(1, text.length() - 1) : text;
    }

    private Rows rows(Body body) throws Refusal {
        Rows rows = Rows.of(page, body.list());
        if (!rows.beginsItsLine(0)) {
            throw Refusal.at(
                    body.list().where(),
                    "The first step of '" + body.name() + "' stands in one line with something else.",
                    "Begin a line with its dash.");
        }
        return rows;
    }

    private static void requireIndex(int index, int most) throws Refusal {
        if (index < 0 || index > most) {
            throw Refusal.of("There is no place " + index + " in the list.", "Give a number from 0 to " + most + ".");
        }
    }

    private static void requireOthers(int count, StepPlace step) throws Refusal {
        if (count == 1) {
            throw Refusal.at(
                    step.node().where(),
                    "'" + step.id() + "' is the only step of '" + step.body() + "', and a list of steps is not empty.",
                    "Insert another step first, or remove the step around it.");
        }
    }

    /** Empty lines, where the steps of the list are all separated by the same number of them. */
    private static List<Line> blankLinesBetween(Rows rows) {
        List<Line> gap = rows.gapAfter(0);
        for (int i = 0; i + 1 < rows.count(); i++) {
            List<Line> other = rows.gapAfter(i);
            if (other.size() != gap.size() || !other.stream().allMatch(Line::isBlank)) {
                return List.of();
            }
        }
        return gap;
    }

    private static List<Line> withGap(List<Line> step, List<Line> gap, boolean atTheEnd) {
        List<Line> unit = new ArrayList<>(atTheEnd ? gap : step);
        unit.addAll(atTheEnd ? step : gap);
        return unit;
    }

    private Set<String> inside(StepPlace step) {
        return Set.of(step.id());
    }

    private static boolean startsWith(List<String> path, List<String> beginning) {
        return path.size() >= beginning.size()
                && path.subList(0, beginning.size()).equals(beginning);
    }
}
