package dev.hone.dsl.feel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts expressions in the place of an expression's free names. */
public final class FeelSubstitution {

    /** What takes the place of a free name, or of a field of one; null leaves it as it is. */
    public interface Replacement {
        @Nullable
        Feel name(String name);

        default @Nullable Feel field(String root, String field) {
            return null;
        }
    }

    private final Replacement replacement;

    private FeelSubstitution(Replacement replacement) {
        this.replacement = replacement;
    }

    /** With the given expressions in the place of names. */
    public static Feel substitute(Feel feel, Map<String, Feel> names) {
        return substitute(feel, names::get);
    }

    public static Feel substitute(Feel feel, Replacement replacement) {
        return new FeelSubstitution(replacement).visit(feel, Set.of());
    }

    private Feel visit(Feel feel, Set<String> bound) {
        return switch (feel) {
            case Feel.Name(String name) -> name(name, bound);
            case Feel.Field(Feel.Name(String root), String field)
            when !bound.contains(root) -> {
                Feel other = replacement.field(root, field);
                yield other != null ? other : new Feel.Field(name(root, bound), field);
            }
            case Feel.Field(Feel of, String field) -> new Feel.Field(visit(of, bound), field);
            case Feel.Negate(Feel operand) -> new Feel.Negate(visit(operand, bound));
            case Feel.Arithmetic(var operator, Feel left, Feel right) ->
                new Feel.Arithmetic(operator, visit(left, bound), visit(right, bound));
            case Feel.Compare(var operator, Feel left, Feel right) ->
                new Feel.Compare(operator, visit(left, bound), visit(right, bound));
            case Feel.And(Feel left, Feel right) -> new Feel.And(visit(left, bound), visit(right, bound));
            case Feel.Or(Feel left, Feel right) -> new Feel.Or(visit(left, bound), visit(right, bound));
            case Feel.Invoke(String function, List<Feel> arguments) -> new Feel.Invoke(function, all(arguments, bound));
            case Feel.If(Feel condition, Feel then, Feel otherwise) ->
                new Feel.If(visit(condition, bound), visit(then, bound), visit(otherwise, bound));
            case Feel.ListOf(List<Feel> items) -> new Feel.ListOf(all(items, bound));
            case Feel.Context(Map<String, Feel> entries) ->
                new Feel.Context(inOrder(entries, bound, (entry, inside) -> visit(entry, inside)));
            case Feel.Range(Feel first, Feel last) -> new Feel.Range(visit(first, bound), visit(last, bound));
            case Feel.Filter(Feel list, Feel filter) ->
                new Feel.Filter(visit(list, bound), visit(filter, with(bound, Set.of("item"))));
            case Feel.For(Map<String, Feel> iterators, Feel result) ->
                new Feel.For(
                        inOrder(iterators, bound, this::visit),
                        visit(result, with(with(bound, iterators.keySet()), Set.of("partial"))));
            case Feel.Quantified(boolean every, Map<String, Feel> iterators, Feel condition) ->
                new Feel.Quantified(
                        every,
                        inOrder(iterators, bound, this::visit),
                        visit(condition, with(bound, iterators.keySet())));
            case Feel.Other(String construct, List<Feel> parts) -> new Feel.Other(construct, all(parts, bound));
            case Feel.Null n -> n;
            case Feel.Bool b -> b;
            case Feel.Num n -> n;
            case Feel.Text t -> t;
        };
    }

    private Feel name(String name, Set<String> bound) {
        Feel other = bound.contains(name) ? null : replacement.name(name);
        return other == null ? new Feel.Name(name) : other;
    }

    private interface Visit {
        Feel of(Feel feel, Set<String> bound);
    }

    /** A later entry may read an earlier one. */
    private static Map<String, Feel> inOrder(Map<String, Feel> entries, Set<String> bound, Visit visit) {
        Map<String, Feel> visited = new LinkedHashMap<>();
        Set<String> inside = new HashSet<>(bound);
        entries.forEach((name, entry) -> {
            visited.put(name, visit.of(entry, Set.copyOf(inside)));
            inside.add(name);
        });
        return visited;
    }

    private List<Feel> all(List<Feel> parts, Set<String> bound) {
        return parts.stream().map(part -> visit(part, bound)).toList();
    }

    private static Set<String> with(Set<String> bound, Set<String> more) {
        Set<String> all = new HashSet<>(bound);
        all.addAll(more);
        return Set.copyOf(all);
    }
}
