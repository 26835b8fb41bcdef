package dev.hone.dsl.use;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What takes the place of a used workflow's parameters and slots. */
final class Parts {

    /** Stands for every model slot. */
    private static final String MODEL = "model";

    private static final Pattern MODEL_NAME = Pattern.compile("[^/\\s]+/\\S+");

    private final Map<String, Value> params;
    private final Map<String, Slot> slots;
    private final Problems problems;

    private Parts(Workflow workflow, Problems problems) {
        this.params = new LinkedHashMap<>(workflow.params());
        this.slots = new LinkedHashMap<>(workflow.slots());
        this.problems = problems;
    }

    /** The workflow with the given parts. */
    static Workflow replace(Workflow workflow, Map<String, Value> with, Problems problems) {
        if (with.isEmpty()) {
            return workflow;
        }
        Parts parts = new Parts(workflow, problems);
        with.forEach((name, value) -> parts.replace(workflow.name(), name, value));
        return new Workflow(
                workflow.name(),
                workflow.inputs(),
                parts.params,
                parts.slots,
                workflow.pools(),
                workflow.memories(),
                workflow.policies(),
                workflow.budget(),
                workflow.flow(),
                workflow.rules(),
                workflow.ruleFiles(),
                workflow.measure(),
                workflow.controls(),
                workflow.result(),
                workflow.use(),
                workflow.where());
    }

    private void replace(String workflow, String name, Value value) {
        Slot slot = slots.get(name);
        if (slot != null) {
            slot(slot, value).ifPresentOrElse(other -> slots.put(name, other), () -> wrong(name, value, wanted(slot)));
        } else if (params.containsKey(name)) {
            param(name, value);
        } else if (name.equals(MODEL)) {
            for (Slot each : java.util.List.copyOf(slots.values())) {
                if (each instanceof Slot.ModelSlot model) {
                    model(model, value)
                            .ifPresentOrElse(
                                    other -> slots.put(model.name(), other), () -> wrong(name, value, wanted(model)));
                }
            }
        } else {
            Set<String> known = new TreeSet<>(slots.keySet());
            known.addAll(params.keySet());
            problems.add(
                    value.where(),
                    ProblemCode.UNKNOWN_PART,
                    "The workflow '" + workflow + "' has no parameter or slot '" + name + "'.",
                    Nearest.to(name, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("It has " + String.join(", ", known) + "."));
        }
    }

    private void param(String name, Value value) {
        Value standard = params.get(name);
        if (standard != null && standard.getClass() == value.getClass()) {
            params.put(name, value);
        } else {
            wrong(name, value, "a value of the kind of the parameter's default");
        }
    }

    private static Optional<Slot> slot(Slot slot, Value value) {
        return switch (slot) {
            case Slot.ModelSlot model -> model(model, value).map(other -> other);
            case Slot.ToolSlot tool ->
                exec(value).map(exec -> new Slot.ToolSlot(tool.name(), exec.tool(), exec.in(), value.where()));
            case Slot.ScorerSlot scorer ->
                exec(value)
                        .filter(exec -> exec.fields().fields().get("score") instanceof Value.Computed)
                        .map(exec -> new Slot.ScorerSlot(
                                scorer.name(),
                                exec.tool(),
                                exec.in(),
                                ((Value.Computed) java.util.Objects.requireNonNull(
                                                exec.fields().fields().get("score")))
                                        .expression(),
                                value.where()));
            case Slot.ValueSlot held -> Optional.of(new Slot.ValueSlot(held.name(), held.kind(), value, value.where()));
        };
    }

    private static Optional<Slot.ModelSlot> model(Slot.ModelSlot model, Value value) {
        return value instanceof Value.Text(String text, var where)
                        && MODEL_NAME.matcher(text).matches()
                ? Optional.of(new Slot.ModelSlot(
                        model.name(),
                        new Workflow.Name(text, where),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        model.temperature(),
                        model.maxTokens(),
                        model.cached(),
                        model.selfGrading(),
                        where))
                : Optional.empty();
    }

    private record Exec(Workflow.Name tool, Map<String, Value> in, Value.Fields fields) {}

    /** {@code {tool: NAME, in: {...}}}, also as {@code {exec: {...}}}. */
    private static Optional<Exec> exec(Value value) {
        if (!(value instanceof Value.Fields fields)) {
            return Optional.empty();
        }
        if (fields.fields().get("exec") instanceof Value.Fields inside) {
            return exec(inside);
        }
        Value in = fields.fields().get("in");
        return fields.fields().get("tool") instanceof Value.Text(String tool, var where)
                        && (in == null || in instanceof Value.Fields)
                ? Optional.of(new Exec(
                        new Workflow.Name(tool, where), in instanceof Value.Fields f ? f.fields() : Map.of(), fields))
                : Optional.empty();
    }

    private static String wanted(Slot slot) {
        return switch (slot) {
            case Slot.ModelSlot model -> "a model, as 'provider/model'";
            case Slot.ToolSlot tool -> "a tool, such as {tool: syllables, in: {text: \"= draft\"}}";
            case Slot.ScorerSlot scorer ->
                "a scorer, such as {tool: syllables, in: {text: \"= item\"}, score: \"= out.total\"}";
            case Slot.ValueSlot held -> "a value";
        };
    }

    private void wrong(String name, Value value, String wanted) {
        problems.add(
                value.where(),
                ProblemCode.WRONG_TYPE,
                "'" + name + "' cannot be this value.",
                "Expected " + wanted + ".");
    }
}
