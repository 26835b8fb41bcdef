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

    private static final Type AMOUNTS = numbers("calls", "tokens", "money", "seconds", "train", "human");
    private static final Type NUMBERS = new Type.ListOf(Type.NUMBER);
    private static final Type POOL =
            with(numbers("size", "best", "trialsSinceBest", "mean"), Map.of("scores", NUMBERS, "lengths", NUMBERS));
    private static final Type SUBTREE = numbers("size", "sameScore", "depth");
    private static final Type ARTIFACT = numbers("score", "length", "repeats");
    private static final Type ROUND = numbers("round", "seconds", "restarts");
    private static final Type POLICY =
            with(numbers("asks", "tells", "open", "recommendationStableFor"), Map.of("recommended", Type.ANY));
    private static final Type SLOT =
            with(numbers("version", "versions", "score", "best"), Map.of("promoted", Type.BOOLEAN));
    private static final Type HUMAN = with(numbers("seconds"), Map.of("timedOut", Type.BOOLEAN, "by", Type.TEXT));

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
            case PREFERENCE -> Optional.of(Step.SignalKind.PREFERENCE);
            case BUDGET, LOOP, POOL, POLICY, SLOT, HUMAN -> Optional.empty();
        };
    }

    Map<String, Type> of(Rule.FactKind fact) {
        Map<String, Type> scope = new LinkedHashMap<>(params);
        scope.put("left", AMOUNTS);
        scope.put("spent", AMOUNTS);
        scope.put("round", Type.NUMBER);
        switch (fact) {
            case VERDICT, SCORE, CRITIQUE, PREFERENCE -> {
                scope.put("history", new Type.ListOf(Type.ANY));
                signals(fact, scope);
            }
            case BUDGET -> scope.put("exhausted", Type.BOOLEAN);
            case LOOP -> flow.all(Step.Loop.class).forEach(loop -> scope.put(loop.id(), ROUND));
            case POOL -> {
                scope.put("subtree", SUBTREE);
                scope.put("artifact", ARTIFACT);
                named(fact, POOL, workflow.pools().keySet(), scope);
            }
            case POLICY -> named(fact, POLICY, workflow.policies().keySet(), scope);
            case SLOT -> named(fact, SLOT, workflow.slots().keySet(), scope);
            case HUMAN -> {
                Set<String> names = new LinkedHashSet<>();
                flow.all(Step.Human.class).forEach(step -> names.add(subject(step)));
                named(fact, HUMAN, names, scope);
            }
        }
        return scope;
    }

    /** The name by which rules speak of a human step. */
    static String subject(Step.Human step) {
        return step.out().map(Workflow.Name::name).orElse(step.id());
    }

    private static void named(Rule.FactKind fact, Type type, Set<String> names, Map<String, Type> scope) {
        scope.put(word(fact), type);
        names.forEach(name -> scope.put(name, type));
    }

    /** The signals under their own names, and the one that the rule looks at under the name of its kind. */
    private void signals(Rule.FactKind fact, Map<String, Type> scope) {
        Set<Type> types = new LinkedHashSet<>();
        flow.all(Step.class)
                .filter(step -> Uses.signal(step).equals(signalOf(fact)))
                .forEach(step -> {
                    Type type = typeOf(step);
                    types.add(type);
                    step.gives().ifPresent(name -> scope.put(name.name(), type));
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

    private static Type with(Type numbers, Map<String, Type> more) {
        Map<String, Type> fields = new LinkedHashMap<>(((Type.Fields) numbers).fields());
        more.forEach(fields::put);
        return new Type.Fields(fields, false);
    }
}
