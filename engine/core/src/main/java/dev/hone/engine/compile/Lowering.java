package dev.hone.engine.compile;

import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns steps into blocks of BPMN elements.
 *
 * <p>Every step is one service task of one job type; what it does is decided by its id. A loop is a join, its body, a task
 * that decides and a gateway; a map is a task that computes its elements and a multi-instance sub-process. A rule's move is a
 * BPMN error that the job raises, caught on the boundary of the task or of the outermost map that is left; the error {@link
 * Program#STOP} is caught by an event sub-process of the whole process, so that every run ends in a {@code finish} task.
 */
final class Lowering {

    /** What came out; {@code jumps} in the order of the file. */
    record Lowered(
            Block main,
            List<Node.Interruption> interruptions,
            List<Jump> jumps,
            Map<String, Activity> activities,
            Map<String, List<Scope>> scopes,
            Map<String, Where> sources) {}

    private final Workflow workflow;
    private final Map<String, Activity> activities = new LinkedHashMap<>();
    private final Map<String, List<Scope>> scopes = new LinkedHashMap<>();
    private final Map<String, Where> sources = new LinkedHashMap<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final List<Jump> jumps = new ArrayList<>();
    private final Set<String> entered = new LinkedHashSet<>();

    /**
     * Where a step stands.
     *
     * @param element the service task whose job raises the moves
     * @param maps the ids of the maps around it, outermost first
     * @param loops the ids of the loops around it or, for a loop, with itself
     * @param order of the step in the file
     */
    private record Site(Step step, String element, List<String> maps, Set<String> loops, int order) {}

    private Lowering(Workflow workflow) {
        this.workflow = workflow;
    }

    static Lowered lower(Workflow workflow) {
        return new Lowering(workflow).lower();
    }

    private Lowered lower() {
        survey(workflow.flow(), List.of(), Set.of());
        workflow.rules().forEach(this::addJumps);

        List<Block> row = new ArrayList<>();
        row.add(single(new Node.Start("start", workflow.name(), new Node.Trigger.Called())));
        row.addAll(blocks(workflow.flow(), List.of()));
        row.add(finish("finish", Activity.Ending.COMPLETED));
        row.add(single(new Node.End("end", "best result")));

        List<Node.Interruption> interruptions = new ArrayList<>();
        interruptions.add(interruption(
                "stopped",
                "stopped by a rule, a limit or a problem",
                new Node.Trigger.Error(Program.STOP),
                Activity.Ending.STOPPED));
        if (workflow.budget().limits().containsKey(Workflow.Resource.SECONDS)) {
            interruptions.add(interruption(
                    "out-of-time",
                    "the wall time is over",
                    new Node.Trigger.Timer("duration(" + Program.WALL_TIME + ")"),
                    Activity.Ending.TIMED_OUT));
        }
        return new Lowered(new Block.Sequence(row), interruptions, jumps, activities, scopes, sources);
    }

    private Node.Interruption interruption(String id, String label, Node.Trigger trigger, Activity.Ending ending) {
        return new Node.Interruption(
                id,
                label,
                new Block.Sequence(List.of(
                        single(new Node.Start(id + ".start", label, trigger)),
                        finish(id + ".finish", ending),
                        single(new Node.End(id + ".end", "best result so far")))));
    }

    private Block finish(String id, Activity.Ending ending) {
        activities.put(id, new Activity.Finish(ending));
        scopes.put(id, List.of());
        sources.put(id, workflow.where());
        return single(new Node.Task(id, "pick the best and measure"));
    }

    // --- where rules may send the flow

    private void survey(List<Step> steps, List<String> maps, Set<String> loops) {
        for (Step step : steps) {
            Set<String> around = new LinkedHashSet<>(loops);
            if (step instanceof Step.Loop) {
                around.add(step.id());
            }
            sites.put(step.id(), new Site(step, elementOf(step), maps, around, sites.size()));
            switch (step) {
                case Step.ForEach each -> {
                    List<String> inner = new ArrayList<>(maps);
                    inner.add(each.id());
                    survey(each.body(), inner, around);
                }
                case Step.Loop loop -> survey(loop.body(), maps, around);
                case Step.If choice -> {
                    survey(choice.then(), maps, around);
                    survey(choice.otherwise(), maps, around);
                }
                case Step.Call call -> {}
                case Step.Exec exec -> {}
                case Step.Reduce reduce -> {}
            }
        }
    }

    static String elementOf(Step step) {
        return switch (step) {
            case Step.ForEach each -> each.id() + ".over";
            case Step.Loop loop -> loop.id() + ".decide";
            case Step.Call call -> call.id();
            case Step.Exec exec -> exec.id();
            case Step.Reduce reduce -> reduce.id();
            case Step.If choice -> choice.id();
        };
    }

    private void addJumps(Rule rule) {
        for (Rule.Effect effect : rule.then()) {
            switch (effect) {
                case Rule.Effect.Exit exit -> {
                    Site target = sites.get(exit.target().name());
                    if (target != null) {
                        for (Site from : sites.values()) {
                            boolean inside = from.loops().contains(target.step().id());
                            boolean itself = from.step() == target.step();
                            if (inside && !itself && Triggers.triggers(from.step(), rule)) {
                                addJump(
                                        from,
                                        Jump.exit(target.step().id()),
                                        target,
                                        target.step().id() + ".left");
                            }
                        }
                    }
                }
                case Rule.Effect.Goto go -> {
                    Site target = sites.get(go.target().name());
                    if (target != null) {
                        for (Site from : sites.values()) {
                            if (from.order() < target.order() && Triggers.triggers(from.step(), rule)) {
                                addJump(
                                        from,
                                        Jump.to(target.step().id()),
                                        target,
                                        target.step().id() + ".from");
                            }
                        }
                    }
                }
                case Rule.Effect.Skip skip -> {}
                case Rule.Effect.Accept accept -> {}
                case Rule.Effect.Flag flag -> {}
            }
        }
    }

    private void addJump(Site from, String code, Site target, String element) {
        if (!from.maps()
                .subList(0, Math.min(target.maps().size(), from.maps().size()))
                .equals(target.maps())) {
            return; // the target is inside a map that the step is not in: checks refuse this
        }
        String host = from.maps().size() > target.maps().size()
                ? from.maps().get(target.maps().size())
                : from.element();
        Jump jump = new Jump(from.element(), code, host, element);
        if (!jumps.contains(jump)) {
            jumps.add(jump);
            entered.add(element);
        }
    }

    // --- blocks

    private List<Block> blocks(List<Step> steps, List<Scope> around) {
        List<Block> row = new ArrayList<>();
        for (Step step : steps) {
            if (entered.contains(step.id() + ".from")) {
                row.add(single(new Node.Gateway(step.id() + ".from", "")));
            }
            row.addAll(blocks(step, around));
        }
        return row;
    }

    private List<Block> blocks(Step step, List<Scope> around) {
        sources.put(step.id(), step.where());
        String element = elementOf(step);
        scopes.put(element, around);
        sources.put(element, step.where());
        return switch (step) {
            case Step.Call call -> {
                activities.put(element, new Activity.Ask(call));
                yield List.of(single(new Node.Task(element, label(call.role().name(), call.out()))));
            }
            case Step.Exec exec -> {
                activities.put(element, new Activity.Apply(exec));
                yield List.of(single(new Node.Task(element, label(exec.tool().name(), exec.out()))));
            }
            case Step.Reduce reduce -> {
                activities.put(element, new Activity.Pick(reduce));
                yield List.of(single(new Node.Task(
                        element,
                        "best of " + reduce.from().text() + " as " + reduce.as().name())));
            }
            case Step.ForEach each -> fan(each, around);
            case Step.Loop loop -> List.of(repeat(loop, around));
            case Step.If choice -> List.of(branch(choice, around));
        };
    }

    private List<Block> fan(Step.ForEach each, List<Scope> around) {
        activities.put(elementOf(each), new Activity.Spread(each));
        Scope scope = new Scope(each.id(), counterOf(each.id()), true);
        Block body = new Block.Sequence(framed(each.id(), blocks(each.body(), plus(around, scope))));
        String names = "each " + String.join(", ", each.over().keySet());
        return List.of(
                single(new Node.Task(elementOf(each), names)),
                single(new Node.Fan(
                        each.id(),
                        each.id(),
                        each.parallel(),
                        Program.itemsOf(each.id()),
                        scope.counter(),
                        locals(each.body()),
                        body)));
    }

    /** A sub-process has a start and an end of its own. */
    private static List<Block> framed(String id, List<Block> inner) {
        List<Block> row = new ArrayList<>();
        row.add(single(new Node.Start(id + ".start", "", new Node.Trigger.Called())));
        row.addAll(inner);
        row.add(single(new Node.End(id + ".end", "")));
        return row;
    }

    /** What an instance of a map writes stays in it: its gateways and counters are declared at its entry. */
    private static List<Node.Local> locals(List<Step> body) {
        List<Node.Local> locals = new ArrayList<>();
        locals.add(new Node.Local(Program.GO, "\"\""));
        addLocals(body, locals);
        return locals;
    }

    private static void addLocals(List<Step> steps, List<Node.Local> locals) {
        for (Step step : steps) {
            switch (step) {
                case Step.ForEach each -> locals.add(new Node.Local(Program.itemsOf(each.id()), "[]"));
                case Step.Loop loop -> {
                    locals.add(new Node.Local(counterOf(loop.id()), "0"));
                    addLocals(loop.body(), locals);
                }
                case Step.If choice -> {
                    addLocals(choice.then(), locals);
                    addLocals(choice.otherwise(), locals);
                }
                case Step.Call call -> {}
                case Step.Exec exec -> {}
                case Step.Reduce reduce -> {}
            }
        }
    }

    private Block repeat(Step.Loop loop, List<Scope> around) {
        String id = loop.id();
        Scope scope = new Scope(id, counterOf(id), false);
        List<Scope> inside = plus(around, scope);
        String decide = elementOf(loop);
        activities.put(decide, new Activity.Decide(loop));
        scopes.put(decide, inside);
        return new Block.Repeat(
                new Node.FirstRound(id + ".first", id, scope.counter()),
                new Node.Gateway(id + ".round", ""),
                new Block.Sequence(blocks(loop.body(), inside)),
                new Node.Task(decide, "decide on " + id),
                new Node.Gateway(id + ".again", "another round?"),
                entered.contains(id + ".left") ? Optional.of(new Node.Gateway(id + ".left", "")) : Optional.empty());
    }

    private Block branch(Step.If choice, List<Scope> around) {
        String id = choice.id();
        activities.put(id, new Activity.Choose(choice));
        Optional<Block> otherwise = choice.otherwise().isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Sequence(blocks(choice.otherwise(), around)));
        return new Block.Branch(
                new Node.Task(id, choice.condition().text()),
                new Node.Gateway(id + ".split", ""),
                new Block.Sequence(blocks(choice.then(), around)),
                otherwise,
                new Node.Gateway(id + ".join", ""));
    }

    private static String counterOf(String id) {
        return "at_" + id.replace('-', '_');
    }

    private static String label(String who, Optional<Workflow.Name> out) {
        return who + out.map(name -> ": " + name.name()).orElse("");
    }

    private static Block single(Node node) {
        return new Block.Single(node);
    }

    private static List<Scope> plus(List<Scope> around, Scope scope) {
        List<Scope> inside = new ArrayList<>(around);
        inside.add(scope);
        return List.copyOf(inside);
    }
}
