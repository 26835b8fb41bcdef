package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelNames;
import dev.hone.engine.Course;
import dev.hone.engine.EngineException;
import dev.hone.engine.Judgement;
import dev.hone.engine.Performed;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Activity;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.zeebe.Job;
import dev.hone.engine.zeebe.JobHandler;
import dev.hone.engine.zeebe.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;

/** One job in, one outcome out. */
public final class Worker implements JobHandler {

    private final Runs runs;
    private final Tools tools;
    private final AskWorker ask;
    private final PersonWorker people;
    private final PolicyWorker policies = new PolicyWorker();
    private final MemoryWorker memories;
    private final SlotWorker slots = new SlotWorker();
    private final TrainWorker trainers;
    private final ApplyWorker apply;
    private final PickWorker pick = new PickWorker();
    private final SpreadWorker spread = new SpreadWorker();
    private final ChooseWorker choose = new ChooseWorker();
    private final LoopWorker loops;
    private final FinishWorker finish;
    private final Pools pools;
    private final Rulings rulings;

    /** Two deliveries of one job in this process follow each other: the second finds what the first wrote. */
    private final ConcurrentHashMap<String, ReentrantLock> places = new ConcurrentHashMap<>();

    private final List<Consumer<Performed>> observers = new CopyOnWriteArrayList<>();

    public Worker(Runs runs, Tools tools, Models models, Embedders embedders, Live live) {
        this.runs = runs;
        this.tools = tools;
        this.pools = new Pools(tools);
        this.rulings = new Rulings();
        this.ask = new AskWorker(models, live);
        this.people = new PersonWorker(ask);
        this.memories = new MemoryWorker(embedders);
        this.trainers = new TrainWorker(tools);
        this.apply = new ApplyWorker(tools);
        this.loops = new LoopWorker(rulings);
        this.finish = new FinishWorker(tools);
    }

    /** Breaks off the calls that a run is waiting for. */
    public void cancelCalls(String run) {
        runs.find(run).ifPresent(found -> found.cancellation().cancel());
    }

    /** Whether this process works on a step of a run. */
    public boolean busy(String run) {
        return places.keySet().stream().anyMatch(place -> place.startsWith(run + "/"));
    }

    /**
     * Tells the policies, and remembers, what an answer says that came after nobody waited for it any more.
     *
     * @param step the human step
     */
    public void tellLate(String run, Step.Human step, String iteration, JsonNode answer) {
        Run found = runs.find(run).orElseThrow();
        Iteration place = Iteration.parse(iteration);
        Optional<Workflow.Name> out = step.out();
        if (out.isEmpty()) {
            return;
        }
        Map<String, JsonNode> news = Map.of(out.get().name(), answer);
        found.workflow().steps().forEach(other -> {
            try {
                if (other instanceof Step.Tell tell && reads(tell.lesson().expression(), out.get())) {
                    policies.tellLate(new Site(found, tell.id(), place), tell, news);
                } else if (other instanceof Step.Remember remember && reads(remember.item(), out.get())) {
                    memories.rememberLate(new Site(found, remember.id(), place), remember, news);
                }
            } catch (StepProblem e) {
                runs.report(
                        place.toString(), new IllegalStateException(e.problem().toString(), e));
            }
        });
    }

    private static boolean reads(Expression expression, Workflow.Name name) {
        return FeelNames.roots(expression.feel()).contains(name.name());
    }

    /** Ends a run from outside its flow, with the best artifact so far. */
    public RunResult finish(String run, StopReason reason) {
        Run found = runs.find(run).orElseThrow();
        return finish.finish(new Site(found, "run", Iteration.TOP), reason);
    }

    /** What the sealed checks of a run that has ended say of values. Nothing of it is written into the run. */
    public List<Judgement> judge(String run, List<JsonNode> values) {
        Run found = runs.find(run).orElseThrow();
        return values.stream()
                .map(value -> SealedChecks.judge(found, value, tools))
                .toList();
    }

