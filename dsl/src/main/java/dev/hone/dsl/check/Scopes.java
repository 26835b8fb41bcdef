package dev.hone.dsl.check;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Type;
import dev.hone.dsl.Value;
import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

        Map<String, Type> stores = scopes.stores();
        // What judges an artifact may have been learned.
        Map<String, Type> judging = with(root, "slot", stores.getOrDefault("slot", Type.ANY));
        scopes.slots(root, judging, params);
        scopes.pools(root, judging, params);
        root.putAll(stores);
        workflow.budget().limits().values().forEach(most -> scopes.use(most, "the budget", params));
        Map<String, Type> afterFlow = Scope.of(root);
        scopes.steps(workflow.flow(), afterFlow);
        RuleScopes ruleScopes = new RuleScopes(workflow, flow, params, afterFlow);
        scopes.rules(ruleScopes);
        scopes.measure(root);
        return List.copyOf(scopes.uses);
    }

    /** What the rows of a table share is looked at once. */
    private void rules(RuleScopes scopes) {
        Map<Rule.FactKind, Set<Expression>> seen = new EnumMap<>(Rule.FactKind.class);
        for (Rule rule : workflow.rules()) {
            for (Expression written : rule.written()) {
                if (seen.computeIfAbsent(rule.fact(), fact -> new HashSet<>()).add(written)) {
                    use(written, scopes.place(rule.fact()), scopes.of(rule.fact()));
                }
            }
        }
    }

    private void slots(Map<String, Type> root, Map<String, Type> judging, Map<String, Type> params) {
        for (Slot slot : workflow.slots().values()) {
            switch (slot) {
                case Slot.ScorerSlot scorer -> {
                    String place = "the scorer '" + scorer.name() + "'";
                    values(scorer.in(), place, with(judging, "item", Type.ANY));
                    use(scorer.score(), place, with(with(judging, "item", Type.ANY), "out", output(scorer.tool())));
                }
                case Slot.ValueSlot value ->
                    values(Map.of("init", value.init()), "the slot '" + value.name() + "'", root);
                case Slot.ModelSlot model -> {}
                // Its inputs are computed where it is run: there they are looked at.
                case Slot.ToolSlot tool -> {}
            }
        }
        workflow.policies().values().forEach(policy -> {
            String place = "the policy '" + policy.name() + "'";
            policy.features().ifPresent(features -> use(features, place, with(root, "item", Type.ANY)));
            policy.settings().values().forEach(setting -> use(setting, place, params));
        });
        workflow.memories().values().forEach(memory -> {
            String place = "the memory '" + memory.name() + "'";
            memory.window().ifPresent(window -> use(window, place, params));
            memory.capacity().ifPresent(capacity -> use(capacity, place, params));
        });
    }

    private void pools(Map<String, Type> root, Map<String, Type> judging, Map<String, Type> params) {
        for (Workflow.Pool pool : workflow.pools().values()) {
            String place = "the pool '" + pool.name() + "'";
            pool.seed().ifPresent(seed -> use(seed, place, judging));
            pool.capacity().ifPresent(capacity -> use(capacity, place, params));
            Map<String, Type> inside = with(with(judging, "item", Type.ANY), "score", Type.NUMBER);
            pool.objectives().values().forEach(objective -> use(objective, place, inside));
            pool.cell().ifPresent(cell -> use(cell, place, inside));
        }
    }

    /** What every expression of the flow may read of slots, policies, memories and pools, and a number of chance. */
    private Map<String, Type> stores() {
        Map<String, Type> slots = new LinkedHashMap<>();
        Map<String, Type> versions = new LinkedHashMap<>();
        workflow.slots().forEach((name, slot) -> {
            slots.put(name, slot instanceof Slot.ModelSlot ? Type.TEXT : Type.ANY);
            versions.put(name, Type.ANY);
        });
        Map<String, Type> stores = new LinkedHashMap<>();
        stores.put("slot", new Type.Fields(slots, false));
        stores.put("version", new Type.Fields(versions, false));
        stores.put("policy", anyOf(workflow.policies().keySet(), Type.ANY));
        stores.put("memory", anyOf(workflow.memories().keySet(), new Type.ListOf(Type.ANY)));
        stores.put("pool", anyOf(workflow.pools().keySet(), new Type.ListOf(Type.ANY)));
        stores.put("random", Type.NUMBER);
        return stores;
    }

    private static Type anyOf(Set<String> names, Type type) {
        Map<String, Type> fields = new LinkedHashMap<>();
        names.forEach(name -> fields.put(name, type));
        return new Type.Fields(fields, false);
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
                if (call.role() instanceof Step.Role.Computed(Expression role)) {
                    use(role, place, scope);
                }
                call.images().ifPresent(images -> use(images, place, scope));
                call.prompts().forEach(prompt -> {
                    if (prompt instanceof Step.Prompt.Computed(Expression template)) {
                        use(template, place, scope);
                    }
                });
                // How a reply that is a signal is taken apart is only known when it is there.
                Type otherwise = call.as().isPresent() ? Type.ANY : Type.TEXT;
                gives(
                        step,
                        call.reply()
                                .<Type>map(reply -> new Type.Fields(reply.fields(), false))
                                .orElse(otherwise),
                        place,
                        scope);
            }
            case Step.Exec exec -> {
                values(exec.in(), place, scope);
                Map<String, Type> out = with(scope, "out", output(exec.tool()));
                exec.take().ifPresent(take -> use(take, place, out));
                Type type = exec.take().map(take -> Types.of(take.feel(), out)).orElseGet(() -> output(exec.tool()));
                gives(step, type, place, scope);
            }
            case Step.Human human -> {
                values(human.show(), place, scope);
                human.timeout().ifPresent(timeout -> use(timeout, place, scope));
                gives(step, Type.ANY, place, scope);
            }
            case Step.Choose choose -> {
                choose.numbers().values().forEach(number -> use(number, place, scope));
                gives(step, choice(choose), place, scope);
            }
            case Step.Tell tell -> {
                use(tell.trial(), place, scope);
                use(tell.lesson().expression(), place, scope);
                tell.made().ifPresent(made -> use(made, place, scope));
                tell.condition().ifPresent(condition -> use(condition, place, scope));
            }
            case Step.Recall recall -> {
                recall.like().ifPresent(like -> use(like, place, scope));
                recall.top().ifPresent(top -> use(top, place, scope));
                gives(step, new Type.ListOf(Type.ANY), place, scope);
            }
            case Step.Remember remember -> {
                use(remember.item(), place, scope);
                remember.key().ifPresent(key -> use(key, place, scope));
                remember.condition().ifPresent(condition -> use(condition, place, scope));
            }
            case Step.Train train -> {
                values(train.in(), place, scope);
                train.data().ifPresent(data -> dataset(data, place, scope));
                gives(step, output(train.trainer()), place, scope);
            }
            case Step.SetSlot set -> {
                operands(set.operation()).forEach(operand -> use(operand, place, scope));
                set.condition().ifPresent(condition -> use(condition, place, scope));
                set.score().ifPresent(score -> use(score, place, scope));
            }
            case Step.Use used -> steps(used.body(), scope);
            case Step.ForEach map -> forEach(map, place, scope);
            case Step.Loop loop -> loop(loop, place, scope);
            case Step.If choice -> choice(choice, place, scope);
            case Step.Reduce reduce -> reduce(reduce, place, scope);
        }
    }

    /** What every kind of step may say of what it gives, and the name that later steps read it by. */
    private void gives(Step step, Type type, String place, Map<String, Type> scope) {
        step.entry().flatMap(Step.Entry::parent).ifPresent(parent -> use(parent, place, scope));
        step.gives().ifPresent(name -> scope.put(name.name(), type));
        step.signal()
                .ifPresent(signal -> Stream.of(signal.of(), signal.span(), signal.confidence(), signal.delay())
                        .flatMap(Optional::stream)
                        .forEach(expression -> use(expression, place, scope)));
    }

    private void dataset(Step.Dataset data, String place, Map<String, Type> scope) {
        if (!(data.from().feel() instanceof Feel.Name(String name) && isStore(name))) {
            use(data.from(), place, scope);
        }
        Map<String, Type> inside = with(with(scope, "item", Type.ANY), "score", Type.NUMBER);
        Stream.of(data.keep(), data.example(), data.weight())
                .flatMap(Optional::stream)
                .forEach(expression -> use(expression, place, inside));
    }

    private boolean isStore(String name) {
        return workflow.pools().containsKey(name) || workflow.memories().containsKey(name);
    }

    private Type choice(Step.Choose choose) {
        Workflow.PolicyUse policy = workflow.policies().get(choose.policy().name());
        Vocabulary.PolicyKind kind =
                policy == null ? null : vocabulary.policies().get(policy.kind().name());
        Map<String, Type> fields = new LinkedHashMap<>();
        fields.put("trial", Type.NUMBER);
        fields.put("arm", Type.TEXT);
        fields.put("ids", new Type.ListOf(Type.TEXT));
        fields.put("picks", new Type.ListOf(Type.ANY));
        List.of("node", "id", "a", "b").forEach(field -> fields.put(field, Type.ANY));
        return new Type.Fields(fields, kind == null || kind.over() == Vocabulary.Over.NOTHING);
    }

    private static List<Expression> operands(Step.SlotOperation operation) {
        return switch (operation) {
            case Step.SlotOperation.Set(Expression to) -> List.of(to);
            case Step.SlotOperation.Ema(Expression toward, Expression decay) -> List.of(toward, decay);
            case Step.SlotOperation.Interpolate(Expression with, Expression at) -> List.of(with, at);
            case Step.SlotOperation.Promote promote -> List.of();
            case Step.SlotOperation.Rollback rollback -> List.of();
            case Step.SlotOperation.Reset reset -> List.of();
        };
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
        loop.budget().values().forEach(most -> use(most, place, scope));
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
        Map<String, Type> inside = reduce.how() == Step.Reduction.KNOCKOUT
                ? with(with(scope, "a", item), "b", item)
                : with(with(scope, "item", item), "score", Type.NUMBER);
        reduce.by().ifPresent(by -> use(by, place, inside));
        reduce.objectives().values().forEach(objective -> use(objective, place, inside));
        boolean one = reduce.top().feel().equals(new Feel.Num(BigDecimal.ONE));
        Type type = switch (reduce.how()) {
            case TOP, VOTE, KNOCKOUT, PESSIMISTIC, OLDEST, RANDOM -> one ? item : new Type.ListOf(item);
            case CLUSTER, PARETO -> new Type.ListOf(item);
            case MEAN -> Type.NUMBER;
            case PAIR_MAX_MIN, PAIR_MAX_RANDOM, PAIR_NEAR_ON_POLICY -> new Type.ListOf(Type.ANY);
        };
        scope.put(reduce.as().name(), type);
    }

    /** The names that the steps define, at any depth. */
    private static List<String> defined(List<Step> steps) {
        return steps.stream()
                .flatMap(Step::all)
                .flatMap(step -> step.gives().stream())
                .map(Workflow.Name::name)
                .toList();
    }

    private Type output(Workflow.Name tool) {
        String name = workflow.slots().get(tool.name()) instanceof Slot.ToolSlot slot
                ? slot.tool().name()
                : tool.name();
        Vocabulary.Tool known = vocabulary.tools().get(name);
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
