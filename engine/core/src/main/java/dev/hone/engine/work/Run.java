package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelReply;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Course;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.compile.Program;
import dev.hone.engine.compile.Scope;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.MemoryItem;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.rules.RuleBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run, as its workers see it: what is fixed from the start, and the fold of its events. Thread-safe: parallel branches
 * of a run share it.
 */
final class Run {

    /** An event to be written. */
    record Entry(Site site, int attempt, EventKind kind, ObjectNode body) {}

    private static final int PAGE = 1_000;
    /** After which a job of a paused run that is left in the broker comes again. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** What the constant-feedback control says of everything. */
    private static final JsonNode CONSTANT =
            Json.object().put("kind", "issue").put("text", "Check the answer once more and improve it.");

    private final RunRecord record;
    private final RunSetup setup;
    private final Program program;
    private final RuleBook rules;
    private final Ledger ledger;
    private final Cancellation cancellation = new Cancellation();
    private final RunState state;
    private final Names names;
    private final Duration callTimeout;
    private final Set<String> feedbackNames;
    private final List<JsonNode> otherFeedback;
    private final Map<String, @Nullable Object> params;
    private final InitialValues initial;
    private final Purse purse;
    private final Optional<Replay> replay;
    /** The last event that a call in progress had seen when it began. */
    private final Map<Place, Long> seen = new ConcurrentHashMap<>();

    Run(
            RunRecord record,
            RunSetup setup,
            Program program,
            RuleBook rules,
            Ledger ledger,
            List<JsonNode> otherFeedback,
            Embedders embedders,
            Duration callTimeout,
            DayLimits day,
            Optional<Replay> replay) {
        this.callTimeout = callTimeout;
        this.record = record;
        this.replay = replay;
        this.setup = setup;
        this.program = program;
        this.rules = rules;
        this.ledger = ledger;
        this.params = Json.plainObject(setup.params());
        this.initial = new InitialValues(this, setup, params, embedders);
        this.purse = new Purse(this, ledger, setup.tenant(), day);
        this.state = before();
        this.names = new Names(program, state, setup.inputs(), this::slotValue);
        this.feedbackNames = Controls.feedbackNames(program.workflow());
        this.otherFeedback = otherFeedback;
        replay.ifPresent(recorded -> Cassette.again(ledger.events(record.id(), 0, Integer.MAX_VALUE))
                .forEach(event -> recorded.turns().written(Place.of(event), event.kind())));
    }

    /** The state before the first event. */
    private RunState before() {
        return new RunState(
                program, new Plays(program, setup.seed(), initial.settings(), initial::features), initial::whole);
    }

