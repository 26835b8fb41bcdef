package dev.hone.dsl.use;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Nearest;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Reading;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Value;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.feel.Feel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the workflows that a workflow uses into it. A file that is nothing but another workflow takes its steps over under
 * their own names; a step that uses one gets its steps as a body, under names with the step's id before them. The files that
 * have rules of a workflow are opened on the way.
 */
public final class Expansion {

    /** Workflows inside one another: as many as a reader can follow. */
    private static final int DEEPEST = 8;

    private final Library library;
    private final Problems problems;

    private Expansion(Library library, Problems problems) {
        this.library = library;
        this.problems = problems;
    }

    /**
     * @param companions the files beside the workflow
     * @return the workflow without any {@code use} left to do or file left to open, when there are no problems
     */
    public static Workflow expand(Workflow workflow, Companions companions, Library library, Problems problems) {
        return new Expansion(library, problems).whole(RuleFiles.open(workflow, companions, problems), List.of());
    }

    private Workflow whole(Workflow workflow, List<String> within) {
        Workflow own = workflow;
        if (workflow.use().isPresent()) {
            Workflow.Reuse use = workflow.use().get();
            Optional<Workflow> used = read(use.workflow(), within);
            if (used.isEmpty()) {
                return workflow;
            }
            own = Inherited.of(workflow, Parts.replace(used.get(), use.with(), problems));
        }
        Parent parent = new Parent(own);
        List<Step> flow = parent.steps(own.flow(), within);
        return parent.with(flow);
    }

    /** The used workflow, itself expanded. */
    private Optional<Workflow> read(Workflow.Name name, List<String> within) {
        if (within.contains(name.name()) || within.size() >= DEEPEST) {
            problems.add(
                    name.where(),
                    ProblemCode.ENDLESS_USE,
                    "The workflow '" + name.name() + "' is used inside of itself: " + String.join(" uses ", within)
                            + " uses " + name.name() + ".",
                    "Use another workflow, or write a loop.");
            return Optional.empty();
        }
        Optional<Library.Text> text = library.find(name.name());
        if (text.isEmpty()) {
            problems.add(
                    name.where(),
                    ProblemCode.UNKNOWN_WORKFLOW,
                    "There is no workflow '" + name.name() + "' in the catalogue.",
                    Nearest.to(name.name(), library.names())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("It has " + String.join(", ", new java.util.TreeSet<>(library.names())) + "."));
            return Optional.empty();
        }
        List<String> deeper = new ArrayList<>(within);
        deeper.add(name.name());
        return switch (WorkflowReader.read(text.get().file(), text.get().text())) {
            case Reading.Refused refused -> {
                refused.problems()
                        .forEach(p -> problems.add(p.where().orElse(name.where()), p.code(), p.what(), p.fix()));
                yield Optional.empty();
            }
            case Reading.Parsed(Workflow used)
            when used.drl().findAny().isPresent() -> {
                Workflow.Name file = used.drl().findFirst().orElseThrow().path();
                problems.add(
                        file.where(),
                        ProblemCode.NOT_TRUSTED,
                        "The workflow '" + used.name() + "' has rules in DRL, and a workflow that others use has none.",
                        "Write them as rules or tables, or into the workflow that uses it.");
                yield Optional.empty();
            }
            case Reading.Parsed parsed ->
                Optional.of(whole(RuleFiles.open(parsed.workflow(), text.get().companions(), problems), deeper));
        };
    }

    /** A workflow, while the parts of the workflows that its steps use come to its own. */
    private final class Parent {

        private final Workflow own;
        private final Set<String> ids = new HashSet<>();
        private final Map<String, Value> params;
        private final Map<String, dev.hone.dsl.Slot> slots;
        private final Map<String, Workflow.Pool> pools;
        private final Map<String, Workflow.Memory> memories;
        private final Map<String, Workflow.PolicyUse> policies;
        private final List<Rule> rules;
        private final List<String> results = new ArrayList<>();

        Parent(Workflow own) {
            this.own = own;
            own.steps().forEach(step -> ids.add(step.id()));
            this.params = new LinkedHashMap<>(own.params());
            this.slots = new LinkedHashMap<>(own.slots());
            this.pools = new LinkedHashMap<>(own.pools());
            this.memories = new LinkedHashMap<>(own.memories());
            this.policies = new LinkedHashMap<>(own.policies());
            this.rules = new ArrayList<>(own.rules());
        }

        Workflow with(List<Step> flow) {
            return new Workflow(
                    own.name(),
                    own.inputs(),
                    params,
                    slots,
                    pools,
                    memories,
                    policies,
                    own.budget(),
                    flow,
                    List.copyOf(rules),
                    own.ruleFiles(),
                    own.measure(),
                    own.controls(),
                    result(),
                    Optional.empty(),
                    own.where());
        }

        /** The own pool when there is one, else that of the only workflow used. */
        private Optional<Workflow.Name> result() {
            if (own.result().isPresent() || pools.size() == own.pools().size()) {
                return own.result();
            }
            List<String> candidates =
                    own.pools().isEmpty() ? results : List.copyOf(own.pools().keySet());
            return candidates.size() == 1
                    ? Optional.of(new Workflow.Name(candidates.getFirst(), own.where()))
                    : Optional.empty();
        }

