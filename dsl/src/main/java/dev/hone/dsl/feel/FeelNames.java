package dev.hone.dsl.feel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which names of the surrounding scope an expression reads. */
public final class FeelNames {

    /**
     * A name and what is read of it: {@code task.examples} is the root {@code task} with the field {@code examples}.
     *
     * @param inFilter whether it stands in {@code list[...]}, where it may also be a field of the item
     */
    public record Path(String root, List<String> fields, boolean inFilter) {
        @Override
        public String toString() {
            return fields.isEmpty() ? root : root + "." + String.join(".", fields);
        }
    }

    private final Set<Path> found = new LinkedHashSet<>();

    private FeelNames() {}

    /** In the order of the text, each once; names bound by {@code for}, {@code some}, {@code every} are not among them. */
    public static List<Path> free(Feel feel) {
        FeelNames names = new FeelNames();
        names.visit(feel, Set.of(), false);
        return List.copyOf(names.found);
    }

    /** The roots of {@link #free}. */
    public static Set<String> roots(Feel feel) {
        return free(feel).stream().map(Path::root).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void visit(Feel feel, Set<String> bound, boolean inFilter) {
        switch (feel) {
            case Feel.Null n -> {}
            case Feel.Bool b -> {}
            case Feel.Num n -> {}
            case Feel.Text t -> {}
            case Feel.Name name -> path(name, bound, inFilter);
            case Feel.Field field -> path(field, bound, inFilter);
            case Feel.Negate(Feel operand) -> visit(operand, bound, inFilter);
            case Feel.Arithmetic(var operator, Feel left, Feel right) ->
                visitAll(List.of(left, right), bound, inFilter);
            case Feel.Compare(var operator, Feel left, Feel right) -> visitAll(List.of(left, right), bound, inFilter);
            case Feel.And(Feel left, Feel right) -> visitAll(List.of(left, right), bound, inFilter);
            case Feel.Or(Feel left, Feel right) -> visitAll(List.of(left, right), bound, inFilter);
            case Feel.Invoke(String function, List<Feel> arguments) -> visitAll(arguments, bound, inFilter);
            case Feel.If(Feel condition, Feel then, Feel otherwise) ->
                visitAll(List.of(condition, then, otherwise), bound, inFilter);
            case Feel.ListOf(List<Feel> items) -> visitAll(items, bound, inFilter);
            case Feel.Context(Map<String, Feel> entries) -> {
                // A later entry may read an earlier one.
                Set<String> inside = new HashSet<>(bound);
                entries.forEach((name, entry) -> {
                    visit(entry, inside, inFilter);
                    inside.add(name);
                });
            }
            case Feel.Range(Feel first, Feel last) -> visitAll(List.of(first, last), bound, inFilter);
            case Feel.Filter(Feel list, Feel filter) -> {
                visit(list, bound, inFilter);
                visit(filter, with(bound, Set.of("item")), true);
            }
            // "partial" is the list of results so far.
            case Feel.For(Map<String, Feel> iterators, Feel result) ->
                iterate(iterators, result, bound, Set.of("partial"), inFilter);
            case Feel.Quantified(boolean every, Map<String, Feel> iterators, Feel condition) ->
                iterate(iterators, condition, bound, Set.of(), inFilter);
            case Feel.Other(String construct, List<Feel> parts) -> visitAll(parts, bound, inFilter);
        }
    }

    private void path(Feel feel, Set<String> bound, boolean inFilter) {
        List<String> fields = new ArrayList<>();
        Feel of = feel;
        while (of instanceof Feel.Field(Feel inner, String field)) {
            fields.addFirst(field);
            of = inner;
        }
        if (!(of instanceof Feel.Name(String root))) {
            visit(of, bound, inFilter);
        } else if (!bound.contains(root)) {
            found.add(new Path(root, List.copyOf(fields), inFilter));
        }
    }

    private void visitAll(List<Feel> parts, Set<String> bound, boolean inFilter) {
        parts.forEach(part -> visit(part, bound, inFilter));
    }

    private void iterate(
            Map<String, Feel> iterators, Feel body, Set<String> bound, Set<String> inBody, boolean inFilter) {
        Set<String> inside = new HashSet<>(bound);
        iterators.forEach((name, list) -> {
            visit(list, inside, inFilter);
            inside.add(name);
        });
        inside.addAll(inBody);
        visit(body, inside, inFilter);
    }

    private static Set<String> with(Set<String> bound, Set<String> more) {
        Set<String> all = new HashSet<>(bound);
        all.addAll(more);
        return all;
    }
}