    /**
     * The first of some events that this program could not have written; empty when it could go on from them.
     *
     * @param events in order, from the first on
     */
    Optional<RunEvent> stranger(List<RunEvent> events) {
        RunState folded = before();
        for (RunEvent event : events) {
            try {
                if (!event.element().equals("run") && !event.element().startsWith("run.")) {
                    List<String> around = program.scopesOf(event.element()).stream()
                            .map(Scope::id)
                            .toList();
                    List<String> recorded = Iteration.parse(event.iteration()).indices().stream()
                            .map(Iteration.Index::scope)
                            .toList();
                    if (!around.equals(recorded)) {
                        return Optional.of(event);
                    }
                }
                folded.apply(event);
            } catch (RuntimeException e) { // of a step, a pool, a slot, a memory or a policy that it does not have
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** How it came to what it has. */
    Course course() {
        return new Retrace(this, before()).of(ledger.events(record.id(), 0, Integer.MAX_VALUE));
    }

    /** The present value of a slot: what it was set to, else what the file or the caller says. */
    JsonNode slotValue(String name) {
        return state.slot(name).value().orElseGet(() -> initial.slot(name));
    }

    /** What it may spend. */
    Purse purse() {
        return purse;
    }

    String id() {
        return record.id();
    }

    Program program() {
        return program;
    }

    Workflow workflow() {
        return program.workflow();
    }

    RuleBook rules() {
        return rules;
    }

    long seed() {
        return setup.seed();
    }

    /** The inputs that steps may read, plain. */
    Map<String, @Nullable Object> openInputs() {
        Map<String, @Nullable Object> open = Json.plainObject(setup.inputs());
        workflow().inputs().values().stream()
                .filter(Workflow.Input::sealed)
                .forEach(input -> open.remove(input.name()));
        return open;
    }

    /** The model of a slot, when it is not the file's: set or trained by a step, or named by the caller. */
    Optional<ModelVersion> modelOf(Slot.ModelSlot slot) {
        return read(current -> current.slot(slot.name()).value())
                .map(ModelVersion::of)
                .or(() -> Optional.ofNullable(modelOverrides().get(slot.name())).map(ModelVersion::of));
    }

    /** The parameters as FEEL sees them. */
    Map<String, @Nullable Object> params() {
        return params;
    }

    /** The versions of the slots that it began with a promoted version of. */
    Map<String, Integer> promoted() {
        return setup.promoted();
    }

    Map<String, String> modelOverrides() {
        return setup.models();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The time, by the clock that all who work on the run have. */
    Instant now() {
        return ledger.now();
    }

    /** Keeps others from starting it again. */
    void hasInstance() {
        ledger.hasInstance(record.id());
    }

    Instant startedAt() {
        return setup.began(record.createdAt());
    }

    /**
     * From the start to the last event, without the time that it stood paused: what a rule sees of time, so that it sees the
     * same in a replay.
     */
    Duration elapsed() {
        return read(state -> state.last()
                        .flatMap(last -> replay.isPresent()
                                ? replay.get().cassette().time(Place.of(last), last.kind())
                                : Optional.of(Duration.between(startedAt(), last.at())
                                        .minus(state.clock().stood()))))
                .orElse(Duration.ZERO);
    }

    // --- replay

    /** The recording that this run replays, if it is a replay. */
    Optional<Replay> replay() {
        return replay;
    }

    /** Before a call reads what it asks with. */
    void begin(Site site) {
        replay.ifPresent(recorded -> {
            hearOutside(recorded.turns());
            recorded.turns().awaitBeginning(Place.of(site));
        });
        seen.put(Place.of(site), read(RunState::seq));
    }

    /** After it. */
    void begun(Site site) {
        replay.ifPresent(recorded -> recorded.turns().begun(Place.of(site)));
    }

    /** Whether a person has let the run go on after the pause that was decided here. */
    boolean released(Site site) {
        return read(state -> state.released(site.element(), site.iteration()))
                || replay.filter(recorded -> recorded.cassette().released(site)).isPresent();
    }

    private void awaitTurn(Site site, EventKind kind) {
        replay.ifPresent(recorded -> {
            hearOutside(recorded.turns());
            recorded.turns().await(Place.of(site), kind);
        });
    }

    /** Ends the turn of an event, and writes those that follow it and came from outside. */
    private void endTurn(Site site, EventKind kind) {
        if (replay.isEmpty()) {
            return;
        }
        Turns turns = replay.get().turns();
        turns.written(Place.of(site), kind);
        hearOutside(turns);
    }

    /** Writes the events whose turn it is and that nobody inside the run makes, each once. */
    private void hearOutside(Turns turns) {
        synchronized (turns) {
            for (Optional<RunEvent> due; (due = turns.dueFromOutside()).isPresent(); ) {
                RunEvent event = due.get();
                ledger.append(
                        record.id(),
                        new NewEvent(event.element(), event.iteration(), event.attempt(), event.kind(), event.body()));
                turns.written(Place.of(event), event.kind());
            }
        }
    }

    // --- the fold

    /** Asks the state, brought up to date with the ledger. */
    synchronized <T> T read(Function<RunState, T> question) {
        catchUp();
        return question.apply(state);
    }

    /** Writes one event; one with its key that is there already stays as it is. */
    void write(Entry entry) {
        awaitTurn(entry.site(), entry.kind());
        synchronized (this) {
            ledger.append(record.id(), event(entry));
            catchUp();
        }
        endTurn(entry.site(), entry.kind());
    }

    /**
     * Writes an event, or none, that depends on the state. Where the run goes on meanwhile, in this process or another, that
     * is decided again.
     *
     * @param decide may be asked several times
     */
    void writeWith(Site site, EventKind kind, Function<RunState, @Nullable Entry> decide) {
        awaitTurn(site, kind);
        var unused = writeNow(decide);
        endTurn(site, kind);
    }

    /** The same for what comes from outside the run, and has no turn in a replay. @return whether it was written */
    synchronized boolean writeNow(Function<RunState, @Nullable Entry> decide) {
        Entry entry;
        do {
            catchUp();
            entry = decide.apply(state);
        } while (entry != null && !ledger.appendAfter(record.id(), state.seq(), event(entry)));
        catchUp();
        return entry != null;
    }

    /** The names of the signals of a kind. */
    Set<String> signals(Step.SignalKind kind) {
        return program.signals().getOrDefault(kind, Set.of());
    }

    Optional<JsonNode> find(String name, Iteration here) {
        return read(current -> names.find(name, here));
    }

    /** Whether a value given in one place is seen from the other: both are at the same element of the maps around both. */
    boolean agrees(Iteration given, Iteration here) {
        return names.agrees(given, here);
    }

    boolean done(Site site) {
        return read(current -> current.done(site.element(), site.iteration()));
    }

    private void catchUp() {
        for (List<RunEvent> page; !(page = ledger.events(record.id(), state.seq(), PAGE)).isEmpty(); ) {
            page.forEach(state::apply);
        }
    }

    // --- calls and money

    /** 1 for the first try of a step here. */
    int attempt(Site site) {
        return 1 + read(current -> current.failures(site.element(), site.iteration()));
    }

    CallContext context(Site site, int attempt, long seed) {
        return new CallContext(
                record.id(), site.element(), site.iteration().toString(), attempt, seed, callTimeout, cancellation);
    }

    /** The critiques of other runs for the names of the step's inputs, when this run is the shuffled-feedback control. */
    Map<String, JsonNode> feedbackFor(Site site) {
        boolean constant = control(Workflow.Control.Kind.CONSTANT_FEEDBACK);
        if (otherFeedback.isEmpty() && !constant) {
            return Map.of();
        }
        SplittableRandom random = new SplittableRandom(site.seed());
        Map<String, JsonNode> swapped = new HashMap<>();
        for (String name : feedbackNames) {
            find(name, site.iteration()).filter(own -> !own.isNull()).ifPresent(own -> {
                if (own.isArray()) {
                    ArrayNode others = JsonNodeFactory.instance.arrayNode();
                    own.forEach(one -> others.add(constant ? CONSTANT : draw(random)));
                    swapped.put(name, others);
                } else {
                    swapped.put(name, constant ? CONSTANT : draw(random));
                }
            });
        }
        return swapped;
    }

    private JsonNode draw(SplittableRandom random) {
        return otherFeedback.get(random.nextInt(otherFeedback.size()));
    }

    /** The most elements of a map, where its file says so. */
    OptionalLong most(Step.ForEach each, Site site) throws StepProblem {
        return each.max().isPresent() ? whole(each.max().get(), site) : OptionalLong.empty();
    }

    /** The last round of a loop: its max, or what the budget allows. */
    long mostRounds(Site site, Step.Loop loop) throws StepProblem {
        return (loop.max().isPresent()
                        ? whole(loop.max().get(), site)
                        : purse.limit(Workflow.Resource.CALLS, BigDecimal.ONE, site))
                .orElseThrow();
    }

    private static OptionalLong whole(Expression expression, Site site) throws StepProblem {
        return site.evaluate(expression) instanceof BigDecimal number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** The variable that counts the rounds of the loop that a decision belongs to. */
    String counterOf(Site site) {
        return program.scopesOf(site.element()).getLast().counter();
    }

    /** Writes an event, and leaves items to other runs; a replay leaves none. */
    void writeAndRemember(Entry entry, List<MemoryItem> items) {
        awaitTurn(entry.site(), entry.kind());
        synchronized (this) {
            ledger.appendAndRemember(record.id(), event(entry), replay.isPresent() ? List.of() : items);
            catchUp();
        }
        endTurn(entry.site(), entry.kind());
    }

    /** What other runs, and this one, left in a scope. */
    List<JsonNode> remembered(String scope, int most) {
        return ledger.remembered(scope, most).stream().map(Json::read).toList();
    }

    /** The hash of the inputs, by which runs with the same ones are found. */
    String task() {
        return Integer.toHexString(setup.inputs().toString().hashCode());
    }

    /** Runs of other realms neither see what this one remembers nor are seen by it. */
    String realm() {
        return setup.realm();
    }

    /** Whether the run is this placebo arm. */
    boolean control(Workflow.Control.Kind kind) {
        return setup.control().equals(Optional.of(kind));
    }

    /** Writes the reply, what it means and what it cost, all or nothing. */
    void called(Site site, Bought bought, ObjectNode output) {
        settle(
                site,
                bought,
                List.of(
                        new Entry(site, bought.attempt(), EventKind.CALLED, call(site, bought)),
                        new Entry(site, 1, EventKind.OUTPUT, output)));
    }

    /** A reply that was bought and is not what the call asks for. */
    void misfit(Site site, Bought bought, String what) {
        ObjectNode call = call(site, bought).put("what", what);
        settle(site, bought, List.of(new Entry(site, bought.attempt(), EventKind.PROBLEM, call)));
    }

    private ObjectNode call(Site site, Bought bought) {
        ModelReply reply = bought.reply();
        ObjectNode call = Json.object()
                .put("model", bought.model())
                .put("request", bought.request())
                .put("seen", seen.getOrDefault(Place.of(site), 0L))
                .put("text", reply.text())
                .put("finish", reply.finish().name())
                .put("finishWord", reply.finishWord())
                .put("id", reply.rawId());
        call.set("usage", Json.node(reply.usage()));
        return call;
    }

    private void settle(Site site, Bought bought, List<Entry> entries) {
        awaitTurn(site, entries.getFirst().kind());
        ledger.appendAndSettle(
                record.id(),
                entries.stream().map(Run::event).toList(),
                Purse.key(site, bought.attempt()),
                bought.reply().usage());
        entries.forEach(entry -> endTurn(site, entry.kind()));
    }

    /**
     * Writes that a try failed, and says how many have, of the same model.
     *
     * @param next the model that is asked instead
     */
    int failed(Site site, ConnectorException e, Optional<String> next) {
        ObjectNode body = Json.object()
                .put("what", e.what())
                .put("fix", e.fix())
                .put("kind", e.kind().name());
        next.ifPresent(model -> body.put("next", model));
        write(new Entry(site, attempt(site), EventKind.PROBLEM, body));
        return read(current -> current.tries(site));
    }

    /** Whose run it is. */
    String tenant() {
        return setup.tenant();
    }

    // --- the end

    /** Writes why the run is to end; the first reason stays. */
    void stop(Site site, StopReason reason) {
        writeWith(
                site,
                EventKind.STOPPING,
                current -> current.stopping().isPresent()
                        ? null
                        : new Entry(site, current.generation(), EventKind.STOPPING, (ObjectNode) Json.node(reason)));
    }

    /** 1, and one more for each time that the run was resumed. */
    int generation() {
        return read(RunState::generation);
    }

    void finish(RunResult result) {
        Site run = new Site(this, "run", Iteration.TOP);
        writeWith(
                run,
                EventKind.RUN_FINISHED,
                current -> current.finished().isPresent()
                        ? null
                        : new Entry(run, current.generation(), EventKind.RUN_FINISHED, (ObjectNode) Json.node(result)));
    }

    private static NewEvent event(Entry entry) {
        return new NewEvent(
                entry.site().element(),
                entry.site().iteration().toString(),
                entry.attempt(),
                entry.kind(),
                entry.body().toString());
    }
}