    /** How a run came to what it has. */
    public Course course(String run) {
        return runs.find(run).orElseThrow().course();
    }

    /** Tells of every job that was done. @return withdraws the listener */
    public Runnable observe(Consumer<Performed> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    @Override
    public Outcome handle(Job job) throws InterruptedException {
        Instant begun = Instant.now();
        JsonNode variables = Json.read(job.variables());
        String run = variables.path(Program.RUN).asText();
        String iteration = observers.isEmpty() ? "" : iteration(run, job, variables);
        try (var unusedRun = MDC.putCloseable("run", run);
                var unusedElement = MDC.putCloseable("element", job.elementId())) {
            Outcome outcome = handle(job, variables);
            Performed performed = new Performed(
                    run,
                    job.elementId(),
                    iteration,
                    job.waited(),
                    begun,
                    Duration.between(begun, Instant.now()),
                    outcome instanceof Outcome.Retry);
            observers.forEach(observer -> tell(observer, performed));
            return outcome;
        }
    }

    private void tell(Consumer<Performed> observer, Performed performed) {
        try {
            observer.accept(performed);
        } catch (RuntimeException e) {
            runs.report(performed.run() + "/" + performed.element(), e); // the run goes on
        }
    }

    /** Empty also for a run that cannot be worked on, of which the job itself says why. */
    private String iteration(String run, Job job, JsonNode variables) {
        try {
            return runs.find(run)
                    .map(found -> Iteration.of(found.program().scopesOf(job.elementId()), variables)
                            .toString())
                    .orElse("");
        } catch (LedgerException | EngineException e) {
            return "";
        }
    }

    private Outcome handle(Job job, JsonNode variables) throws InterruptedException {
        String id = variables.path(Program.RUN).asText();
        try {
            Optional<Run> found = runs.find(id);
            if (found.isEmpty()) {
                throw new IllegalStateException("the ledger has no run " + id);
            }
            Run run = found.get();
            Iteration iteration = Iteration.of(run.program().scopesOf(job.elementId()), variables);
            Site site = new Site(run, job.elementId(), iteration);
            ReentrantLock place = places.computeIfAbsent(id + "/" + site.place(), p -> new ReentrantLock());
            place.lock();
            try {
                return perform(site, job, variables);
            } finally {
                place.unlock();
                places.remove(id + "/" + site.place(), place);
            }
        } catch (LedgerException e) {
            runs.broken(id, e.problem());
            return new Outcome.Retry(Duration.ofSeconds(5), e.problem().what(), job.retries());
        } catch (EngineException e) {
            // Its program is none that this engine takes; another one may.
            Problem problem = e.problems().getFirst();
            runs.broken(id, problem);
            return new Outcome.Retry(Duration.ofSeconds(5), problem.what(), job.retries());
        }
    }

    /** How far a run is. */
    private record Stage(boolean started, boolean paused, boolean stopping, boolean finished) {}

    private Outcome perform(Site site, Job job, JsonNode variables) throws InterruptedException {
        Run run = site.run();
        Activity activity = run.program().activity(site.element());
        boolean ending = activity instanceof Activity.Finish;
        Stage stage = run.read(state -> new Stage(
                state.started(),
                state.paused(),
                state.stopping().isPresent(),
                state.finished().isPresent()));
        if (stage.finished()) {
            return Outcome.done();
        }
        if (!stage.started()) {
            run.hasInstance(); // whoever started it is about to write so, or has ended before it could
        }
        if (stage.paused()) {
            return new Outcome.Retry(Run.PAUSE, "the run is paused", job.retries());
        }
        if (!ending && stage.stopping()) {
            return new Outcome.Raise(Program.STOP, "the run is stopping");
        }
        try {
            return perform(site, activity, variables);
        } catch (StepProblem | Refusal | ConnectorException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw (InterruptedException) new InterruptedException("broken off").initCause(e);
            }
            return without(site, job, e);
        }
    }

