package dev.hone.dsl.check;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Type;
import dev.hone.dsl.Value;
import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which names stand where. What a step defines can be read by later steps of the same body and of what follows it;
 * after a map it is the list over the elements; after an {@code if} it may be absent; a round of a loop can also read
 * what the round before defined.
 */
final class Scopes {

    private final Workflow workflow;
    private final Vocabulary vocabulary;
    private final List<Use> uses = new ArrayList<>();

    private Scopes(Workflow workflow, Vocabulary vocabulary) {
        this.workflow = workflow;
        this.vocabulary = vocabulary;
    }

    static List<Use> of(Workflow workflow, Vocabulary vocabulary, FlowIndex flow) {
        Scopes scopes = new Scopes(workflow, vocabulary);
        Map<String, Type> params = new LinkedHashMap<>();
        workflow.params().forEach((name, value) -> params.put(name, Types.of(value)));
        Map<String, Type> root = new LinkedHashMap<>();
        workflow.inputs().values().stream()
                .filter(input -> !input.sealed())
                .forEach(input -> root.put(input.name(), input.type()));
        root.putAll(params);

        scopes.scorers(root);
        workflow.budget().limits().values().forEach(most -> scopes.use(most, "the budget", params));
        Map<String, Type> afterFlow = Scope.of(root);
        scopes.steps(workflow.flow(), afterFlow);
        RuleScopes ruleScopes = new RuleScopes(workflow, flow, params, afterFlow);
        workflow.rules()
                .forEach(rule -> scopes.use(rule.when(), ruleScopes.place(rule.fact()), ruleScopes.of(rule.fact())));
        scopes.measure(root);
        return List.copyOf(scopes.uses);
    }

    private void scorers(Map<String, Type> root) {
        for (Slot slot : workflow.slots().values()) {
            if (slot instanceof Slot.ScorerSlot scorer) {
                String place = "the scorer '" + scorer.name() + "'";
                values(scorer.in(), place, with(root, "item", Type.ANY));
                use(scorer.score(), place, with(with(root, "item", Type.ANY), "out", output(scorer.tool())));
            }
        }
    }

    private void measure(Map<String, Type> root) {
        Map<String, Type> scope = with(root, "result", Type.ANY);
        workflow.inputs().values().forEach(input -> scope.put(input.name(), input.type()));
        for (Workflow.Check check : workflow.measure().checks()) {
            Uses.expressions(check.in()).forEach(e -> uses.add(new Use(e, "a sealed check", scope, true)));
            Map<String, Type> out = with(Map.of(), "out", output(check.tool()));
            check.report().values().forEach(e -> uses.add(new Use(e, "a sealed check's report", out, true)));
        }
    }

    /** Adds what the steps define to the scope. */
    private void steps(List<Step> steps, Map<String, Type> scope) {
        steps.forEach(step -> step(step, scope));
    }

    private void step(Step step, Map<String, Type> scope) {
        String place = "the step '" + step.id() + "'";
        switch (step) {
            case Step.Call call -> {
                values(call.in(), place, scope);
                call.parent().ifPresent(parent -> use(parent, place, scope));
                // How a reply that is a signal is taken apart is only known when it is there.
                Type reply = call.as().isPresent() ? Type.ANY : Type.TEXT;
                call.out().ifPresent(out -> scope.put(out.name(), reply));
            }
            case Step.Exec exec -> {
                values(exec.in(), place, scope);
                exec.out().ifPresent(out -> scope.put(out.name(), output(exec.tool())));
            }
            case Step.ForEach map -> forEach(map, place, scope);
            case Step.Loop loop -> loop(loop, place, scope);
            case Step.If choice -> choice(choice, place, scope);
            case Step.Reduce reduce -> reduce(reduce, place, scope);
        }
    }

    private void forEach(Step.ForEach map, String place, Map<String, Type> scope) {
        map.max().ifPresent(max -> use(max, place, scope));
        Map<String, Type> inside = Scope.of(scope);
        map.over().forEach((name, list) -> {
            use(list, place, scope);
            inside.put(name, Types.itemOf(Types.of(list.feel(), scope)));
        });
        steps(map.body(), inside);
        defined(map.body()).forEach(name -> scope.put(name, new Type.ListOf(inside.getOrDefault(name, Type.ANY))));
    }

    private void loop(Step.Loop loop, String place, Map<String, Type> scope) {
        loop.max().ifPresent(max -> use(max, place, scope));
        for (String name : defined(loop.body())) {
            scope.putIfAbsent(name, Type.ANY);
        }
        steps(loop.body(), scope);
        loop.until().ifPresent(until -> use(until, place, scope));
    }

    private void choice(Step.If choice, String place, Map<String, Type> scope) {
        use(choice.condition(), place, scope);
        Map<String, Type> then = Scope.of(scope);
        steps(choice.then(), then);
        Map<String, Type> otherwise = Scope.of(scope);
        steps(choice.otherwise(), otherwise);
        List<String> names = new ArrayList<>(defined(choice.then()));
        names.addAll(defined(choice.otherwise()));
        for (String name : names) {
            Type one = then.getOrDefault(name, Type.ANY);
            scope.put(name, one.equals(otherwise.get(name)) ? one : Type.ANY);
        }
    }

    private void reduce(Step.Reduce reduce, String place, Map<String, Type> scope) {
        boolean fromPool = Uses.pool(reduce, workflow).isPresent();
        if (!fromPool) {
            use(reduce.from(), place, scope);
        }
        use(reduce.top(), place, scope);
        Type item = fromPool ? Type.ANY : Types.itemOf(Types.of(reduce.from().feel(), scope));
        reduce.by().ifPresent(by -> use(by, place, with(scope, "item", item)));
        boolean one = reduce.top().feel().equals(new Feel.Num(BigDecimal.ONE));
        scope.put(reduce.as().name(), one ? item : new Type.ListOf(item));
    }

    /** The names that the steps define, at any depth. */
    private static List<String> defined(List<Step> steps) {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Call call -> call.out().ifPresent(out -> names.add(out.name()));
                case Step.Exec exec -> exec.out().ifPresent(out -> names.add(out.name()));
                case Step.Reduce reduce -> names.add(reduce.as().name());
                case Step.ForEach map -> names.addAll(defined(map.body()));
                case Step.Loop loop -> names.addAll(defined(loop.body()));
                case Step.If choice -> {
                    names.addAll(defined(choice.then()));
                    names.addAll(defined(choice.otherwise()));
                }
            }
        }
        return names;
    }

    private Type output(Workflow.Name tool) {
        Vocabulary.Tool known = vocabulary.tools().get(tool.name());
        return known == null ? Type.ANY : known.output();
    }

    private void values(Map<String, Value> values, String place, Map<String, Type> scope) {
        Uses.expressions(values).forEach(expression -> use(expression, place, scope));
    }

    private void use(Expression expression, String place, Map<String, Type> scope) {
        uses.add(new Use(expression, place, Scope.of(scope), false));
    }

    private static Map<String, Type> with(Map<String, Type> scope, String name, Type type) {
        Map<String, Type> more = Scope.of(scope);
        more.put(name, type);
        return more;
    }
}
