package dev.hone.dsl.use;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Steps under other names. */
record RenamedSteps(Renaming names) {

    List<Step> all(List<Step> steps) {
        return steps.stream().map(this::step).toList();
    }

    private Step step(Step step) {
        String id = names.id(step.id());
        return switch (step) {
            case Step.Call s ->
                new Step.Call(
                        id,
                        role(s.role()),
                        names.values(s.in()),
                        s.system().map(this::prompt),
                        s.prompt().map(this::prompt),
                        names.expression(s.images()),
                        s.reply(),
                        names.name(s.out()),
                        s.as().map(this::signal),
                        s.into().map(this::entry),
                        s.where());
            case Step.Exec s ->
                new Step.Exec(
                        id,
                        names.tool(s.tool()),
                        names.values(s.in()),
                        names.expression(s.take()),
                        names.name(s.out()),
                        s.as().map(this::signal),
                        s.into().map(this::entry),
                        s.where());
            case Step.Human s ->
                new Step.Human(
                        id,
                        s.form(),
                        s.question(),
                        names.values(s.show()),
                        s.shuffle(),
                        names.expression(s.timeout()),
                        otherwise(s.otherwise()),
                        names.name(s.out()),
                        s.as().map(this::signal),
                        s.where());
            case Step.Choose s ->
                new Step.Choose(
                        id, names.name(s.policy()), names.expressions(s.numbers()), names.name(s.as()), s.where());
            case Step.Tell s ->
                new Step.Tell(
                        id,
                        names.name(s.policy()),
                        names.expression(s.trial()),
                        lesson(s.lesson()),
                        names.expression(s.made()),
                        names.expression(s.condition()),
                        s.where());
            case Step.Recall s ->
                new Step.Recall(
                        id,
                        names.name(s.from()),
                        names.expression(s.like()),
                        names.expression(s.top()),
                        names.name(s.as()),
                        s.where());
            case Step.Remember s ->
                new Step.Remember(
                        id,
                        names.name(s.into()),
                        names.expression(s.item()),
                        s.many(),
                        names.expression(s.key()),
                        names.expression(s.condition()),
                        s.where());
            case Step.ForEach s ->
                new Step.ForEach(
                        id,
                        names.keys(s.over(), names::expression),
                        s.parallel(),
                        names.expression(s.max()),
                        all(s.body()),
                        s.where());
            case Step.Loop s ->
                new Step.Loop(
                        id,
                        names.expression(s.max()),
                        names.expression(s.until()),
                        budget(s.budget()),
                        all(s.body()),
                        s.where());
            case Step.If s ->
                new Step.If(id, names.expression(s.condition()), all(s.then()), all(s.otherwise()), s.where());
            case Step.Reduce s ->
                new Step.Reduce(
                        id,
                        names.expression(s.from()),
                        s.how(),
                        names.expression(s.by()),
                        names.expressions(s.objectives()),
                        names.expression(s.top()),
                        names.name(s.as()),
                        s.where());
            case Step.Train s ->
                new Step.Train(
                        id,
                        s.trainer(),
                        names.name(s.into()),
                        s.data().map(this::dataset),
                        names.values(s.in()),
                        names.name(s.out()),
                        s.as().map(this::signal),
                        s.where());
            case Step.SetSlot s ->
                new Step.SetSlot(
                        id,
                        names.name(s.slot()),
                        operation(s.operation()),
                        names.expression(s.condition()),
                        names.expression(s.score()),
                        s.where());
            case Step.Use s ->
                new Step.Use(
                        id,
                        s.workflow(),
                        names.values(s.in()),
                        s.with(),
                        names.name(s.out()),
                        all(s.body()),
                        s.where());
        };
    }

    private Step.Role role(Step.Role role) {
        return switch (role) {
            case Step.Role.Named(var slot) -> new Step.Role.Named(names.name(slot));
            case Step.Role.Computed(Expression slot) -> new Step.Role.Computed(names.expression(slot));
        };
    }

    private Step.Prompt prompt(Step.Prompt prompt) {
        return switch (prompt) {
            case Step.Prompt.Written written -> written;
            case Step.Prompt.Computed(Expression template) -> new Step.Prompt.Computed(names.expression(template));
        };
    }

    private Step.Entry entry(Step.Entry entry) {
        return new Step.Entry(names.name(entry.pool()), names.expression(entry.parent()));
    }

    private Step.Signal signal(Step.Signal s) {
        return new Step.Signal(
                s.kind(),
                names.expression(s.of()),
                names.expression(s.span()),
                s.sealed(),
                s.source(),
                names.expression(s.confidence()),
                names.expression(s.delay()),
                s.where());
    }

    private Step.Otherwise otherwise(Step.Otherwise otherwise) {
        return switch (otherwise) {
            case Step.Otherwise.Surrogate(var slot) -> new Step.Otherwise.Surrogate(names.name(slot));
            case Step.Otherwise.Skip skip -> skip;
            case Step.Otherwise.Defer defer -> defer;
        };
    }

    private Step.Lesson lesson(Step.Lesson lesson) {
        return switch (lesson) {
            case Step.Lesson.Score(Expression e) -> new Step.Lesson.Score(names.expression(e));
            case Step.Lesson.Scores(Expression e) -> new Step.Lesson.Scores(names.expression(e));
            case Step.Lesson.Prefer(Expression e) -> new Step.Lesson.Prefer(names.expression(e));
        };
    }

    private Step.Dataset dataset(Step.Dataset data) {
        return new Step.Dataset(
                names.expression(data.from()),
                names.expression(data.keep()),
                names.expression(data.example()),
                names.expression(data.weight()),
                data.where());
    }

    private Step.SlotOperation operation(Step.SlotOperation operation) {
        return switch (operation) {
            case Step.SlotOperation.Set(Expression to) -> new Step.SlotOperation.Set(names.expression(to));
            case Step.SlotOperation.Ema(Expression toward, Expression decay) ->
                new Step.SlotOperation.Ema(names.expression(toward), names.expression(decay));
            case Step.SlotOperation.Interpolate(Expression with, Expression at) ->
                new Step.SlotOperation.Interpolate(names.expression(with), names.expression(at));
            case Step.SlotOperation.Promote promote -> promote;
            case Step.SlotOperation.Rollback rollback -> rollback;
            case Step.SlotOperation.Reset reset -> reset;
        };
    }

    private Map<Workflow.Resource, Expression> budget(Map<Workflow.Resource, Expression> limits) {
        Map<Workflow.Resource, Expression> renamed = new EnumMap<>(Workflow.Resource.class);
        limits.forEach((resource, most) -> renamed.put(resource, names.expression(most)));
        return renamed;
    }
}