        List<Step> steps(List<Step> steps, List<String> within) {
            List<Step> all = new ArrayList<>();
            for (Step step : steps) {
                if (step instanceof Step.Use use && use.body().isEmpty()) {
                    use(use, within, all);
                } else {
                    all.add(step(step, within));
                }
            }
            return List.copyOf(all);
        }

        private Step step(Step step, List<String> within) {
            return switch (step) {
                case Step.Use use -> use;
                case Step.ForEach s ->
                    new Step.ForEach(s.id(), s.over(), s.parallel(), s.max(), steps(s.body(), within), s.where());
                case Step.Loop s ->
                    new Step.Loop(s.id(), s.max(), s.until(), s.budget(), steps(s.body(), within), s.where());
                case Step.If s ->
                    new Step.If(
                            s.id(), s.condition(), steps(s.then(), within), steps(s.otherwise(), within), s.where());
                case Step.Call s -> s;
                case Step.Exec s -> s;
                case Step.Human s -> s;
                case Step.Choose s -> s;
                case Step.Tell s -> s;
                case Step.Recall s -> s;
                case Step.Remember s -> s;
                case Step.Reduce s -> s;
                case Step.Train s -> s;
                case Step.SetSlot s -> s;
            };
        }

        /** The used workflow's steps as a body, and behind it, where every way out of it leads, its result. */
        private void use(Step.Use use, List<String> within, List<Step> into) {
            Optional<Workflow> read = read(use.workflow(), within);
            if (read.isEmpty()) {
                into.add(use);
                return;
            }
            Workflow used = Parts.replace(read.get(), use.with(), problems);
            Part part = new Part(use, used);
            params.putAll(part.params());
            slots.putAll(part.slots());
            pools.putAll(part.pools());
            memories.putAll(part.memories());
            policies.putAll(part.policies());
            rules.addAll(part.rules());
            part.resultPool().ifPresent(results::add);
            unknownInputs(use, used);
            missingInputs(use, used);
            List<Step> body = part.steps();
            List<Step> steps = new ArrayList<>(body);
            use.out().ifPresent(out -> result(use, out, part).ifPresent(steps::add));
            for (Step step : steps) {
                step.all()
                        .filter(inner -> !ids.add(inner.id()))
                        .forEach(inner -> problems.add(
                                use.where(),
                                ProblemCode.DUPLICATE_ID,
                                "A step of '" + use.workflow().name() + "' would get the id '" + inner.id()
                                        + "', which is taken.",
                                "Give the step '" + use.id() + "' another id."));
            }
            into.add(new Step.Use(use.id(), use.workflow(), use.in(), use.with(), use.out(), body, use.where()));
            into.addAll(steps.subList(body.size(), steps.size()));
        }

        private Optional<Step> result(Step.Use use, Workflow.Name out, Part part) {
            if (part.resultPool().isEmpty()) {
                problems.add(
                        out.where(),
                        ProblemCode.UNKNOWN_POOL,
                        "The workflow '" + use.workflow().name() + "' has no result to be named '" + out.name() + "'.",
                        "Use a workflow that has a pool, or remove 'out'.");
                return Optional.empty();
            }
            return Optional.of(new Step.Reduce(
                    part.names().id("result"),
                    new Expression(
                            part.resultPool().get(),
                            new Feel.Name(part.resultPool().get()),
                            out.where()),
                    Step.Reduction.TOP,
                    Optional.of(new Expression("score", new Feel.Name("score"), out.where())),
                    Map.of(),
                    new Expression("1", new Feel.Num(BigDecimal.ONE), out.where()),
                    out,
                    use.where()));
        }

        /** What is not given is the using workflow's name of the same spelling, so there has to be one. */
        private void missingInputs(Step.Use use, Workflow used) {
            Set<String> known = new HashSet<>(own.inputs().keySet());
            known.addAll(own.params().keySet());
            own.steps().forEach(step -> {
                step.gives().ifPresent(name -> known.add(name.name()));
                if (step instanceof Step.ForEach map) {
                    known.addAll(map.over().keySet());
                }
            });
            for (Workflow.Input input : used.inputs().values()) {
                if (!input.sealed() && !use.in().containsKey(input.name()) && !known.contains(input.name())) {
                    problems.add(
                            use.where(),
                            ProblemCode.MISSING_INPUT,
                            "The workflow '" + use.workflow().name() + "' is not given '" + input.name() + "'.",
                            "Add '" + input.name() + "' to the step's 'in'.");
                }
            }
        }

        private void unknownInputs(Step.Use use, Workflow used) {
            use.in().forEach((name, value) -> {
                if (!used.inputs().containsKey(name)) {
                    problems.add(
                            value.where(),
                            ProblemCode.UNKNOWN_PART,
                            "The workflow '" + use.workflow().name() + "' has no input '" + name + "'.",
                            Nearest.to(name, used.inputs().keySet())
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse("Its inputs are "
                                            + String.join(", ", used.inputs().keySet()) + "."));
                }
            });
        }
    }
}
