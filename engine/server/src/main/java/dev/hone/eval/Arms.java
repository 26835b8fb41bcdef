package dev.hone.eval;

import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.Workflow.Control;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.EngineException;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which arms there are: the workflow, the controls that it names, and what a plan lets differ. */
public final class Arms {

    private Arms() {}

    /** The workflow and its controls, in the order of a report. A control that the workflow's shape does not allow is left out. */
    public static List<Arm> controlled(Workshop workshop, Program program, Source source) {
        List<Control.Kind> kinds = program.workflow().controls().stream()
                .map(Control::kind)
                .distinct()
                .toList();
        Optional<Program> samples =
                kinds.contains(Control.Kind.SINGLE_SAMPLE) || kinds.contains(Control.Kind.IID_SAME_BUDGET)
                        ? workshop.compileIndependentSamples(source)
                        : Optional.empty();
        List<Arm> before = new ArrayList<>();
        List<Arm> after = new ArrayList<>();
        for (Control.Kind kind : Control.Kind.values()) {
            if (kinds.contains(kind)) {
                switch (kind) {
                    case SINGLE_SAMPLE, IID_SAME_BUDGET ->
                        samples.ifPresent(sampling -> before.add(Arm.control(kind, sampling, source)));
                    case SHUFFLED_FEEDBACK, CONSTANT_FEEDBACK, NO_MEMORY, LENGTH_ONLY ->
                        after.add(Arm.control(kind, program, source));
                }
            }
        }
        before.add(Arm.workflow(program, source));
        before.addAll(after);
        return before;
    }

    /**
     * The arms that a plan adds.
     *
     * @param beside the files in the plan's folder
     * @throws EngineException with every problem of the plan's arms
     */
    public static List<Arm> planned(
            Workshop workshop, Program program, Source source, EvalPlan plan, Companions beside) {
        List<Problem> problems = new ArrayList<>();
        List<Arm> arms = new ArrayList<>();
        for (EvalPlan.Variant variant : plan.variants().values()) {
            Optional<Source> other = variant.file().isEmpty()
                    ? Optional.of(source)
                    : file(variant.file().get(), beside, problems);
            if (other.isPresent()) {
                Program own = variant.file().isEmpty() ? program : workshop.compile(other.get());
                check(program.workflow(), own.workflow(), variant, problems);
                Map<String, String> models = new HashMap<>();
                variant.models().forEach((slot, model) -> models.put(slot, model.name()));
                arms.add(new Arm(
                        variant.name(),
                        Optional.empty(),
                        variant.oracle(),
                        variant.file().isPresent(),
                        own,
                        other.get(),
                        plain(variant.params(), Params::plain),
                        models,
                        plain(variant.slots(), value -> Json.node(Params.plain(value))),
                        variant.on().map(Workflow.Name::name)));
            }
        }
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return arms;
    }

    private static Optional<Source> file(Workflow.Name file, Companions beside, List<Problem> problems) {
        Optional<String> text = beside.find(file.name());
        if (text.isEmpty()) {
            problems.add(Problem.at(
                    file.where(),
                    ProblemCode.UNKNOWN_FILE,
                    "there is no file " + file.name() + " beside the plan.",
                    "Put it there, or correct the path."));
        }
        return text.map(found -> Source.of(file.name(), found, beside));
    }

    private static void check(Workflow workflow, Workflow own, EvalPlan.Variant variant, List<Problem> problems) {
        if (variant.file().isPresent()) {
            same("inputs", workflow.inputs().keySet(), own.inputs().keySet(), variant, problems);
            same("measured names", measured(workflow), measured(own), variant, problems);
        }
        variant.params().keySet().stream()
                .filter(name -> !own.params().containsKey(name))
                .forEach(name -> problems.add(Problem.at(
                        variant.where(),
                        ProblemCode.UNKNOWN_NAME,
                        "the arm '" + variant.name() + "' sets the parameter " + name + ", which the workflow "
                                + own.name() + " does not have.",
                        nearest(name, own.params().keySet()))));
        variant.slots().forEach((slot, value) -> {
            if (!(own.slots().get(slot) instanceof Slot.ValueSlot)) {
                problems.add(Problem.at(
                        value.where(),
                        ProblemCode.UNKNOWN_SLOT,
                        "the workflow " + own.name() + " has no slot " + slot + " that holds a value.",
                        nearest(slot, own.slots().keySet())));
            }
        });
        variant.models().forEach((slot, model) -> {
            if (!(own.slots().get(slot) instanceof Slot.ModelSlot)) {
                problems.add(Problem.at(
                        model.where(),
                        ProblemCode.UNKNOWN_SLOT,
                        "the workflow " + own.name() + " has no model slot " + slot + ".",
                        nearest(slot, models(own))));
            }
        });
    }

    private static List<String> models(Workflow workflow) {
        return workflow.slots().values().stream()
                .filter(Slot.ModelSlot.class::isInstance)
                .map(Slot::name)
                .toList();
    }

    private static void same(
            String what, Set<String> here, Set<String> there, EvalPlan.Variant variant, List<Problem> problems) {
        if (!here.equals(there)) {
            problems.add(Problem.at(
                    variant.file().orElseThrow().where(),
                    ProblemCode.MISSING_INPUT,
                    "the arm '" + variant.name() + "' has the " + what + " " + listed(there) + ", the workflow "
                            + listed(here) + ".",
                    "Arms are compared on the same tasks and names: give both the same."));
        }
    }

    /** The names that the sealed checks of a workflow report. */
    public static Set<String> measured(Workflow workflow) {
        return workflow.measure().checks().stream()
                .flatMap(check -> check.report().keySet().stream())
                .collect(Collectors.toSet());
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().sorted().toList());
    }

    private static <T> Map<String, T> plain(Map<String, Value> values, Function<Value, @Nullable T> read) {
        Map<String, T> all = new HashMap<>();
        values.forEach((name, value) -> {
            T one = read.apply(value);
            if (one != null) {
                all.put(name, one);
            }
        });
        return all;
    }

    private static String nearest(String name, Collection<String> known) {
        return Nearest.to(name, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("It has " + listed(known) + ".");
    }

    /**
     * Those that were asked for by name, and the workflow, which all are held against.
     *
     * @throws EngineException when a name is none of theirs
     */
    public static List<Arm> chosen(List<Arm> arms, Collection<String> names) {
        Set<String> known = arms.stream().map(Arm::name).collect(Collectors.toSet());
        List<Problem> problems = new HashSet<>(names)
                .stream()
                        .filter(name -> !known.contains(name))
                        .sorted()
                        .map(name -> Problem.of(
                                ProblemCode.NOT_FOUND, "there is no arm '" + name + "'.", nearest(name, known)))
                        .toList();
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return names.isEmpty()
                ? arms
                : arms.stream()
                        .filter(arm -> arm.isWorkflow() || names.contains(arm.name()))
                        .toList();
    }
}