    /**
     * What becomes of a step that could not be done. Not asked when this process stops: then it failed for that alone, and another
     * one does it.
     */
    private Outcome without(Site site, Job job, Exception failure) {
        return switch (failure) {
            case StepProblem e -> stop(site, StopReason.problem(e.problem()));
            case Refusal e -> refused(site, e);
            case ConnectorException e -> failed(site, job, e);
            case Postponed e ->
                new Outcome.Retry(
                        Retries.scattered(e.pause(), random(site, 0)), String.valueOf(e.getMessage()), job.retries());
            case LedgerException e -> throw e;
            case RuntimeException e -> {
                runs.report(site.place(), e);
                yield stop(
                        site,
                        StopReason.problem(Problem.of(
                                ProblemCode.INTERNAL,
                                "a defect of the engine ended the step " + site.place() + ": " + e + ".",
                                "Report it with the log.")));
            }
            default -> throw new IllegalStateException(failure);
        };
    }

    private Outcome refused(Site site, Refusal refusal) {
        Optional<String> exit =
                refusal.loop().flatMap(loop -> rulings.spent(site, loop, String.valueOf(refusal.getMessage())));
        if (exit.isPresent()) {
            return raise(exit.get());
        }
        Rulings.Ruling ruling = rulings.exhausted(site);
        return ruling.move().isPresent() ? after(site, ruling) : stop(site, budget(site, refusal));
    }

    private Outcome perform(Site site, Activity activity, JsonNode variables)
            throws StepProblem, ConnectorException, Refusal {
        try {
            return switch (activity) {
                case Activity.Ask(Step.Call step) -> once(site, step, () -> ask.perform(site, step));
                case Activity.Apply(Step.Exec step) -> once(site, step, () -> apply.perform(site, step));
                case Activity.Pick(Step.Reduce step) -> once(site, step, () -> pick.perform(site, step));
                case Activity.Select(Step.Choose step) -> once(site, step, () -> policies.ask(site, step));
                case Activity.Teach(Step.Tell step) -> once(site, step, () -> policies.tell(site, step));
                case Activity.Read(Step.Recall step) -> once(site, step, () -> memories.recall(site, step));
                case Activity.Keep(Step.Remember step) -> once(site, step, () -> memories.remember(site, step));
                case Activity.Version(Step.SetSlot step) -> once(site, step, () -> slots.perform(site, step));
                case Activity.Fit(Step.Train step) -> once(site, step, () -> trainers.perform(site, step));
                case Activity.Question(Step.Human step) -> done(people.ask(site, step));
                case Activity.Answer(Step.Human step) -> answer(site, step, variables);
                case Activity.Spread(Step.ForEach step) -> done(spread.perform(site, step));
                case Activity.Choose(Step.If step) -> done(choose.perform(site, step));
                case Activity.Unless(Step step) ->
                    done(Json.object().put(Program.GO, skip(site, step.id()) ? Program.ELSE : Program.THEN));
                case Activity.Decide(Step.Loop step) -> decide(site, step);
                case Activity.Seed() -> {
                    pools.seed(site);
                    yield Outcome.done();
                }
                case Activity.Finish(Activity.Ending ending) -> {
                    finish.perform(site, ending);
                    yield Outcome.done();
                }
            };
        } catch (ProblemInside e) {
            throw new StepProblem(e.problem());
        }
    }

    /** Performs a step. */
    private interface Performance {
        void run() throws StepProblem, ConnectorException, Refusal;
    }

