package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.broker.Incident;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Certifier;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPage;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.rules.RuleBook;
import dev.hone.engine.work.Embedders;
import dev.hone.engine.work.Inputs;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.Live;
import dev.hone.engine.work.Models;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.Runs;
import dev.hone.engine.work.Tools;
import dev.hone.engine.work.Worker;
import dev.hone.engine.zeebe.Zeebe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
 * <p>Runs that a killed process left go on by themselves when an engine opens on the same directory. Thread-safe. Every
 * method throws {@link EngineException} with problems that a person can act on.
 */
public final class Engine implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    /** An embedded broker comes up, however slow the machine; one elsewhere is up or is not. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE_ABROAD = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final @Nullable EmbeddedBroker broker;
    private final Zeebe zeebe;
    private final Workshop workshop;
    private final Live live = new Live();
    private final Runs runs;
    private final Worker worker;
    private final People people;
    private final ScriptedPeople scripted;
    private final Map<String, Runs.Loaded> programs = new ConcurrentHashMap<>();
    private final Map<String, Long> definitions = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<RunResult>> endings = new ConcurrentHashMap<>();
    private final Map<Long, String> runOfInstance = new ConcurrentHashMap<>();
    private final Consumer<RunEvent> onEvent = this::notice;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Why no run can go on at the moment. */
    private volatile @Nullable Problem halted;

    private volatile boolean dead;

    private Engine(Ledger ledger, EngineOptions options) {
        this.ledger = ledger;
        Tools tools = Tools.discovered();
        Models models = Models.discovered(options.prices(), options.limits());
        Embedders embedders = Embedders.discovered();
        this.workshop = new Workshop(tools, models, embedders, options.trusted(), options.prices());
        this.runs = new Runs(
                ledger,
                this::load,
                this::broken,
                embedders,
                options.callTimeout(),
                options.limits().day());
        this.worker = new Worker(runs, tools, models, embedders, live);
        this.broker = options.gateway().isPresent() ? null : startBroker(options.dataDir());
        this.zeebe = Zeebe.connect(broker == null ? options.gateway().orElseThrow() : broker.gatewayAddress());
        this.people = new People(
                ledger, zeebe, worker, run -> load(run(run).program()).program());
        this.scripted = new ScriptedPeople(ledger, people, this::stuck, closed);
        ledger.onAppend(onEvent);
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

    private EmbeddedBroker startBroker(Path dataDir) {
        return EmbeddedBroker.start(
                dataDir.resolve("broker"),
                BrokerOptions.defaults().withOnIncident(this::onIncident).withOnDeath(this::onBrokerDeath));
    }

    private void begin(EngineOptions options) {
        zeebe.awaitReady(broker == null ? PATIENCE_ABROAD : PATIENCE);
        List<RunRecord> left = ledger.unfinished();
        for (RunRecord run : left) {
            instanceOf(run.id())
                    .ifPresentOrElse(instance -> runOfInstance.put(instance, run.id()), () -> startLeft(run));
        }
        EmbeddedBroker own = broker;
        if (own != null) {
            Thread.ofVirtual().name("hone-disk").start(() -> watchDisk(own));
        }
        left.forEach(run -> people.deliver(run.id()));
        left.forEach(run -> scripted.goOn(run.id()));
        AutoCloseable unused = zeebe.work(Program.jobType(ledger.id()), options.workers(), worker);
    }

    /** A run whose program this engine does not take waits for one that does. */
    private void startLeft(RunRecord run) {
        try {
            startInstance(run.id(), run.program(), 1);
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "run {0} does not go on: {1}", run.id(), e.getMessage());
        }
    }

    /** Where the ledger is, for those who keep tables of their own beside its. */
    public Database database() {
        return ledger.database();
    }

    /** Reads, checks and compiles without running. */
    public Workshop workshop() {
        return workshop;
    }

    // --- programs

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
            ledger.putProgram(new ProgramRecord(
                    program.hash(), program.name(), source.file(), source.text(), source.companions()));
            programs.computeIfAbsent(program.hash(), hash -> loaded(program));
            define(program);
            return program;
        });
    }

    private long define(Program program) {
        return definitions.computeIfAbsent(
                program.hash(),
                hash -> zeebe.deploy(program.name() + ".bpmn", program.bpmn().getBytes(StandardCharsets.UTF_8))
                        .key());
    }

    private static Runs.Loaded loaded(Program program) {
        return new Runs.Loaded(program, RuleBook.compile(program.workflow()));
    }

    /** The program of a run that was started before, by this process or another. */
    private Runs.Loaded load(String hash) {
        return programs.computeIfAbsent(hash, h -> {
            ProgramRecord kept = ledger.program(h).orElseThrow();
            Source source = new Source(kept.file(), kept.text(), kept.companions());
            Program program = workshop.compile(source);
            if (!program.hash().equals(h)) {
                program = workshop.compileIndependentSamples(source).orElse(program);
            }
            if (!program.hash().equals(h)) {
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.INTERNAL,
                        "the workflow " + kept.name()
                                + " compiles to another program than the one its runs began with.",
                        "Finish these runs with the version of Hone that started them, or start them anew.")));
            }
            return loaded(program);
        });
    }

    // --- runs

    /** Starts a run and returns its id. */
    public String start(Program program, RunRequest request) {
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), request.inputs()));
        Map<String, @Nullable Object> params = Params.of(program.workflow(), request.params(), problems);
        if (problems.isEmpty()) {
            Certifier.certify(program.workflow(), params, problems);
        }
        Promoted start =
                Failures.attempt(() -> Promoted.of(promotions(program), program, request.models(), request.slots()));
        problems.addAll(workshop.checkModels(program.workflow(), start.models()));
        problems.addAll(workshop.checkSlots(program.workflow(), request.slots()));
        if (asksPeople(program.workflow())) { // the control of independent samples asks nobody
            request.person().ifPresent(file -> problems.addAll(file.person().check(program.workflow())));
        }
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return Failures.attempt(() -> {
            RunSetup setup = new RunSetup(
                    request.inputs(),
                    (ObjectNode) Json.node(params),
                    start.models(),
                    start.slots(),
                    start.versions(),
                    request.seed(),
                    request.labels(),
                    request.feedbackFrom(),
                    request.control(),
                    Optional.empty(),
                    request.realm(),
                    request.person());
            return create(program, setup);
        });
    }

    private static boolean asksPeople(Workflow workflow) {
        return workflow.steps().anyMatch(Step.Human.class::isInstance);
    }

    private List<Promotion> promotions(Program program) {
        return ledger.program(program.hash())
                .map(kept -> ledger.holding(new Source(kept.file(), kept.text(), kept.companions()).hash()))
                .orElse(List.of());
    }

    /** The promoted versions that runs of a workflow begin with, at most one for each slot. */
    public List<Promotion> promotions(Source source) {
        return Failures.attempt(() -> ledger.holding(source.hash()));
    }

    /**
     * Adds a version of a slot, with which runs of that text begin from now on. It takes what it says for shown.
     *
     * @return it with its number
     */
    public Promotion promote(Promotion promotion) {
        return Failures.attempt(() -> ledger.promote(promotion));
    }

    /** Takes a version back, so that the one before it holds again. @return false when it was taken back before */
    public boolean rollBack(Promotion promotion, Promotion.Act act) {
        return Failures.attempt(() -> ledger.rollBack(promotion, act));
    }

    private String create(Program program, RunSetup setup) {
        RunRecord run = new RunRecord(newId(), program.name(), program.hash(), setup.json(), Instant.now());
        ledger.createRun(run);
        startInstance(run.id(), program.hash(), 1);
        return run.id();
    }

    /** Lets a run that has ended happen again from its recording: nobody is asked, nothing is paid. @return the replay's id */
    public String replay(String run) {
        return replay(run, Failures.attempt(() -> load(run(run).program())).program());
    }

    /**
     * The same under other rules. Where these send the flow to what was never asked, the replay ends with NOT_RECORDED.
     *
     * @param program deployed; its steps have the recorded ids, and its parameters the recorded values where it has them
     */
    public String replay(String run, Program program) {
        if (result(run).isEmpty()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_RECORDED,
                    "the run " + run + " has not ended.",
                    "Wait for its end, or cancel it; what it has heard until then can be replayed.")));
        }
        RunSetup recorded = RunSetup.parse(run(run).setup());
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), recorded.inputs()));
        Map<String, @Nullable Object> known = Json.plainObject(recorded.params());
        known.keySet().retainAll(program.workflow().params().keySet());
        Map<String, @Nullable Object> params = Params.of(program.workflow(), known, problems);
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return Failures.attempt(() -> {
            return create(program, recorded.replaying(run, (ObjectNode) Json.node(params)));
        });
    }

    /** Sortable by time: base 36 of the milliseconds, and chance. */
    private static String newId() {
        long chance = UUID.randomUUID().getMostSignificantBits() >>> 40;
        return Long.toString(System.currentTimeMillis(), 36) + "-" + Long.toString(chance, 36);
    }

    private void startInstance(String run, String hash, int generation) {
        Program program = load(hash).program();
        ObjectNode variables = Json.object().put(Program.RUN, run).put(Program.ENGINE, ledger.id());
        runs.wallTime(run).ifPresent(seconds -> variables.put(Program.WALL_TIME, "PT" + seconds + "S"));
        long instance = zeebe.start(define(program), variables.toString());
        runOfInstance.put(instance, run);
        ObjectNode started = Json.object().put("instance", instance);
        runs.promoted(run)
                .forEach((slot, version) -> started.withObject("/promoted").put(slot, version));
        ledger.append(run, new NewEvent("run", "", generation, EventKind.RUN_STARTED, started.toString()));
    }

    private Optional<Long> instanceOf(String run) {
        return History.instance(ledger.events(run, 0, Integer.MAX_VALUE));
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

    /** Completes at the end of a run; with an {@link EngineException} when this process cannot bring it there. */
    public CompletableFuture<RunResult> ending(String run) {
        CompletableFuture<RunResult> ending = endings.computeIfAbsent(run, r -> new CompletableFuture<>());
        if (!ending.isDone()) {
            Failures.attempt(() -> result(run)).ifPresent(ending::complete);
        }
        Problem now = halted;
        if (now != null && !ending.isDone()) {
            broken(run, now);
        }
        return ending;
    }

    /** The end of a run, if it has ended. */
    public Optional<RunResult> result(String run) {
        return History.result(ledger.events(run, 0, Integer.MAX_VALUE));
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
        return Failures.attempt(() -> {
            Optional<RunResult> earlier = result(run);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            worker.cancelCalls(run);
            instanceOf(run).ifPresent(zeebe::cancel);
            return worker.finish(run, StopReason.of(StopReason.Kind.CANCELLED, "the run was cancelled"));
        });
    }

    /** Lets a run that ended with a problem or was cancelled go on; what it has is kept, and bought calls are not bought again. */
    public void resume(String run) {
        Failures.attempt(() -> {
            RunRecord record = run(run);
            if (result(run).isEmpty()) {
                return run; // it is running, or goes on by itself
            }
            int generation = runs.resume(run);
            endings.remove(run);
            startInstance(run, record.program(), generation);
            scripted.goOn(run);
            return run;
        });
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
     * Tells of every event after it is kept, in order for each run.
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

    // --- what comes from elsewhere

    private void notice(RunEvent event) {
        scripted.notice(event);
        if (event.kind() == EventKind.RUN_FINISHED) {
            RunResult result = History.result(event);
            endings.computeIfAbsent(event.run(), r -> new CompletableFuture<>()).complete(result);
            runs.forget(event.run());
        }
    }

    private void broken(String run, Problem problem) {
        // Whoever asks again asks anew: the run may have gone on meanwhile.
        CompletableFuture<RunResult> ending = endings.remove(run);
        if (ending != null) {
            ending.completeExceptionally(new EngineException(List.of(problem)));
        }
    }

    /** A run whose scripted person is at a loss ends, with what it has. */
    private void stuck(String run, Problem problem) {
        instanceOf(run).ifPresent(zeebe::cancel);
        worker.finish(run, StopReason.problem(problem));
    }

    /** No run goes on for now. */
    private void halt(Problem problem) {
        halted = problem;
        List.copyOf(endings.keySet()).forEach(run -> broken(run, problem));
    }

    /** The broker pauses without a word when its disk is nearly full, and goes on when there is room again. */
    private void watchDisk(EmbeddedBroker watched) {
        try {
            for (; !closed.await(1, TimeUnit.SECONDS); ) {
                Optional<String> pause = watched.pause();
                if (pause.isPresent()) {
                    halt(Problem.of(
                            ProblemCode.BROKER_FAILED,
                            pause.get(),
                            "Free some space there: the runs go on where they were, in this process or the next."));
                } else if (closed.getCount() > 0 && !dead) {
                    halted = null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The engine computes everything itself, so the broker should never be at a loss; if it is, the run must not hang. */
    private void onIncident(Incident incident) {
        String run = runOfInstance.get(incident.instanceKey());
        if (run == null) {
            return;
        }
        LOG.log(System.Logger.Level.ERROR, "incident in run {0}: {1}", run, incident);
        worker.finish(
                run,
                StopReason.problem(Problem.of(
                        ProblemCode.BROKER_FAILED,
                        "the broker cannot go on at " + incident.elementId() + ": " + incident.message() + ".",
                        "Report this with the workflow; the run can be resumed.")));
        zeebe.cancel(incident.instanceKey());
    }

    private void onBrokerDeath(String words) {
        Problem problem = Problem.of(
                ProblemCode.BROKER_FAILED,
                "the embedded broker ended: " + words,
                "Start again with the same data directory: runs go on where they were.");
        dead = true;
        halt(problem);
    }

    /** Stops working. Runs that have not ended go on when an engine opens on the same directory. */
    @Override
    public void close() {
        closed.countDown();
        ledger.removeListener(onEvent);
        zeebe.close();
        if (broker != null) {
            broker.close();
        }
        ledger.close();
    }
}
