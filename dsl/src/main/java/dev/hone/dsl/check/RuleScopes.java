package dev.hone.dsl.check;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Type;
import dev.hone.dsl.Workflow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that a rule's condition may read, which depend on the fact that it looks at. */
final class RuleScopes {

    private static final Type LEFT = numbers("calls", "tokens", "money", "seconds");
    private static final Type POOL = numbers("size", "best", "trialsSinceBest");
    private static final Type ROUND = numbers("round");

    private final Workflow workflow;
    private final FlowIndex flow;
    private final Map<String, Type> params;
    private final Map<String, Type> afterFlow;

    RuleScopes(Workflow workflow, FlowIndex flow, Map<String, Type> params, Map<String, Type> afterFlow) {
        this.workflow = workflow;
        this.flow = flow;
        this.params = params;
        this.afterFlow = afterFlow;
    }

    String place(Rule.FactKind fact) {
        return "a rule about " + (fact == Rule.FactKind.BUDGET ? "the " : "a ") + word(fact);
    }

    static Optional<Step.SignalKind> signalOf(Rule.FactKind fact) {
        return switch (fact) {
            case VERDICT -> Optional.of(Step.SignalKind.VERDICT);
            case SCORE -> Optional.of(Step.SignalKind.SCORE);
            case CRITIQUE -> Optional.of(Step.SignalKind.CRITIQUE);
            case BUDGET, LOOP, POOL -> Optional.empty();
        };
    }

    Map<String, Type> of(Rule.FactKind fact) {
        Map<String, Type> scope = new LinkedHashMap<>(params);
        switch (fact) {
            case VERDICT, SCORE, CRITIQUE -> {
                scope.put("left", LEFT);
                scope.put("round", Type.NUMBER);
                signals(fact, scope);
            }
            case BUDGET -> {
                scope.put("left", LEFT);
                scope.put("exhausted", Type.BOOLEAN);
            }
            case LOOP -> {
                scope.put("left", LEFT);
                scope.put("round", Type.NUMBER);
                flow.all(Step.Loop.class).forEach(loop -> scope.put(loop.id(), ROUND));
            }
            case POOL -> {
                scope.put("pool", POOL);
                workflow.pools().keySet().forEach(pool -> scope.put(pool, POOL));
            }
        }
        return scope;
    }

    /** The signals under their own names, and the one that the rule looks at under the name of its kind. */
    private void signals(Rule.FactKind fact, Map<String, Type> scope) {
        Set<Type> types = new LinkedHashSet<>();
        flow.all(Step.class)
                .filter(step -> Uses.signal(step).equals(signalOf(fact)))
                .forEach(step -> {
                    Type type = typeOf(step);
                    types.add(type);
                    name(step).ifPresent(name -> scope.put(name, type));
                });
        scope.put(word(fact), types.size() == 1 ? types.iterator().next() : Type.ANY);
    }

    /** A tool's output has the tool's type; how a model's reply is taken apart is only known when it is there. */
    private Type typeOf(Step step) {
        if (!(step instanceof Step.Exec exec) || exec.out().isEmpty()) {
            return Type.ANY;
        }
        Type type = afterFlow.getOrDefault(exec.out().orElseThrow().name(), Type.ANY);
        while (type instanceof Type.ListOf(Type items)) {
            type = items;
        }
        return type;
    }

    private static Optional<String> name(Step step) {
        return switch (step) {
            case Step.Call call -> call.out().map(Workflow.Name::name);
            case Step.Exec exec -> exec.out().map(Workflow.Name::name);
            case Step.ForEach map -> Optional.empty();
            case Step.Loop loop -> Optional.empty();
            case Step.If choice -> Optional.empty();
            case Step.Reduce reduce -> Optional.empty();
        };
    }

    static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Type numbers(String... names) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, Type.NUMBER);
        }
        return new Type.Fields(fields, false);
    }
}
