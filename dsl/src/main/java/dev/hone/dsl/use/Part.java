package dev.hone.dsl.use;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A workflow as a part of another: everything under names that begin with the step's id. */
final class Part {

    private final Step.Use use;
    private final Workflow used;
    private final Renaming names;

    Part(Step.Use use, Workflow used) {
        this.use = use;
        this.used = used;
        this.names = new Renaming(
                use.id().replace('-', '_') + "_", own(used), used.slots().keySet(), given(use, used));
    }

    Renaming names() {
        return names;
    }

    private static Set<String> own(Workflow used) {
        Set<String> own = new HashSet<>(used.params().keySet());
        own.addAll(used.pools().keySet());
        own.addAll(used.memories().keySet());
        own.addAll(used.policies().keySet());
        own.addAll(used.slots().keySet());
        used.steps().forEach(step -> {
            step.gives().ifPresent(name -> own.add(name.name()));
            if (step instanceof Step.ForEach map) {
                own.addAll(map.over().keySet());
            }
            if (step instanceof Step.Loop || step instanceof Step.Human) {
                own.add(step.id());
            }
        });
        return own;
    }

    /** An input that is not given is the using workflow's name of the same spelling. */
    private static Map<String, Feel> given(Step.Use use, Workflow used) {
        Map<String, Feel> given = new HashMap<>();
        for (String input : used.inputs().keySet()) {
            Value value = use.in().get(input);
            given.put(input, value == null ? new Feel.Name(input) : feel(value));
        }
        return given;
    }

    private static Feel feel(Value value) {
        return switch (value) {
            case Value.Computed(Expression expression) -> expression.feel();
            case Value.Text(String text, var where) -> new Feel.Text(text);
            case Value.Number(var number, var where) -> new Feel.Num(number);
            case Value.Bool(boolean bool, var where) -> new Feel.Bool(bool);
            case Value.Nothing nothing -> new Feel.Null();
            case Value.Items(List<Value> items, var where) ->
                new Feel.ListOf(items.stream().map(Part::feel).toList());
            case Value.Fields(Map<String, Value> fields, var where) -> {
                Map<String, Feel> entries = new LinkedHashMap<>();
                fields.forEach((name, field) -> entries.put(name, feel(field)));
                yield new Feel.Context(entries);
            }
        };
    }

    /** A loop that its budget bounded is bounded by that number of rounds. */
    List<Step> steps() {
        return new RenamedSteps(names)
                .all(used.flow().stream().map(this::bounded).toList());
    }

    private Step bounded(Step step) {
        Optional<Expression> calls = Optional.ofNullable(used.budget().limits().get(Workflow.Resource.CALLS));
        return step instanceof Step.Loop loop && loop.max().isEmpty()
                ? new Step.Loop(loop.id(), calls, loop.until(), loop.budget(), loop.body(), loop.where())
                : step;
    }

    Map<String, Value> params() {
        return keyed(used.params(), value -> value);
    }

    Map<String, Slot> slots() {
        return keyed(used.slots(), slot -> switch (slot) {
            case Slot.ModelSlot s ->
                new Slot.ModelSlot(
                        names.id(s.name()),
                        s.init(),
                        s.fallback(),
                        s.baseUrl(),
                        s.key(),
                        s.price(),
                        s.temperature(),
                        s.maxTokens(),
                        s.cached(),
                        s.selfGrading(),
                        s.where());
            case Slot.ScorerSlot s ->
                new Slot.ScorerSlot(
                        names.id(s.name()), s.tool(), names.values(s.in()), names.expression(s.score()), s.where());
            case Slot.ToolSlot s -> new Slot.ToolSlot(names.id(s.name()), s.tool(), names.values(s.in()), s.where());
            case Slot.ValueSlot s -> new Slot.ValueSlot(names.id(s.name()), s.kind(), names.value(s.init()), s.where());
        });
    }

    Map<String, Workflow.Pool> pools() {
        return keyed(
                used.pools(),
                pool -> new Workflow.Pool(
                        names.id(pool.name()),
                        pool.shape(),
                        pool.dedupe(),
                        names.name(pool.score()),
                        names.expressions(pool.objectives()),
                        names.expression(pool.cell()),
                        names.expression(pool.capacity()),
                        names.expression(pool.seed()),
                        pool.where()));
    }

    Map<String, Workflow.Memory> memories() {
        return keyed(
                used.memories(),
                memory -> new Workflow.Memory(
                        names.id(memory.name()),
                        memory.scope(),
                        names.expression(memory.window()),
                        names.expression(memory.capacity()),
                        memory.embed(),
                        memory.where()));
    }

    Map<String, Workflow.PolicyUse> policies() {
        return keyed(
                used.policies(),
                policy -> new Workflow.PolicyUse(
                        names.id(policy.name()),
                        policy.kind(),
                        names.name(policy.over()),
                        policy.arms().stream().map(names::tool).toList(),
                        names.expression(policy.features()),
                        policy.embed(),
                        names.expressions(policy.settings()),
                        policy.where()));
    }

    private <T> Map<String, T> keyed(Map<String, T> map, Function<T, T> each) {
        return names.keys(map, each::apply);
    }

    Optional<String> resultPool() {
        return used.result()
                .map(Workflow.Name::name)
                .or(() -> used.pools().size() == 1
                        ? Optional.of(used.pools().keySet().iterator().next())
                        : Optional.empty())
                .map(names::id);
    }

    List<Rule> rules() {
        return used.rules().stream()
                .map(rule -> new Rule(
                        names.id(rule.id()),
                        rule.fact(),
                        names.expression(rule.when()),
                        rule.then().stream().map(this::effect).toList(),
                        rule.salience(),
                        rule.group()
                                .map(group -> new Rule.Group(
                                        names.id(group.table()),
                                        group.hit(),
                                        group.parts().stream()
                                                .map(names::expression)
                                                .toList())),
                        rule.scope().isEmpty() ? use.id() : names.id(rule.scope()),
                        rule.where()))
                .toList();
    }

    private Rule.Effect effect(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Exit(Workflow.Name target, var where) ->
                new Rule.Effect.Exit(
                        target.name().equals("run") ? new Workflow.Name(use.id(), target.where()) : names.name(target),
                        where);
            case Rule.Effect.Skip(Workflow.Name target, var where) -> new Rule.Effect.Skip(names.name(target), where);
            case Rule.Effect.Goto(Workflow.Name target, var where) -> new Rule.Effect.Goto(names.name(target), where);
            case Rule.Effect.Accept(Workflow.Name artifact, var where) ->
                new Rule.Effect.Accept(names.name(artifact), where);
            case Rule.Effect.Restart(Workflow.Name loop, List<Workflow.Name> keep, var where) ->
                new Rule.Effect.Restart(
                        names.name(loop), keep.stream().map(names::name).toList(), where);
            case Rule.Effect.Resume(Workflow.Name step, var where) -> new Rule.Effect.Resume(names.name(step), where);
            case Rule.Effect.Escalate(Workflow.Name step, var where) ->
                new Rule.Effect.Escalate(names.name(step), where);
            case Rule.Effect.Rollback(Workflow.Name slot, var where) ->
                new Rule.Effect.Rollback(names.name(slot), where);
            case Rule.Effect.Promote(Workflow.Name slot, var where) -> new Rule.Effect.Promote(names.name(slot), where);
            case Rule.Effect.Prune prune -> prune;
            case Rule.Effect.Quarantine quarantine -> quarantine;
            case Rule.Effect.Pause pause -> pause;
            case Rule.Effect.Flag flag -> flag;
        };
    }
}
