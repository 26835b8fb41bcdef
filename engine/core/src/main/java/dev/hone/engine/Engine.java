package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.broker.Incident;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.ledger.News;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPage;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.rules.RuleBook;
import dev.hone.engine.work.Embedders;
import dev.hone.engine.work.Live;
import dev.hone.engine.work.Models;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.Runs;
import dev.hone.engine.work.Tools;
import dev.hone.engine.work.Worker;
import dev.hone.engine.zeebe.Zeebe;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole of embedding Hone: open, deploy, start, await.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(EngineOptions.at(Path.of("data")))) {
 *     Program program = engine.deploy(Source.read(Path.of("poem.yaml")));
 *     String run = engine.start(program, RunRequest.of(inputs));
 *     System.out.println(engine.await(run).best());
 * }
 * }</pre>
 *
 * <p>Runs that a killed process left go on by themselves when an engine opens on the same directory. Engines on one PostgreSQL
 * database and one Zeebe cluster share their runs: each does jobs of all, and goes on with what another left. Thread-safe. Every
 * method throws {@link EngineException} with problems that a person can act on.
 */
public final class Engine implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    /** An embedded broker comes up, however slow the machine; one elsewhere is up or is not. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE_ABROAD = Duration.ofSeconds(10);
    private static final Duration PATIENCE_FOR_NEWS = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final @Nullable OwnBroker broker;
    private final Zeebe zeebe;
    private final Workshop workshop;
    private final Programs programs;
    private final Live live = new Live();
    private final Runs runs;
    private final Worker worker;
    private final Instances instances;
    private final Starter starter;
    private final Steering steering;
    private final Sweep sweep;
    private final People people;
    private final ScriptedPeople scripted;
    private final Deployments deployments;
    private final Promotions promotions;
    private final Tasks tasks;
    private final Budgets budgets;
    private final Remembrance remembrance;
    private final Endings endings = new Endings();
    private final Followers followers = new Followers();
    private final Consumer<RunEvent> onEvent = this::notice;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean shut = new AtomicBoolean();

    private Engine(Ledger ledger, EngineOptions options) {
        this.ledger = ledger;
        Tools tools = Tools.discovered();
        Models models = Models.discovered(options.prices(), options.limits());
        Embedders embedders = Embedders.discovered();
        DayLimits day = options.limits().day();
        this.workshop = new Workshop(tools, models, embedders, options.trusted(), options.prices());
        this.broker = options.gateway().isPresent() ? null : new OwnBroker(options.dataDir(), endings);
        this.zeebe =
                Zeebe.connect(broker == null ? options.gateway().orElseThrow() : broker.gateway(), options.lease());
        this.programs = new Programs(ledger, zeebe, workshop);
        this.runs = new Runs(ledger, programs::load, endings::broken, embedders, options.callTimeout(), day);
        this.worker = new Worker(runs, tools, models, embedders, live);
        this.instances = new Instances(ledger, zeebe, programs, runs);
        this.people = new People(ledger, zeebe, worker, this::program);
        this.scripted = new ScriptedPeople(ledger, people, this::stuck, closed);
        this.promotions = new Promotions(ledger);
        this.starter = new Starter(ledger, workshop, promotions, instances);
        this.steering = new Steering(ledger, programs, runs, worker, instances, starter, endings, people, scripted);
        this.sweep = new Sweep(ledger, runs, instances, people, closed);
        this.deployments = new Deployments(ledger, workshop, programs);
        this.tasks = new Tasks(ledger, people);
        this.budgets = new Budgets(ledger, day);
        this.remembrance = new Remembrance(ledger);
        ledger.onAppend(onEvent);
        ledger.onNews(this::hear);
    }

    /** Opens the ledger, starts or reaches the broker, and goes on with the runs that were left. */
    public static Engine open(EngineOptions options) {
        Thread.ofVirtual().name("hone-warm").start(RuleBook::warm);
        Ledger ledger;
        try {
            ledger = options.database().map(Ledger::open).orElseGet(() -> Ledger.open(options.dataDir()));
        } catch (LedgerException e) {
            throw new EngineException(e.problem(), e);
        }
        try {
            options.companions().forEach(ledger::accompany);
            Engine engine = new Engine(ledger, options);
            try {
                engine.begin(options);
                return engine;
            } catch (RuntimeException e) {
                engine.close();
                throw e;
            }
        } catch (RuntimeException e) {
            ledger.close();
            throw Failures.translated(e);
        }
    }

    private void begin(EngineOptions options) {
        zeebe.awaitReady(broker == null ? PATIENCE_ABROAD : PATIENCE);
        Set<String> paused = Set.copyOf(ledger.paused());
        Thread.ofVirtual().name("hone-paused").start(() -> paused.forEach(this::stop));
        if (broker != null) {
            ledger.unfinished().forEach(run -> instances.know(run.id()));
            broker.onIncident(this::onIncident);
        }
        sweep.begin();
        ledger.withQuestions().forEach(scripted::goOn);
        AutoCloseable unused = zeebe.work(Program.jobType(ledger.id()), options.workers(), worker);
    }

    /** A run whose process was killed between its pause and the broker's. */
    private void stop(String paused) {
        try {
            instances.cancel(paused);
        } catch (RuntimeException e) { // its jobs find it paused, and who resumes it tries again
            LOG.log(System.Logger.Level.DEBUG, "the broker has still an instance of the paused run " + paused, e);
        }
    }

    /** Where the ledger is, for those who keep tables of their own beside its. */
    public Database database() {
        return ledger.database();
    }

    /** What runs have left to other runs, for their owner. */
    public Remembrance remembrance() {
        return remembrance;
    }

    /** Reads, checks and compiles without running. */
    public Workshop workshop() {
        return workshop;
    }

    /** The workflows of each tenant, by name and version. */
    public Deployments deployments() {
        return deployments;
    }

    /** The versions of slots that runs begin with. */
    public Promotions promotions() {
        return promotions;
    }

    /** The questions of all runs to people. */
    public Tasks tasks() {
        return tasks;
    }

    /** What each tenant may spend on a day. */
    public Budgets budgets() {
        return budgets;
    }

    /** Compiles a workflow and makes it known to the broker. The same text again is the same program. */
    public Program deploy(Source source) {
        return deploy(workshop.compile(source), source);
    }

    /**
     * Makes a program known to the broker.
     *
     * @param source from which it was compiled, itself or as a control
     */
    public Program deploy(Program program, Source source) {
        return Failures.attempt(() -> {
            programs.deploy(program, source);
            return program;
        });
    }

    // --- runs

    /** Starts a run and returns its id; that of the run that there is when the request has the key of an earlier one. */
    public String start(Program program, RunRequest request) {
        return Failures.attempt(() -> starter.start(program, request));
    }

    /** Lets a run that has ended happen again from its recording: nobody is asked, nothing is paid. @return the replay's id */
    public String replay(String run) {
        return replay(run, program(run));
    }

    /**
     * The same under other rules. Where these send the flow to what was never asked, the replay ends with NOT_RECORDED.
     *
     * @param program deployed; its steps have the recorded ids, and its parameters the recorded values where it has them
     */
    public String replay(String run, Program program) {
        RunRecord recorded = run(run);
        return Failures.attempt(() -> steering.replay(recorded, program));
    }

    /** Waits for the end of a run. */
    public RunResult await(String run) throws InterruptedException {
        try {
            return ending(run).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Completes at the end of a run, whichever process brings it there; with an {@link EngineException} when this process cannot bring it there. */
    public CompletableFuture<RunResult> ending(String run) {
        return Failures.attempt(() -> endings.of(run, () -> result(run)));
    }

    /** The end of a run, if it has ended. */
    public Optional<RunResult> result(String run) {
        return History.result(ledger, run);
    }

    /**
     * What the sealed checks say of values in the place of a run's result. Nothing of it is written into the run or anywhere
     * else, and no model is asked.
     *
     * @param run one that has ended, so that nothing sealed can flow back into it
     * @return one for each value
     */
    public List<Judgement> judge(String run, List<JsonNode> values) {
        ended(run);
        return Failures.attempt(() -> {
            try {
                return worker.judge(run, values);
            } finally {
                runs.forget(run);
            }
        });
    }

    /** How a run that has ended came to its result. */
    public Course course(String run) {
        ended(run);
        return Failures.attempt(() -> {
            try {
                return worker.course(run);
            } finally {
                runs.forget(run);
            }
        });
    }

    private void ended(String run) {
        if (result(run(run).id()).isEmpty()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.SEALED_LEAK,
                    "the run " + run + " goes on, and what is sealed is for after its end.",
                    "Wait for its end, or cancel it.")));
        }
    }

    /** Ends a run at once, with the best artifact so far. */
    public RunResult cancel(String run) {
        return Failures.attempt(() -> steering.cancel(run));
    }

    /**
     * Lets a run go on that has ended, with a problem or otherwise, or that is paused; what it has is kept, and bought calls are
     * not bought again. A run that goes on already is left alone.
     */
    public void resume(String run) {
        resume(run, "");
    }

    /** The same. @param by who wants it; may be empty */
    public void resume(String run, String by) {
        Failures.attempt(() -> {
            steering.resume(run(run), by);
            return run;
        });
    }

    /**
     * Pauses a run: nothing new begins, calls that are on their way end and are kept, and answers of people are taken. The time
     * until it is resumed counts neither for its wall time nor for what its rules see of time. A paused run is left alone.
     *
     * @param by who wants it, 1 to 200 characters
     * @param because in their own words, at most 2,000 characters; may be empty
     * @throws EngineException when the run has ended
     */
    public void pause(String run, String by, String because) {
        Failures.attempt(() -> {
            steering.pause(run(run), by, because);
            return run;
        });
    }

    /**
     * Gives a run more to spend. Its replays have it from the same event on. The limits that loops have of their own stay. One
     * that has ended for its budget is not resumed by it. More wall time lets a run that goes on pause for a moment.
     *
     * @param more by resource, above 0, in the units of the file: US dollars, seconds, or a number of them
     * @param by who gives it, 1 to 200 characters
     * @throws EngineException when the workflow does not limit a resource, or the run has ended otherwise
     */
    public void raise(String run, Map<Workflow.Resource, BigDecimal> more, String by) {
        Failures.attempt(() -> {
            steering.raise(run(run), more, by);
            return run;
        });
    }

    /**
     * The place in a run before a step was begun.
     *
     * @param iteration the maps and loops around the step, as events have it: {@code drafts=2/search=7}
     * @return the number of the first event of the step, or of a step inside it
     */
    public long before(String run, String step, String iteration) {
        return Operations.before(run, events(run), step, iteration);
    }

    /**
     * Branches a run off another one: it has the same setup and shares the events before a place, and what they have cost,
     * without paying it again. From there on it goes its own way, as a run goes on whose process was killed; its wall time begins
     * anew.
     *
     * @param program deployed: that of the run, or one with other rules or prompts
     * @param before the number of the first event that is not shared; one more than the last shares all
     * @param by who wants it, 1 to 200 characters
     * @return the fork's id
     * @throws EngineException when the program could not have come to that place
     */
    public String fork(String run, Program program, long before, String by) {
        return Failures.attempt(() -> steering.fork(run(run), program, before, by));
    }

    /**
     * The same before the first decision that the other program makes differently, which a replay of the run finds. Waits for
     * the replay; it asks nobody and costs nothing.
     *
     * @param run one that has ended
     * @throws EngineException also when the two programs do not differ in what the run has come to
     */
    public String fork(String run, Program program, String by) throws InterruptedException {
        Operations.checkWho(by);
        String replay = replay(run, program);
        await(replay);
        return fork(run, program, Operations.firstDifference(run, events(run), events(replay)), by);
    }

    /** The questions of a run that wait for a person, oldest first. */
    public List<Question> questions(String run) {
        return Failures.attempt(() -> Question.open(events(run(run).id())));
    }

    /** Whether a run can do nothing but wait, for as long as it takes, until a person answers who is not its scripted one. */
    public boolean waits(String run) {
        return !worker.busy(run)
                && questions(run).stream()
                        .anyMatch(question ->
                                !question.late() && question.patience().isEmpty() && !isScripted(question));
    }

    /** Whether this process works on a step of a run now; others may, too. */
    public boolean worksOn(String run) {
        return worker.busy(run);
    }

    /** Whether a question is for the scripted person of its run. */
    public boolean isScripted(Question question) {
        return Failures.attempt(() -> scripted.answers(question));
    }

    /**
     * Gives a person's answer.
     *
     * @param answer {@code {rating}}, {@code {choice}}, {@code {text}}, {@code {label}} or {@code {approved}}, as the form asks
     */
    public void answer(Question question, ObjectNode answer) {
        Failures.attempt(() -> {
            people.answer(question, answer);
            return question;
        });
    }

    /** What was fixed when a run started. */
    public RunRecord run(String run) {
        return Failures.attempt(() -> ledger.run(run)).orElseThrow(() -> Queries.noRun(run, ledger.database()));
    }

    /** A program that was deployed, with the texts that it was compiled from. @param hash of the program */
    public Optional<ProgramRecord> kept(String hash) {
        return Failures.attempt(() -> ledger.program(hash));
    }

    /** A run of a tenant; empty for another's, as for one that is not there. */
    public Optional<RunRecord> find(String tenant, String run) {
        return Failures.attempt(() -> ledger.run(tenant, run));
    }

    /** The same of a tenant; another tenant's run is none. */
    public RunRecord run(String tenant, String run) {
        return Failures.attempt(() -> ledger.run(tenant, run)).orElseThrow(() -> Queries.noRun(run, ledger.database()));
    }

    /** What a run runs. */
    public Program program(String run) {
        return Failures.attempt(() -> programs.program(run(run).program()));
    }

    /** The runs that have not ended, oldest first. */
    public List<RunRecord> unfinished() {
        return Failures.attempt(ledger::unfinished);
    }

    /** The latest runs, newest first. */
    public List<RunRecord> latest(int limit) {
        return Failures.attempt(() -> ledger.latest(limit));
    }

    /** The runs with a label whose value begins so, newest first, with all their labels. */
    public Map<RunRecord, Map<String, String>> labelled(String label, String prefix) {
        Map<RunRecord, Map<String, String>> found = new LinkedHashMap<>();
        Failures.attempt(() -> ledger.labelled(label, prefix)).forEach(run -> {
            Map<String, String> labels = RunSetup.parse(run.setup()).labels();
            if (labels.getOrDefault(label, "").startsWith(prefix)) {
                found.put(run, labels);
            }
        });
        return found;
    }

    /**
     * The runs that fit a query, newest first, a page at a time.
     *
     * @throws EngineException when the limit or the cursor of the query is none
     */
    public RunPage runs(RunQuery query) {
        Queries.check(query.limit(), query.after());
        return Failures.attempt(() -> ledger.runs(query));
    }

    /** What lists say of one run. */
    public RunSummary summary(String run) {
        return Failures.attempt(() -> ledger.summary(run)).orElseThrow(() -> Queries.noRun(run, ledger.database()));
    }

    /** What happened in a run so far. */
    public List<RunEvent> events(String run) {
        return Failures.attempt(() -> ledger.events(run(run).id(), 0, Integer.MAX_VALUE));
    }

    /**
     * A part of what happened in a run, in order.
     *
     * @param after the number of the last event that is known; 0 for none
     * @param limit how many at the most, 1 to {@value Queries#MOST_EVENTS}
     */
    public List<RunEvent> events(String run, long after, int limit) {
        Queries.checkEvents(after, limit);
        return Failures.attempt(() -> ledger.events(run(run).id(), after, limit));
    }

    /**
     * Tells that there is something new of a run, after it is kept: at once what this process wrote, and soon what others did
     * on the same database. It may be told for nothing, too. Whoever follows asks for the events after those that they know,
     * first when they begin to follow.
     *
     * @param news called on any thread, and to return soon
     * @return withdraws it
     */
    public Runnable follow(String run, Runnable news) {
        return followers.follow(run, news);
    }

    /**
     * Tells of every event that this process writes after it is kept, in order for each run.
     *
     * @return withdraws the listener
     */
    public Runnable watch(Consumer<RunEvent> listener) {
        ledger.onAppend(listener);
        return () -> ledger.removeListener(listener);
    }

    /**
     * Tells what models write while they write it, from any thread and without keeping it. Providers are asked for streams
     * only while somebody listens; a model that cannot stream is heard when it is done.
     *
     * @return withdraws the listener
     */
    public Runnable listen(Consumer<LiveText> listener) {
        return live.listen(listener);
    }

    /**
     * Tells of every step that this process has done a job of, from any thread.
     *
     * @return withdraws the listener
     */
    public Runnable observe(Consumer<Performed> listener) {
        return worker.observe(listener);
    }

    /** What keeps runs from going on at the moment: the broker or the ledger does not answer. */
    public Optional<Problem> problem() {
        Problem now = endings.halted();
        if (now != null) {
            return Optional.of(now);
        }
        try {
            Optional<RunRecord> unused = ledger.run("");
            return zeebe.ready(PATIENCE_FOR_NEWS)
                    ? Optional.empty()
                    : Optional.of(Problem.of(
                            ProblemCode.BROKER_FAILED,
                            "the broker has no leader for a partition.",
                            "Wait, or look at its log: runs go on where they were."));
        } catch (RuntimeException e) {
            return Optional.of(
                    Failures.translated(e) instanceof EngineException known
                            ? known.problems().getFirst()
                            : Problem.of(
                                    ProblemCode.INTERNAL,
                                    "the engine does not answer: " + e + ".",
                                    "Look at its log."));
        }
    }

    // --- what comes from elsewhere

    private void notice(RunEvent event) {
        scripted.notice(event);
        if (event.kind() == EventKind.RUN_FINISHED) {
            ended(event.run(), History.result(event));
        }
        followers.tell(event.run());
    }

    private void ended(String run, RunResult result) {
        endings.ended(run, result);
        runs.forget(run);
        instances.forget(run);
    }

    /** Heeds what another process did. */
    private void hear(News news) {
        switch (news) {
            case News.Written(String run, Set<EventKind> kinds) -> {
                if (kinds.contains(EventKind.RUN_FINISHED)) {
                    endedElsewhere(run);
                }
                if (kinds.contains(EventKind.QUESTION)) {
                    scripted.goOn(run);
                }
                followers.tell(run);
            }
            case News.Cancelling(String run) -> breakOff(run);
            case News.Missed() -> {
                Set<String> concerned = new HashSet<>(endings.awaited());
                concerned.addAll(runs.known());
                concerned.forEach(this::endedElsewhere);
                ledger.withQuestions().forEach(scripted::goOn);
                followers.tellAll();
            }
        }
    }

    private void endedElsewhere(String run) {
        scripted.forget(run);
        if (endings.awaits(run) || runs.knows(run)) {
            result(run).ifPresent(result -> {
                if (result.stop().kind() == StopReason.Kind.CANCELLED) {
                    breakOff(run);
                }
                ended(run, result);
            });
        }
    }

    private void breakOff(String run) {
        if (runs.knows(run)) {
            worker.cancelCalls(run);
        }
    }

    /** A run whose scripted person is at a loss ends, with what it has. */
    private void stuck(String run, Problem problem) {
        instances.cancel(run);
        worker.finish(run, StopReason.problem(problem));
    }

    /** The engine computes everything itself, so the broker should never be at a loss; if it is, the run must not hang. */
    private void onIncident(Incident incident) {
        instances.run(incident.instanceKey()).ifPresent(run -> {
            LOG.log(System.Logger.Level.ERROR, "incident in run {0}: {1}", run, incident);
            worker.finish(
                    run,
                    StopReason.problem(Problem.of(
                            ProblemCode.BROKER_FAILED,
                            "the broker cannot go on at " + incident.elementId() + ": " + incident.message() + ".",
                            "Report this with the workflow; the run can be resumed.")));
            zeebe.cancel(incident.instanceKey());
        });
    }

    /** Stops working. Runs that have not ended go on when an engine opens on the same directory. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * The same, but steps that are under way have some time to end.
     *
     * @param grace after which they are broken off; what they were about is done anew
     */
    public void close(Duration grace) {
        if (shut.getAndSet(true)) {
            return;
        }
        closed.countDown();
        zeebe.close(grace);
        ledger.removeListener(onEvent);
        if (broker != null) {
            broker.close();
        }
        ledger.close();
    }
}
