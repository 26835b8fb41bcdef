package dev.hone.dsl.use;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives the names of a workflow a prefix, so that it can become a part of another, and puts what the other gives in the
 * place of its inputs.
 *
 * @param prefix of every name and id
 * @param own the names that get it: what steps define, elements of maps, parameters, loops
 * @param slots its slots
 * @param given what takes the place of a name
 */
record Renaming(String prefix, Set<String> own, Set<String> slots, Map<String, Feel> given) {

    /** Under these roots a field is the name of a slot, policy, memory or pool. */
    private static final Set<String> STORES = Set.of("slot", "version", "policy", "memory", "pool");

    String id(String id) {
        return prefix + id;
    }

    Workflow.Name name(Workflow.Name name) {
        return new Workflow.Name(prefix + name.name(), name.where());
    }

    /** A tool, or the slot that holds one; a word, or the slot of that name. */
    Workflow.Name tool(Workflow.Name tool) {
        return slots.contains(tool.name()) ? name(tool) : tool;
    }

    Optional<Workflow.Name> name(Optional<Workflow.Name> name) {
        return name.map(this::name);
    }

    <T> Map<String, T> keys(Map<String, T> map, UnaryOperator<T> each) {
        Map<String, T> renamed = new LinkedHashMap<>();
        map.forEach((name, value) -> renamed.put(prefix + name, each.apply(value)));
        return renamed;
    }

    Optional<Expression> expression(Optional<Expression> expression) {
        return expression.map(this::expression);
    }

    Expression expression(Expression expression) {
        Feel feel = feel(expression.feel(), Set.of());
        return feel.equals(expression.feel())
                ? expression
                : new Expression(FeelText.print(feel), feel, expression.where());
    }

    <K> Map<K, Expression> expressions(Map<K, Expression> map) {
        Map<K, Expression> renamed = new LinkedHashMap<>();
        map.forEach((name, expression) -> renamed.put(name, expression(expression)));
        return renamed;
    }

    Map<String, Value> values(Map<String, Value> map) {
        Map<String, Value> renamed = new LinkedHashMap<>();
        map.forEach((name, value) -> renamed.put(name, value(value)));
        return renamed;
    }

    Value value(Value value) {
        return switch (value) {
            case Value.Computed(Expression expression) -> new Value.Computed(expression(expression));
            case Value.Items(List<Value> items, var where) ->
                new Value.Items(items.stream().map(this::value).toList(), where);
            case Value.Fields(Map<String, Value> fields, var where) -> new Value.Fields(values(fields), where);
            case Value.Nothing nothing -> nothing;
            case Value.Text text -> text;
            case Value.Number number -> number;
            case Value.Bool bool -> bool;
        };
    }

    private Feel feel(Feel feel, Set<String> bound) {
        return switch (feel) {
            case Feel.Name(String name) -> name(name, bound);
            case Feel.Field(Feel.Name(String root), String field)
            when STORES.contains(root) && !bound.contains(root) -> new Feel.Field(new Feel.Name(root), prefix + field);
            case Feel.Field(Feel of, String field) -> new Feel.Field(feel(of, bound), field);
            case Feel.Negate(Feel operand) -> new Feel.Negate(feel(operand, bound));
            case Feel.Arithmetic(var operator, Feel left, Feel right) ->
                new Feel.Arithmetic(operator, feel(left, bound), feel(right, bound));
            case Feel.Compare(var operator, Feel left, Feel right) ->
                new Feel.Compare(operator, feel(left, bound), feel(right, bound));
            case Feel.And(Feel left, Feel right) -> new Feel.And(feel(left, bound), feel(right, bound));
            case Feel.Or(Feel left, Feel right) -> new Feel.Or(feel(left, bound), feel(right, bound));
            case Feel.Invoke(String function, List<Feel> arguments) -> new Feel.Invoke(function, all(arguments, bound));
            case Feel.If(Feel condition, Feel then, Feel otherwise) ->
                new Feel.If(feel(condition, bound), feel(then, bound), feel(otherwise, bound));
            case Feel.ListOf(List<Feel> items) -> new Feel.ListOf(all(items, bound));
            case Feel.Context(Map<String, Feel> entries) -> {
                Map<String, Feel> renamed = new LinkedHashMap<>();
                Set<String> inside = new java.util.HashSet<>(bound);
                entries.forEach((name, entry) -> {
                    renamed.put(name, feel(entry, Set.copyOf(inside)));
                    inside.add(name);
                });
                yield new Feel.Context(renamed);
            }
            case Feel.Range(Feel first, Feel last) -> new Feel.Range(feel(first, bound), feel(last, bound));
            case Feel.Filter(Feel list, Feel filter) ->
                new Feel.Filter(feel(list, bound), feel(filter, with(bound, Set.of("item"))));
            case Feel.For(Map<String, Feel> iterators, Feel result) -> {
                Map<String, Feel> renamed = iterators(iterators, bound);
                Set<String> inside = with(with(bound, iterators.keySet()), Set.of("partial"));
                yield new Feel.For(renamed, feel(result, inside));
            }
            case Feel.Quantified(boolean every, Map<String, Feel> iterators, Feel condition) ->
                new Feel.Quantified(
                        every, iterators(iterators, bound), feel(condition, with(bound, iterators.keySet())));
            case Feel.Other(String construct, List<Feel> parts) -> new Feel.Other(construct, all(parts, bound));
            case Feel.Null n -> n;
            case Feel.Bool b -> b;
            case Feel.Num n -> n;
            case Feel.Text t -> t;
        };
    }

    private Feel name(String name, Set<String> bound) {
        if (bound.contains(name)) {
            return new Feel.Name(name);
        }
        Feel other = given.get(name);
        if (other != null) {
            return other;
        }
        return new Feel.Name(own.contains(name) ? prefix + name : name);
    }

    private Map<String, Feel> iterators(Map<String, Feel> iterators, Set<String> bound) {
        Map<String, Feel> renamed = new LinkedHashMap<>();
        Set<String> inside = new java.util.HashSet<>(bound);
        iterators.forEach((name, list) -> {
            renamed.put(name, feel(list, Set.copyOf(inside)));
            inside.add(name);
        });
        return renamed;
    }

    private List<Feel> all(List<Feel> parts, Set<String> bound) {
        return parts.stream().map(part -> feel(part, bound)).toList();
    }

    private static Set<String> with(Set<String> bound, Set<String> more) {
        Set<String> all = new java.util.HashSet<>(bound);
        all.addAll(more);
        return Set.copyOf(all);
    }
}
