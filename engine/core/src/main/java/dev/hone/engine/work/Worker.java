package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Where;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One job in, one outcome out. */
public final class Worker implements JobHandler {

    /** How often a call or tool that could not be reached is tried, the first time included. */
    static final int ATTEMPTS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final Runs runs;
    private final AskWorker ask;
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

    public Worker(Runs runs, Tools tools, Models models) {
        this.runs = runs;
        this.pools = new Pools(tools);
        this.rulings = new Rulings();
        this.ask = new AskWorker(models);
        this.apply = new ApplyWorker(tools);
        this.loops = new LoopWorker(rulings);
        this.finish = new FinishWorker(tools);
    }

    /** Breaks off the calls that a run is waiting for. */
    public void cancelCalls(String run) {
        runs.find(run).ifPresent(found -> found.cancellation().cancel());
    }

    /** Ends a run from outside its flow, with the best artifact so far. */
    public RunResult finish(String run, StopReason reason) {
        Run found = runs.find(run).orElseThrow();
        return finish.finish(new Site(found, "run", Iteration.TOP), reason);
    }

    @Override
    public Outcome handle(Job job) {
        JsonNode variables = Json.read(job.variables());
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
                return perform(site, job);
            } finally {
                place.unlock();
                places.remove(id + "/" + site.place(), place);
            }
        } catch (LedgerException e) {
            runs.broken(id, e.problem());
            return new Outcome.Retry(Duration.ofSeconds(5), e.problem().what(), job.retries());
        }
    }

    private Outcome perform(Site site, Job job) {
        Run run = site.run();
        Activity activity = run.program().activity(site.element());
        boolean ending = activity instanceof Activity.Finish;
        if (run.read(RunState::finished).isPresent()) {
            return Outcome.done();
        }
        if (!ending && run.read(RunState::stopping).isPresent()) {
            return new Outcome.Raise(Program.STOP, "the run is stopping");
        }
        try {
            return perform(site, activity);
        } catch (StepProblem e) {
            return stop(site, StopReason.problem(e.problem()));
        } catch (Refusal e) {
            Rulings.Ruling ruling = rulings.exhausted(site);
            return ruling.move().isPresent() ? after(site, ruling) : stop(site, budget(site, e));
        } catch (ConnectorException e) {
            return failed(site, job, e);
        } catch (RuntimeException e) {
            if (e instanceof LedgerException) {
                throw e;
            }
            runs.report(site.place(), e);
            return stop(
                    site,
                    StopReason.problem(Problem.of(
                            ProblemCode.INTERNAL,
                            "a defect of the engine ended the step " + site.place() + ": " + e + ".",
                            "Report it with the log of the data directory.")));
        }
    }

    private Outcome perform(Site site, Activity activity) throws StepProblem, ConnectorException, Refusal {
        Run run = site.run();
        return switch (activity) {
            case Activity.Ask asked -> {
                Step.Call step = asked.step();
                if (!skip(site, step.id())) {
                    if (!run.done(site)) {
                        ask.perform(site, step);
                    }
                    if (step.into().isPresent() && !run.read(state -> state.pooled(site.element(), site.iteration()))) {
                        pools.add(site, step);
                    }
                }
                yield after(site, rulings.afterCall(site, step));
            }
            case Activity.Apply applied -> {
                if (!skip(site, applied.step().id()) && !run.done(site)) {
                    apply.perform(site, applied.step());
                }
                yield after(site, rulings.afterTool(site, applied.step()));
            }
            case Activity.Pick picked -> {
                if (!skip(site, picked.step().id()) && !run.done(site)) {
                    pick.perform(site, picked.step());
                }
                yield Outcome.done();
            }
            case Activity.Spread spread -> done(this.spread.perform(site, spread.step()));
            case Activity.Choose chosen -> done(choose.perform(site, chosen.step()));
            case Activity.Decide decided -> {
                LoopWorker.RoundEnd end = loops.perform(site, decided.step());
                yield end.ruling().flatMap(Rulings.Ruling::move).isPresent()
                        ? after(site, end.ruling().get())
                        : done(end.variables());
            }
            case Activity.Finish finished -> {
                finish.perform(site, finished.ending());
                yield Outcome.done();
            }
        };
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
        int failures = run.failed(site, e);
        if (e.kind().retryable() && failures < ATTEMPTS) {
            Duration pause = e.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << (failures - 1)));
            return new Outcome.Retry(pause, e.what(), job.retries());
        }
        return stop(site, StopReason.problem(problem(site, e)));
    }

    private static Problem problem(Site site, ConnectorException e) {
        Where where = site.run().program().sourceOf(site.element());
        boolean model = site.run().program().activity(site.element()) instanceof Activity.Ask;
        ProblemCode code = switch (e.kind()) {
            case DENIED -> ProblemCode.MODEL_DENIED;
            case UNREACHABLE, BUSY, TIMEOUT -> ProblemCode.MODEL_UNREACHABLE;
            case UNKNOWN -> ProblemCode.MODEL_UNKNOWN;
            case CANCELLED -> ProblemCode.CANCELLED;
            case BAD_INPUT, BROKEN -> ProblemCode.MODEL_FAILED;
        };
        return Problem.at(where, model ? code : ProblemCode.TOOL_FAILED, e.what() + ".", e.fix() + ".");
    }
}
