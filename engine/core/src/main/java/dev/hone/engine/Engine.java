package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.broker.BrokerOptions;
import dev.hone.broker.EmbeddedBroker;
import dev.hone.broker.Incident;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Certifier;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.DeploymentPage;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.KeyedRun;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.News;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.ledger.RequestKey;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPage;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.ledger.Spent;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskPage;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.rules.RuleBook;
import dev.hone.engine.work.Embedders;
import dev.hone.engine.work.Forks;
import dev.hone.engine.work.Inputs;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.Live;
import dev.hone.engine.work.Models;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.Runs;
import dev.hone.engine.work.Tools;
import dev.hone.engine.work.Worker;
import dev.hone.engine.zeebe.Zeebe;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    /** After that time, whoever made a run and has not started it is taken for dead. */
    private static final Duration STARTED_BY_NOW = Duration.ofSeconds(30);

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final @Nullable EmbeddedBroker broker;
    private final Zeebe zeebe;
    private final Workshop workshop;
    private final Live live = new Live();
    private final Runs runs;
    private final Worker worker;
    private final People people;
    private final ScriptedPeople scripted;
    private final Tenants tenants;
    private final Claims claims;
    private final Map<String, Runs.Loaded> programs = new ConcurrentHashMap<>();
    private final Map<String, Long> definitions = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<RunResult>> endings = new ConcurrentHashMap<>();
    private final Map<Long, String> runOfInstance = new ConcurrentHashMap<>();
    /** Of runs that get an instance at the moment. */
    private final Map<String, ReentrantLock> starting = new ConcurrentHashMap<>();

    private final Followers followers = new Followers();
    private final Consumer<RunEvent> onEvent = this::notice;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean shut = new AtomicBoolean();
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
        this.claims = new Claims(ledger);
        this.tenants = new Tenants(ledger, options.limits().day());
        this.scripted = new ScriptedPeople(ledger, people, this::stuck, closed);
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

    private EmbeddedBroker startBroker(Path dataDir) {
        return EmbeddedBroker.start(
                dataDir.resolve("broker"),
                BrokerOptions.defaults().withOnIncident(this::onIncident).withOnDeath(this::onBrokerDeath));
    }

    private void begin(EngineOptions options) {
        zeebe.awaitReady(broker == null ? PATIENCE_ABROAD : PATIENCE);
        Set<String> paused = Set.copyOf(ledger.paused());
        Thread.ofVirtual().name("hone-paused").start(() -> paused.forEach(this::stop));
        EmbeddedBroker own = broker;
        if (own != null) {
            ledger.unfinished()
                    .forEach(run -> instanceOf(run.id()).ifPresent(instance -> runOfInstance.put(instance, run.id())));
            Thread.ofVirtual().name("hone-disk").start(() -> watchDisk(own));
        }
        // Nobody else can be about to start a run of a directory that is ours.
        goOn(ledger.database().shared() ? STARTED_BY_NOW : Duration.ZERO);
        ledger.withQuestions().forEach(scripted::goOn);
        AutoCloseable unused = zeebe.work(Program.jobType(ledger.id()), options.workers(), worker);
        Thread.ofVirtual().name("hone-sweep").start(this::sweep);
    }

    /** Does what other processes ended in the middle of. */
    private void sweep() {
        try {
            for (boolean failing = false; !closed.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS); ) {
                try {
                    goOn(STARTED_BY_NOW);
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing && closed.getCount() > 0) {
                        LOG.log(System.Logger.Level.WARNING, "what others left is not gone on with, for now", e);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn(Duration age) {
        ledger.claimUnstarted(age).forEach(this::startLeft);
        ledger.withAnswers().forEach(people::deliver);
    }

    /** A run whose process was killed between its pause and the broker's. */
    private void stop(String paused) {
        try {
            instanceOf(paused).ifPresent(zeebe::cancel);
        } catch (RuntimeException e) { // its jobs find it paused, and who resumes it tries again
            LOG.log(System.Logger.Level.DEBUG, "the broker has still an instance of the paused run " + paused, e);
        }
    }

    /** A run whose program this engine does not take waits for one that does. */
    private void startLeft(RunRecord run) {
        try {
            startInstance(run.id(), run.program(), runs.generation(run.id()));
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "run {0} does not go on: {1}", run.id(), e.getMessage());
        }
    }

    /** Where the ledger is, for those who keep tables of their own beside its. */
    public Database database() {
        return ledger.database();
    }

    /** What runs have left to other runs, for their owner. */
    public Remembrance remembrance() {
        return new Remembrance(ledger);
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

    /**
     * Makes a program known to the broker, and records it as the next version of a tenant's workflow, unless it is the latest.
     *
     * @param by who deploys it, 1 to 200 characters
     * @return the latest version, then
     */
    public Deployment deploy(String tenant, String by, Source source) {
        Tenants.checkName("the name of the tenant", tenant);
        Tenants.checkName("the name of who deploys", by);
        Program program = deploy(source);
        return Failures.attempt(() -> ledger.deploy(tenant, program.name(), program.hash(), by));
    }

    /**
     * The latest versions of a tenant's workflows, by name.
     *
     * @param after the cursor of the page before; empty for the first
     * @param limit how many at the most, 1 to 200
     */
    public DeploymentPage deployments(String tenant, Optional<String> after, int limit) {
        return tenants.deployments(tenant, after, limit);
    }

    /** The versions of a tenant's workflow, newest first, at most 1,000. */
    public List<Deployment> versions(String tenant, String workflow) {
        return tenants.versions(tenant, workflow);
    }

    /** A version of a tenant's workflow, to be started or shown. @param version the latest when empty */
    public Deployed deployed(String tenant, String workflow, Optional<Integer> version) {
        Deployment deployment = tenants.deployment(tenant, workflow, version);
        Program program = Failures.attempt(() -> load(deployment.program())).program();
        return new Deployed(deployment, program, tenants.source(deployment));
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

    /** Starts a run and returns its id; that of the run that there is when the request has the key of an earlier one. */
    public String start(Program program, RunRequest request) {
        Tenants.checkName("the name of the tenant", request.tenant());
        request.key().ifPresent(key -> Tenants.checkName("the key of the request", key));
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), request.inputs()));
        Map<String, @Nullable Object> params = Params.of(program.workflow(), request.params(), problems);
        if (problems.isEmpty()) {
            Certifier.certify(program.workflow(), params, problems);
        }
        Promoted start = Failures.attempt(
                () -> Promoted.of(promotions(request.tenant(), program), program, request.models(), request.slots()));
        problems.addAll(workshop.checkModels(program.workflow(), start.models()));
        problems.addAll(workshop.checkSlots(program.workflow(), request.slots()));
        if (asksPeople(program.workflow())) { // the control of independent samples asks nobody
            request.person().ifPresent(file -> problems.addAll(file.person().check(program.workflow())));
        }
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return Failures.attempt(() -> {
            ObjectNode values = (ObjectNode) Json.node(params);
            RunSetup asked = setup(request, values, new Promoted(request.models(), request.slots(), Map.of()));
            return create(program, setup(request, values, start), Tenants.key(program.hash(), request, asked));
        });
    }

    private static RunSetup setup(RunRequest request, ObjectNode params, Promoted start) {
        return new RunSetup(
                request.inputs(),
                params,
                start.models(),
                start.slots(),
                start.versions(),
                request.seed(),
                request.labels(),
                request.feedbackFrom(),
                request.control(),
                Optional.empty(),
                request.realm(),
                request.person(),
                Optional.empty());
    }

    private static boolean asksPeople(Workflow workflow) {
        return workflow.steps().anyMatch(Step.Human.class::isInstance);
    }

    private List<Promotion> promotions(String tenant, Program program) {
        return ledger.program(program.hash())
                .map(kept -> ledger.holding(tenant, new Source(kept.file(), kept.text(), kept.companions()).hash()))
                .orElse(List.of());
    }

    /** The promoted versions that runs of a workflow begin with, at most one for each slot. */
    public List<Promotion> promotions(Source source) {
        return promotions(RunSetup.NOBODY, source);
    }

    /** The same for the runs of a tenant. */
    public List<Promotion> promotions(String tenant, Source source) {
        return Failures.attempt(() -> ledger.holding(tenant, source.hash()));
    }

    /** All versions of the slots of a tenant's workflow, oldest first, those that were taken back among them. */
    public List<Promotion> promotions(String tenant, String workflow) {
        return Failures.attempt(() -> ledger.promotions(tenant, workflow));
    }

    /**
     * Adds a version of a slot, with which runs of that text begin from now on. It takes what it says for shown.
     *
     * @return it with its number
     */
    public Promotion promote(Promotion promotion) {
        return promote(RunSetup.NOBODY, promotion);
    }

    /** The same for the runs of a tenant alone. */
    public Promotion promote(String tenant, Promotion promotion) {
        return Failures.attempt(() -> ledger.promote(tenant, promotion));
    }

    /** Takes a version back, so that the one before it holds again. @return false when it was taken back before */
    public boolean rollBack(Promotion promotion, Promotion.Act act) {
        return rollBack(RunSetup.NOBODY, promotion, act);
    }

    /** The same of a tenant. */
    public boolean rollBack(String tenant, Promotion promotion, Promotion.Act act) {
        return Failures.attempt(() -> ledger.rollBack(tenant, promotion, act));
    }

    private String create(Program program, RunSetup setup, Optional<RequestKey> key) {
        RunRecord run = new RunRecord(newId(), program.name(), program.hash(), setup.json(), ledger.now());
        return beginning(run.id(), () -> {
            if (key.isPresent()) {
                KeyedRun kept = ledger.createRun(run, key.get());
                if (!kept.request().equals(key.get().request())) {
                    throw Tenants.keyReused(key.get().key());
                }
                if (!kept.run().equals(run.id())) {
                    // On a shared database its maker starts it, and if that has ended, the sweep.
                    return ledger.database().shared()
                            ? kept.run()
                            : beginning(kept.run(), () -> begin(kept.run(), program.hash()));
                }
            } else {
                ledger.createRun(run);
            }
            return begin(run.id(), program.hash());
        });
    }

    /** Gives a run that has none its first instance. */
    private String begin(String run, String program) {
        if (instanceOf(run).isEmpty() && result(run).isEmpty()) {
            startInstance(run, program, runs.generation(run));
        }
        return run;
    }

    /** Of those who begin the same run at the same time, one does. */
    private String beginning(String run, Supplier<String> work) {
        ReentrantLock turn = starting.computeIfAbsent(run, r -> new ReentrantLock());
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
            starting.remove(run, turn);
        }
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
        ObjectNode params = paramsFor(program, recorded);
        return Failures.attempt(() -> create(program, recorded.replaying(run, params), Optional.empty()));
    }

    /** The recorded parameters, as far as a program has them, and its own others. */
    private static ObjectNode paramsFor(Program program, RunSetup recorded) {
        List<Problem> problems = new ArrayList<>(Inputs.check(program.workflow(), recorded.inputs()));
        Map<String, @Nullable Object> known = Json.plainObject(recorded.params());
        known.keySet().retainAll(program.workflow().params().keySet());
        Map<String, @Nullable Object> params = Params.of(program.workflow(), known, problems);
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return (ObjectNode) Json.node(params);
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
        boolean first =
                ledger.append(run, new NewEvent("run", "", generation, EventKind.RUN_STARTED, started.toString()));
        if (!first || result(run).isPresent()) {
            zeebe.cancel(instance); // another process has started it meanwhile, or it has ended
        }
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

    /** Completes at the end of a run, whichever process brings it there; with an {@link EngineException} when this process cannot bring it there. */
    public CompletableFuture<RunResult> ending(String run) {
        CompletableFuture<RunResult> ending = endings.computeIfAbsent(run, r -> new CompletableFuture<>());
        Failures.attempt(() -> result(run)).ifPresent(result -> ended(run, result));
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
            ledger.announceCancelling(run);
            instanceOf(run).ifPresent(zeebe::cancel);
            return worker.finish(run, StopReason.of(StopReason.Kind.CANCELLED, "the run was cancelled"));
        });
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
            RunRecord record = run(run);
            return beginning(run, () -> goOn(record, by));
        });
    }

    private String goOn(RunRecord record, String by) {
        String run = record.id();
        Optional<Long> instance = instanceOf(run);
        boolean paused = runs.paused(run);
        if (paused) {
            instance.ifPresent(zeebe::cancel);
        }
        if (runs.resume(run, by)) {
            if (!paused) {
                endings.remove(run);
            }
            startInstance(run, record.program(), runs.generation(run));
            people.deliver(run);
            scripted.goOn(run);
        }
        return run;
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
        Operations.checkWho(by);
        Operations.checkWhy(because);
        Failures.attempt(() -> {
            run(run);
            return beginning(run, () -> {
                if (!runs.pause(run, by, because)) {
                    result(run).ifPresent(end -> {
                        throw Operations.ended(run, end, "Only a run that goes on can be paused.");
                    });
                }
                instanceOf(run).ifPresent(zeebe::cancel);
                return run;
            });
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
        Operations.checkWho(by);
        Failures.attempt(() -> {
            RunRecord record = run(run);
            Operations.checkMore(load(record.program()).program().workflow(), more);
            return beginning(run, () -> {
                Optional<RunResult> end = result(run);
                Operations.checkRaise(run, RunSetup.parse(record.setup()), end);
                runs.raise(run, more, by);
                // The broker's clock of an instance is set when that begins.
                if (more.containsKey(Workflow.Resource.SECONDS) && runs.pause(run, by, "the wall time was raised")) {
                    goOn(record, by);
                }
                return run;
            });
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
        Operations.checkWho(by);
        RunRecord record = run(run);
        RunSetup setup = RunSetup.parse(record.setup());
        List<RunEvent> events = events(run);
        Operations.checkFork(run, setup, events, before);
        ObjectNode params = paramsFor(program, setup);
        return Failures.attempt(() -> {
            Forks shared = new Forks(record, events, before);
            Instant now = ledger.now().truncatedTo(ChronoUnit.MICROS);
            Instant began = shared.began(now);
            RunSetup.ForkOf from = new RunSetup.ForkOf(run, before, by, began.toString());
            RunRecord fork = new RunRecord(
                    newId(),
                    program.name(),
                    program.hash(),
                    setup.forking(from, params).json(),
                    now);
            List<RunEvent> first = shared.events(fork.id(), began);
            runs.stranger(fork, first).ifPresent(event -> {
                throw Operations.stranger(program, event);
            });
            return beginning(fork.id(), () -> {
                ledger.fork(fork, run, first);
                return begin(fork.id(), program.hash());
            });
        });
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

    /** The tasks that fit a query, oldest first, a page at a time; {@link Question#of(Task)} says what one asks. */
    public TaskPage tasks(TaskQuery query) {
        return claims.tasks(query);
    }

    /** One task. @param task its {@link Task#id} */
    public Task task(String task) {
        return claims.task(task);
    }

    /**
     * Takes a task for somebody, for a time, or makes the time of their claim another one.
     *
     * @param by 1 to 200 characters
     * @param term up to 30 days
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public Task claim(String task, String by, Duration term) {
        return claims.claim(task, by, term);
    }

    /** Gives a claim back; without one of theirs nothing changes. */
    public Task release(String task, String by) {
        return claims.release(task, by);
    }

    /**
     * Keeps what somebody has written of an answer so far, in the place of what was kept before.
     *
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public Task draft(String task, String by, JsonNode draft) {
        return claims.draft(task, by, draft);
    }

    /**
     * Gives somebody's answer to a task.
     *
     * @param answer {@code {rating}}, {@code {choice}}, {@code {text}}, {@code {label}} or {@code {approved}}, as the form asks
     * @param by 1 to 200 characters; the workflow sees that a person answered, not who
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public void answer(String task, ObjectNode answer, String by) {
        Operations.checkWho(by);
        Failures.attempt(() -> {
            people.answer(claims.task(task), answer, by);
            return task;
        });
    }

    /**
     * Says that there will be no answer to a task: its run goes on as when the time for it is over.
     *
     * @param because in their own words, at most 2,000 characters; may be empty
     * @throws EngineException when somebody else has claimed it and the claim holds, or no answer to it is taken any more
     */
    public void reject(String task, String by, String because) {
        Operations.checkWho(by);
        Operations.checkWhy(because);
        Failures.attempt(() -> {
            people.reject(claims.task(task), by, because);
            return task;
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

    /** What a tenant may spend on a day: what was said last, else what the options say. */
    public DayLimits.Limit limit(String tenant) {
        return tenants.limit(tenant);
    }

    /**
     * Says what a tenant may spend on a day, from its next call on.
     *
     * @param limit empty for what the options say
     * @param by who says so, 1 to 200 characters
     */
    public void limit(String tenant, Optional<DayLimits.Limit> limit, String by) {
        tenants.limit(tenant, limit, by);
    }

    /** What a tenant's runs have used, and set aside, today, by UTC. */
    public Spent spentToday(String tenant) {
        return tenants.spentToday(tenant);
    }

    /** What a run runs. */
    public Program program(String run) {
        return Failures.attempt(() -> load(run(run).program())).program();
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
        Problem now = halted;
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
        CompletableFuture<RunResult> ending = endings.remove(run); // whoever asks from now on reads it
        if (ending != null) {
            ending.complete(result);
        }
        runs.forget(run);
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
                Set<String> concerned = new HashSet<>(endings.keySet());
                concerned.addAll(runs.known());
                concerned.forEach(this::endedElsewhere);
                ledger.withQuestions().forEach(scripted::goOn);
                followers.tellAll();
            }
        }
    }

    private void endedElsewhere(String run) {
        scripted.forget(run);
        if (endings.containsKey(run) || runs.knows(run)) {
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
