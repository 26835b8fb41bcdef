package dev.hone.engine.compile;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Reaction;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

    /**
     * What came out; {@code jumps} in the order of the file.
     *
     * @param called the processes of used workflows by their id
     * @param uses the used workflows around each service task, outermost first
     */
    record Lowered(
            Block main,
            Map<String, Block> called,
            List<Node.Interruption> interruptions,
            List<Jump> jumps,
            Map<String, Activity> activities,
            Map<String, List<Scope>> scopes,
            Map<String, List<String>> uses,
            Map<String, Where> sources) {

        /** The block of the process and of every process that it calls. */
        List<Block> processes() {
            List<Block> all = new ArrayList<>();
            all.add(main);
            all.addAll(called.values());
            return all;
        }
    }

    private final Workflow workflow;
    private final String suffix;
    private final Map<String, Activity> activities = new LinkedHashMap<>();
    private final Map<String, List<Scope>> scopes = new LinkedHashMap<>();
    private final Map<String, List<String>> uses = new LinkedHashMap<>();
    private final Map<String, Where> sources = new LinkedHashMap<>();
    private final Map<String, Block> called = new LinkedHashMap<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final List<Jump> jumps = new ArrayList<>();
    private final Set<String> entered = new LinkedHashSet<>();

    /**
     * Where a step stands.
     *
     * @param element the service task whose job raises the moves
     * @param frames the ids of the maps and used workflows around it, outermost first: a jump out of one is caught on its
     *     boundary
     * @param around the ids of the loops and used workflows around it or, for a loop, with itself
     * @param use the innermost used workflow around it; empty for the file's own steps
     * @param loop the innermost loop around it
     * @param order of the step in the file
     */
    private record Site(
            Step step,
            String element,
            List<String> frames,
            Set<String> around,
            String use,
            Optional<String> loop,
            int order) {}

    private Lowering(Workflow workflow, String suffix) {
        this.workflow = workflow;
        this.suffix = suffix;
    }

    /** @param suffix of the ids of called processes: the broker calls the latest of an id, so another content is another id */
    static Lowered lower(Workflow workflow, String suffix) {
        return new Lowering(workflow, suffix).lower();
    }

    private Lowered lower() {
        survey(workflow.flow(), List.of(), Set.of(), "", Optional.empty());
        workflow.reactions().forEach(this::addJumps);
        sites.values().forEach(this::addBudgetExits);
        List<Block> row = new ArrayList<>();
        row.add(single(new Node.Start("run.start", workflow.name(), new Node.Trigger.Called())));
        if (workflow.pools().values().stream().anyMatch(pool -> pool.seed().isPresent())) {
            row.add(task("run.seed", "fill the pools", new Activity.Seed()));
        }
        row.addAll(blocks(workflow.flow(), Around.NOTHING));
        row.add(finish("run.finish", Activity.Ending.COMPLETED));
        row.add(single(new Node.End("run.end", "best result")));
        List<Node.Interruption> interruptions = new ArrayList<>();
        interruptions.add(interruption(
                "run.stopped",
                "stopped by a rule, a limit or a problem",
                new Node.Trigger.Error(Program.STOP),
                Activity.Ending.STOPPED));
        if (workflow.budget().limits().containsKey(Workflow.Resource.SECONDS)) {
            interruptions.add(interruption(
                    "run.out-of-time",
                    "the wall time is over",
                    new Node.Trigger.Timer("duration(" + Program.WALL_TIME + ")"),
                    Activity.Ending.TIMED_OUT));
        }
        return new Lowered(new Block.Sequence(row), called, interruptions, jumps, activities, scopes, uses, sources);
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
        return task(id, "pick the best and measure", new Activity.Finish(ending));
    }

    /** A task of the run as a whole. */
    private Block task(String id, String label, Activity activity) {
        activities.put(id, activity);
        scopes.put(id, List.of());
        uses.put(id, List.of());
        sources.put(id, workflow.where());
        return single(new Node.Task(id, label));
    }

    // --- where rules may send the flow

    private void survey(List<Step> steps, List<String> frames, Set<String> around, String use, Optional<String> loop) {
        for (Step step : steps) {
            Set<String> inside = new LinkedHashSet<>(around);
            if (step instanceof Step.Loop || step instanceof Step.Use) {
                inside.add(step.id());
            }
            boolean isLoop = step instanceof Step.Loop;
            sites.put(step.id(), new Site(step, elementOf(step), frames, inside, use, loop, sites.size()));
            List<String> inner = frames;
            if (step instanceof Step.ForEach || step instanceof Step.Use) {
                inner = new ArrayList<>(frames);
                inner.add(step.id());
            }
            for (List<Step> body : step.bodies()) {
                survey(
                        body,
                        inner,
                        inside,
                        step instanceof Step.Use ? step.id() : use,
                        isLoop ? Optional.of(step.id()) : loop);
            }
        }
    }

    /** The element that tells the rules of a step, and raises what they decide. */
    static String elementOf(Step step) {
        return switch (step) {
            case Step.ForEach each -> each.id() + ".over";
            case Step.Loop loop -> loop.id() + ".decide";
            case Step.Human human -> human.id() + ".take";
            case Step.Call s -> s.id();
            case Step.Exec s -> s.id();
            case Step.Reduce s -> s.id();
            case Step.If s -> s.id();
            case Step.Choose s -> s.id();
            case Step.Tell s -> s.id();
            case Step.Recall s -> s.id();
            case Step.Remember s -> s.id();
            case Step.Train s -> s.id();
            case Step.SetSlot s -> s.id();
            case Step.Use s -> s.id();
        };
    }

    private void addJumps(Reaction rule) {
        for (Rule.Effect effect : rule.then()) {
            switch (effect) {
                case Rule.Effect.Exit(Workflow.Name target, var where) -> exits(rule, target.name());
                case Rule.Effect.Goto(Workflow.Name target, var where) -> forward(rule, target.name());
                case Rule.Effect.Escalate(Workflow.Name step, var where) -> forward(rule, step.name());
                case Rule.Effect.Restart(Workflow.Name loop, List<Workflow.Name> keep, var where) -> {
                    exits(rule, loop.name()); // at the last round there is no other to restart with
                    restarts(rule, loop.name(), Jump.restart(loop.name()), loop.name() + ".round");
                }
                case Rule.Effect.Resume(Workflow.Name step, var where) -> {
                    Optional<String> loop =
                            Optional.ofNullable(sites.get(step.name())).flatMap(Site::loop);
                    loop.ifPresent(id -> {
                        exits(rule, id);
                        restarts(rule, id, Jump.resume(step.name()), step.name() + ".from");
                    });
                }
                case Rule.Effect.Skip skip -> {}
                case Rule.Effect.Accept accept -> {}
                case Rule.Effect.Prune prune -> {}
                case Rule.Effect.Rollback rollback -> {}
                case Rule.Effect.Promote promote -> {}
                case Rule.Effect.Quarantine quarantine -> {}
                case Rule.Effect.Pause pause -> {}
                case Rule.Effect.Flag flag -> {}
            }
        }
    }

    /** The steps after which the rule is looked at. */
    private List<Site> looked(Reaction rule) {
        return sites.values().stream()
                .filter(site -> rule.scope().equals(site.use())
                        || (rule.scope().isEmpty() && rule.fact() == Rule.FactKind.BUDGET))
                .filter(site -> Triggers.triggers(workflow, site.step(), rule))
                .toList();
    }

    private void exits(Reaction rule, String target) {
        Site to = sites.get(target);
        if (to == null) {
            return; // the run: that is not a jump
        }
        for (Site from : looked(rule)) {
            if (from.around().contains(target) && from.step() != to.step()) {
                addJump(from, Jump.exit(target), to, target + ".left", Optional.empty());
            }
        }
    }

    private void forward(Reaction rule, String target) {
        Site to = sites.get(target);
        if (to == null) {
            return;
        }
        for (Site from : looked(rule)) {
            if (from.order() < to.order()) {
                addJump(from, Jump.to(target), to, target + ".from", Optional.empty());
            }
        }
    }

    /** Another round of a loop, begun before the one at hand is over. */
    private void restarts(Reaction rule, String loop, String code, String target) {
        Site to = java.util.Objects.requireNonNull(sites.get(loop));
        boolean whole = code.equals(Jump.restart(loop));
        for (Site from : looked(rule)) {
            // At the end of a round the loop's own decision takes it to the next, and so to its beginning.
            if (from.around().contains(loop) && !(whole && from.step() == to.step())) {
                addJump(from, code, to, target, Optional.of(counterOf(loop)));
            }
        }
    }

    /** A call that does not fit into the budget of a loop leaves it. */
    private void addBudgetExits(Site to) {
        if (to.step() instanceof Step.Loop loop && !loop.budget().isEmpty()) {
            sites.values().stream()
                    .filter(from -> from.around().contains(loop.id()))
                    .filter(from -> from.step() instanceof Step.Call || from.step() instanceof Step.Human)
                    .forEach(from -> addJump(from, Jump.exit(loop.id()), to, loop.id() + ".left", Optional.empty()));
        }
    }

    private void addJump(Site from, String code, Site target, String element, Optional<String> counter) {
        if (!from.frames()
                .subList(0, Math.min(target.frames().size(), from.frames().size()))
                .equals(target.frames())) {
            return; // the target is inside a map that the step is not in: checks refuse this
        }
        String host = from.frames().size() > target.frames().size()
                ? from.frames().get(target.frames().size())
                : from.element();
        Jump jump = new Jump(from.element(), code, host, element, counter);
        if (!jumps.contains(jump)) {
            jumps.add(jump);
            entered.add(element);
        }
    }

    // --- blocks

    /** The maps and loops, and the used workflows, around a place, outermost first. */
    private record Around(List<Scope> scopes, List<String> uses) {
        static final Around NOTHING = new Around(List.of(), List.of());

        Around in(Scope scope) {
            return new Around(plus(scopes, scope), uses);
        }

        Around inUse(String use) {
            return new Around(scopes, plus(uses, use));
        }

        private static <T> List<T> plus(List<T> list, T item) {
            List<T> longer = new ArrayList<>(list);
            longer.add(item);
            return List.copyOf(longer);
        }
    }

    private List<Block> blocks(List<Step> steps, Around around) {
        List<Block> row = new ArrayList<>();
        for (Step step : steps) {
            if (entered.contains(step.id() + ".from")) {
                row.add(single(new Node.Gateway(step.id() + ".from", "")));
            }
            List<Block> blocks = blocks(step, around);
            row.addAll(isPassedBy(step) ? List.of(unless(step, blocks, around)) : blocks);
        }
        return row;
    }

    /** Whether a rule may skip a step that is no single task, which would find out by itself. */
    private boolean isPassedBy(Step step) {
        return (step instanceof Step.Loop || step instanceof Step.If || step instanceof Step.Use)
                && workflow.reactions()
                        .flatMap(rule -> rule.then().stream())
                        .anyMatch(effect -> effect instanceof Rule.Effect.Skip(Workflow.Name target, var where)
                                && target.name().equals(step.id()));
    }

    private Block unless(Step step, List<Block> blocks, Around around) {
        String id = step.id() + ".unless";
        return new Block.Branch(
                job(id, step, around, new Activity.Unless(step), "is " + step.id() + " skipped?"),
                new Node.Gateway(id + ".split", "skipped?"),
                new Block.Sequence(blocks),
                Optional.empty(),
                new Node.Gateway(id + ".join", ""));
    }

    private List<Block> blocks(Step step, Around around) {
        sources.put(step.id(), step.where());
        return switch (step) {
            case Step.Call call -> one(call, around, new Activity.Ask(call), label(role(call.role()), call.out()));
            case Step.Exec exec ->
                one(exec, around, new Activity.Apply(exec), label(exec.tool().name(), exec.out()));
            case Step.Reduce reduce ->
                one(
                        reduce,
                        around,
                        new Activity.Pick(reduce),
                        word(reduce.how()) + " of " + reduce.from().text() + " as "
                                + reduce.as().name());
            case Step.Choose choose ->
                one(
                        choose,
                        around,
                        new Activity.Select(choose),
                        label("ask " + choose.policy().name(), choose.gives()));
            case Step.Tell tell ->
                one(
                        tell,
                        around,
                        new Activity.Teach(tell),
                        "tell " + tell.policy().name());
            case Step.Recall recall ->
                one(
                        recall,
                        around,
                        new Activity.Read(recall),
                        label("recall " + recall.from().name(), recall.gives()));
            case Step.Remember remember ->
                one(
                        remember,
                        around,
                        new Activity.Keep(remember),
                        "remember in " + remember.into().name());
            case Step.Train train ->
                one(
                        train,
                        around,
                        new Activity.Fit(train),
                        "train " + train.into().name());
            case Step.SetSlot set ->
                one(
                        set,
                        around,
                        new Activity.Version(set),
                        word(set.operation()) + " " + set.slot().name());
            case Step.Human human -> List.of(wait(human, around));
            case Step.ForEach each -> fan(each, around);
            case Step.Loop loop -> List.of(repeat(loop, around));
            case Step.If choice when isAlways(choice) -> blocks(choice.then(), around);
            case Step.If choice -> List.of(branch(choice, around));
            case Step.Use use -> called(use, around);
        };
    }

    private List<Block> one(Step step, Around around, Activity activity, String label) {
        return List.of(single(job(elementOf(step), step, around, activity, label)));
    }

    /** A service task that stands for a step, or for a part of it. */
    private Node.Task job(String element, Step step, Around around, Activity activity, String label) {
        activities.put(element, activity);
        scopes.put(element, around.scopes());
        uses.put(element, around.uses());
        sources.put(element, step.where());
        return new Node.Task(element, label);
    }

    private Block wait(Step.Human human, Around around) {
        String id = human.id();
        String question = human.question().orElse(word(human.form()));
        return new Block.Wait(
                job(id + ".ask", human, around, new Activity.Question(human), "ask: " + shortened(question)),
                new Node.Gateway(id + ".split", "is somebody asked?"),
                new Node.Person(
                        id,
                        shortened(question),
                        Program.questionOf(id),
                        human.timeout().map(timeout -> Program.patienceOf(id))),
                new Node.Gateway(id + ".join", ""),
                job(elementOf(human), human, around, new Activity.Answer(human), label("answer", human.out())));
    }

    private List<Block> called(Step.Use use, Around around) {
        String process = workflow.name() + "--" + use.id() + "-" + suffix;
        sources.put(process, use.where());
        called.put(process, new Block.Sequence(framed(use.id(), blocks(use.body(), around.inUse(use.id())))));
        List<Block> row = new ArrayList<>();
        row.add(single(new Node.Called(use.id(), label(use.workflow().name(), use.out()), process)));
        if (entered.contains(use.id() + ".left")) {
            row.add(single(new Node.Gateway(use.id() + ".left", "")));
        }
        return row;
    }

    private List<Block> fan(Step.ForEach each, Around around) {
        Scope scope = new Scope(each.id(), counterOf(each.id()), true);
        Block body = new Block.Sequence(framed(each.id(), blocks(each.body(), around.in(scope))));
        String names = "each " + String.join(", ", each.over().keySet());
        return List.of(
                single(job(elementOf(each), each, around, new Activity.Spread(each), names)),
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
        row.add(single(new Node.Start(id + ".start", "begin", new Node.Trigger.Called())));
        row.addAll(inner);
        row.add(single(new Node.End(id + ".end", "done")));
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
                case Step.Loop loop -> locals.add(new Node.Local(counterOf(loop.id()), "0"));
                case Step.Human human -> {
                    locals.add(new Node.Local(Program.questionOf(human.id()), "\"\""));
                    locals.add(new Node.Local(Program.patienceOf(human.id()), "\"PT0S\""));
                }
                case Step.If s -> {}
                case Step.Use s -> {}
                case Step.Call s -> {}
                case Step.Exec s -> {}
                case Step.Reduce s -> {}
                case Step.Choose s -> {}
                case Step.Tell s -> {}
                case Step.Recall s -> {}
                case Step.Remember s -> {}
                case Step.Train s -> {}
                case Step.SetSlot s -> {}
            }
            // What stands inside of a map or of a called process is declared there.
            if (step instanceof Step.Loop || step instanceof Step.If) {
                step.bodies().forEach(body -> addLocals(body, locals));
            }
        }
    }

    private Block repeat(Step.Loop loop, Around around) {
        String id = loop.id();
        Scope scope = new Scope(id, counterOf(id), false);
        Around inside = around.in(scope);
        return new Block.Repeat(
                new Node.FirstRound(id + ".first", id, scope.counter()),
                new Node.Gateway(id + ".round", ""),
                new Block.Sequence(blocks(loop.body(), inside)),
                job(elementOf(loop), loop, inside, new Activity.Decide(loop), "decide on " + id),
                new Node.Gateway(id + ".again", "another round?"),
                entered.contains(id + ".left") ? Optional.of(new Node.Gateway(id + ".left", "")) : Optional.empty());
    }

    /** Steps that only stand together: there is no other way that could be taken. */
    private static boolean isAlways(Step.If choice) {
        return choice.condition().feel().equals(new Feel.Bool(true))
                && choice.otherwise().isEmpty();
    }

    private Block branch(Step.If choice, Around around) {
        String id = choice.id();
        Node.Task test = job(
                id,
                choice,
                around,
                new Activity.Choose(choice),
                choice.condition().text());
        Optional<Block> otherwise = choice.otherwise().isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Sequence(blocks(choice.otherwise(), around)));
        return new Block.Branch(
                test,
                new Node.Gateway(id + ".split", choice.condition().text() + "?"),
                new Block.Sequence(blocks(choice.then(), around)),
                otherwise,
                new Node.Gateway(id + ".join", ""));
    }

    private static String role(Step.Role role) {
        return switch (role) {
            case Step.Role.Named(Workflow.Name slot) -> slot.name();
            case Step.Role.Computed(Expression slot) -> slot.text();
        };
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(Step.SlotOperation operation) {
        return switch (operation) {
            case Step.SlotOperation.Set s -> "set";
            case Step.SlotOperation.Promote s -> "promote";
            case Step.SlotOperation.Rollback s -> "roll back";
            case Step.SlotOperation.Reset s -> "reset";
            case Step.SlotOperation.Ema s -> "average";
            case Step.SlotOperation.Interpolate s -> "interpolate";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
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
}
