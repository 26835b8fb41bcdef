package dev.hone.dsl.use;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.dsl.feel.FeelSubstitution;
import dev.hone.dsl.feel.FeelText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
        Feel feel = feel(expression.feel());
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

    private Feel feel(Feel feel) {
        return FeelSubstitution.substitute(feel, new FeelSubstitution.Replacement() {
            @Override
            public @Nullable Feel name(String name) {
                Feel other = given.get(name);
                return other == null && own.contains(name) ? new Feel.Name(prefix + name) : other;
            }

            @Override
            public @Nullable Feel field(String root, String field) {
                return STORES.contains(root) && !given.containsKey(root)
                        ? new Feel.Field(new Feel.Name(root), prefix + field)
                        : null;
            }
        });
    }
}