    /** Performs a step unless it was performed or is passed by, lets what it gave enter its pool, and asks the rules. */
    private Outcome once(Site site, Step step, Performance performance)
            throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        if (!skip(site, step.id())) {
            if (!run.done(site)) {
                performance.run();
            }
            if (step.entry().isPresent() && !run.read(state -> state.pooled(site.element(), site.iteration()))) {
                pools.add(site, step.entry().get());
            }
        }
        return after(site, rulings.after(site, step));
    }

    private Outcome answer(Site site, Step.Human step, JsonNode variables)
            throws StepProblem, ConnectorException, Refusal {
        if (PersonWorker.passedBy(site, step)) {
            site.run().write(new Run.Entry(site, 1, EventKind.SKIPPED, Json.object()));
            return Outcome.done();
        }
        return once(site, step, () -> people.take(site, step, variables));
    }

    private Outcome decide(Site site, Step.Loop step) throws StepProblem {
        LoopWorker.RoundEnd end = loops.perform(site, step);
        return end.ruling().flatMap(Rulings.Ruling::move).isPresent()
                ? after(site, end.ruling().get())
                : done(end.variables());
    }

    private static boolean skip(Site site, String step) {
        Run run = site.run();
        Optional<String> rule = run.read(state -> state.skippedBy(step, site.iteration()));
        rule.ifPresent(by -> run.write(
                new Run.Entry(site, 1, EventKind.SKIPPED, Json.object().put("rule", by))));
        return rule.isPresent();
    }

    /** Follows the rules' move, if there is one. */
    private static Outcome after(Site site, Rulings.Ruling ruling) {
        Optional<String> move = ruling.move();
        if (ruling.pauses() && site.run().released(site)) {
            return Outcome.done();
        }
        if (move.equals(Optional.of(Program.STOP))) {
            return stop(site, ruling.reason());
        }
        return move.map(Worker::raise).orElseGet(Outcome::done);
    }

    private static Outcome done(ObjectNode variables) {
        return new Outcome.Done(variables.toString());
    }

    private static Outcome raise(String code) {
        return new Outcome.Raise(code, code);
    }

    /** Writes why, then lets the broker take the run to its end. */
    private static Outcome stop(Site site, StopReason reason) {
        site.run().stop(site, reason);
        return raise(Program.STOP);
    }

    private static StopReason budget(Site site, Refusal refusal) {
        return new StopReason(
                StopReason.Kind.BUDGET,
                refusal.getMessage() + " (at " + site.place() + ")",
                Optional.empty(),
                Optional.of(site.run().workflow().budget().where().toString()),
                Optional.empty(),
                Optional.empty());
    }

    private static Outcome failed(Site site, Job job, ConnectorException e) {
        Run run = site.run();
        if (run.cancellation().cancelled()) {
            return new Outcome.Retry(Duration.ofSeconds(1), "the run is being cancelled", job.retries());
        }
        int tries = run.failed(site, e, Optional.empty());
        return Retries.pause(e, tries, Retries.PATIENCE, random(site, tries))
                .<Outcome>map(pause -> new Outcome.Retry(pause, e.what(), job.retries()))
                .orElseGet(() -> stop(site, StopReason.problem(problem(site, e))));
    }

    /** The same in every repetition of the same run, and another in every other run. */
    private static RandomGenerator random(Site site, int tries) {
        return new SplittableRandom(site.seed() ^ site.run().id().hashCode() ^ tries);
    }

    private static Problem problem(Site site, ConnectorException e) {
        Where where = site.run().program().sourceOf(site.element());
        Activity activity = site.run().program().activity(site.element());
        boolean model = activity instanceof Activity.Ask || activity instanceof Activity.Answer;
        ProblemCode code = switch (e.kind()) {
            case DENIED -> ProblemCode.MODEL_DENIED;
            case UNREACHABLE, LOST, BUSY, TIMEOUT -> ProblemCode.MODEL_UNREACHABLE;
            case UNKNOWN -> ProblemCode.MODEL_UNKNOWN;
            case CANCELLED -> ProblemCode.CANCELLED;
            case BAD_INPUT, BROKEN -> ProblemCode.MODEL_FAILED;
        };
        return Problem.at(where, model ? code : ProblemCode.TOOL_FAILED, e.what() + ".", e.fix() + ".");
    }
}
