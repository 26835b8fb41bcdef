package dev.hone.dsl.check;

import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Type;
import dev.hone.dsl.Value;
import dev.hone.dsl.Vocabulary;
import dev.hone.dsl.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;

/** UNKNOWN_TOOL, MISSING_INPUT, UNKNOWN_FIELD, WRONG_TYPE: a tool that is not there, or is not given what it takes. */
public final class UnknownTools implements Check {

    @Override
    public void check(Subject subject, Problems problems) {
        Vocabulary vocabulary = subject.vocabulary();
        for (Slot slot : subject.workflow().slots().values()) {
            if (slot instanceof Slot.ScorerSlot scorer) {
                use(vocabulary, scorer.tool(), scorer.in(), problems);
            } else if (slot instanceof Slot.ToolSlot tool) {
                require(vocabulary, tool.tool(), problems);
            }
        }
        subject.flow().all(Step.Exec.class).forEach(exec -> exec(subject, exec, problems));
        subject.flow().all(Step.Train.class).forEach(train -> {
            Map<String, Value> in = new LinkedHashMap<>(train.in());
            train.data().ifPresent(data -> in.put("data", new Value.Computed(data.from())));
            use(vocabulary, train.trainer(), in, problems);
        });
        subject.workflow().measure().checks().forEach(check -> use(vocabulary, check.tool(), check.in(), problems));
    }

    /** A step may name a tool slot in the place of a tool, and then gives what the slot does not. */
    private static void exec(Subject subject, Step.Exec exec, Problems problems) {
        if (subject.workflow().slots().get(exec.tool().name()) instanceof Slot.ToolSlot slot) {
            Map<String, Value> in = new LinkedHashMap<>(slot.in());
            in.putAll(exec.in());
            use(
                    subject.vocabulary(),
                    new Workflow.Name(slot.tool().name(), exec.tool().where()),
                    in,
                    problems);
        } else {
            use(subject.vocabulary(), exec.tool(), exec.in(), problems);
        }
    }

    private static void use(Vocabulary vocabulary, Workflow.Name name, Map<String, Value> in, Problems problems) {
        Vocabulary.Tool tool = vocabulary.tools().get(name.name());
        if (tool == null) {
            require(vocabulary, name, problems);
            return;
        }
        for (String required : tool.required()) {
            if (!in.containsKey(required)) {
                problems.add(
                        name.where(),
                        ProblemCode.MISSING_INPUT,
                        "The tool '" + name.name() + "' is not given '" + required + "'.",
                        "Add '" + required + "' to its 'in'.");
            }
        }
        in.forEach((input, value) -> {
            Type type = tool.inputs().get(input);
            if (type == null) {
                problems.add(
                        value.where(),
                        ProblemCode.UNKNOWN_FIELD,
                        "The tool '" + name.name() + "' takes no '" + input + "'.",
                        () -> UnknownNames.suggestion(input, tool.inputs().keySet()));
            } else if (!fits(value, type)) {
                problems.add(
                        value.where(),
                        ProblemCode.WRONG_TYPE,
                        "'" + input + "' of the tool '" + name.name() + "' cannot be this value.",
                        "Expected " + shown(type) + ".");
            }
        });
    }

    private static void require(Vocabulary vocabulary, Workflow.Name name, Problems problems) {
        if (!vocabulary.tools().containsKey(name.name())) {
            problems.add(
                    name.where(),
                    ProblemCode.UNKNOWN_TOOL,
                    "There is no tool '" + name.name() + "'.",
                    () -> UnknownNames.suggestion(
                            name.name(), vocabulary.tools().keySet()));
        }
    }

    private static boolean fits(Value value, Type type) {
        return switch (value) {
            case Value.Computed computed -> true;
            case Value.Nothing nothing -> true;
            case Value.Text text -> type.equals(Type.TEXT) || type.equals(Type.ANY);
            case Value.Number number -> type.equals(Type.NUMBER) || type.equals(Type.ANY);
            case Value.Bool bool -> type.equals(Type.BOOLEAN) || type.equals(Type.ANY);
            case Value.Items items -> type instanceof Type.ListOf || type.equals(Type.ANY);
            case Value.Fields fields -> type instanceof Type.Fields || type.equals(Type.ANY);
        };
    }

    private static String shown(Type type) {
        return switch (type) {
            case Type.Any any -> "any value";
            case Type.Scalar(Type.ScalarKind kind) -> "a " + RuleScopes.word(kind);
            case Type.ListOf list -> "a list";
            case Type.Fields fields -> "an object";
        };
    }
}
