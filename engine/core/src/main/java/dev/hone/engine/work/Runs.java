package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.Problem;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Controls;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.rules.RuleBook;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The runs that this process works on, each loaded from the ledger when its first job comes. */
public final class Runs {

    private static final Logger LOG = System.getLogger(Runs.class.getName());

    /** A program with its rule base; built once for each hash. */
    public record Loaded(Program program, RuleBook rules) {}

    private final Ledger ledger;
    private final Function<String, Loaded> programs;
    private final BiConsumer<String, Problem> onBroken;
    private final Embedders embedders;
    private final Duration callTimeout;
    private final DayLimits day;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /**
     * @param programs the program of a hash
     * @param day what may be spent on a day
     * @param onBroken told of a run that cannot go on in this process, because its ledger cannot be written
     */
    public Runs(
            Ledger ledger,
            Function<String, Loaded> programs,
            BiConsumer<String, Problem> onBroken,
            Embedders embedders,
            Duration callTimeout,
            DayLimits day) {
        this.callTimeout = callTimeout;
        this.day = day;
        this.embedders = embedders;
        this.ledger = ledger;
        this.programs = programs;
        this.onBroken = onBroken;
    }

    /** Empty when the ledger has no such run. */
    Optional<Run> find(String id) {
        Run known = runs.get(id);
        return known != null ? Optional.of(known) : ledger.run(id).map(this::load);
    }

    /** The wall-time limit of a run in seconds, if its budget has one. */
    public OptionalLong wallTime(String id) {
        Run run = find(id).orElseThrow();
        return run.purse().wallTime();
    }

    /** The versions of the slots that a run began with a promoted version of. */
    public Map<String, Integer> promoted(String id) {
        return find(id).orElseThrow().promoted();
    }

    /** Which start of a run this is: 1, and one more for each time that it was resumed. */
    public int generation(String id) {
        return find(id).orElseThrow().generation();
    }

    /** Whether an operator has paused a run. */
    public boolean paused(String id) {
        return find(id).orElseThrow().read(RunState::paused);
    }

    /**
     * Takes the end or the pause of a run back.
     *
     * @param by who wants it; may be empty
     * @return false when it goes on already
     */
    public boolean resume(String id, String by) {
        Run run = find(id).orElseThrow();
        return run.writeNow(state -> {
            if (state.finished().isEmpty() && !state.paused()) {
                return null;
            }
            ObjectNode body = Json.object();
            if (!by.isEmpty()) {
                body.put("by", by);
            }
            if (state.paused()) {
                body.put("after", Cassette.AFTER_PAUSE);
            }
            return new Run.Entry(top(run), state.generation() + 1, EventKind.RUN_RESUMED, body);
        });
    }

    /** Writes that a run is paused. @return false when it is paused already, or has ended */
    public boolean pause(String id, String by, String because) {
        Run run = find(id).orElseThrow();
        ObjectNode body = Json.object().put("by", by).put("because", because);
        return run.writeNow(state -> state.finished().isPresent() || state.paused()
                ? null
                : new Run.Entry(top(run), state.generation(), EventKind.RUN_PAUSED, body));
    }

    /** Writes that a run has more to spend. @param more in the units of the file */
    public void raise(String id, Map<Workflow.Resource, BigDecimal> more, String by) {
        Run run = find(id).orElseThrow();
        ObjectNode body = Json.object().put("by", by);
        more.forEach((resource, number) ->
                body.withObject("/more").set(resource.name().toLowerCase(Locale.ROOT), Json.node(number)));
        run.writeNow(state -> new Run.Entry(top(run), state.raises() + 1, EventKind.BUDGET_RAISED, body));
    }

    private static Site top(Run run) {
        return new Site(run, "run", Iteration.TOP);
    }

    /** Whether this process has it at hand. */
    public boolean knows(String id) {
        return runs.containsKey(id);
    }

    /** The runs that this process has at hand. */
    public Set<String> known() {
        return Set.copyOf(runs.keySet());
    }

    /** Lets go of a run that has ended. */
    public void forget(String id) {
        runs.remove(id);
    }

    private Run load(RunRecord record) {
        return runs.computeIfAbsent(record.id(), id -> made(record));
    }

    private Run made(RunRecord record) {
        RunSetup setup = RunSetup.parse(record.setup());
        Loaded loaded = programs.apply(record.program());
        return new Run(
                record,
                setup,
                loaded.program(),
                loaded.rules(),
                ledger,
                feedback(setup, loaded.program()),
                embedders,
                callTimeout,
                day,
                setup.replayOf().map(recorded -> replay(recorded, record.program())));
    }

    /** The first of the events that a run, which is not kept yet, could not go on from with its program. */
    public Optional<RunEvent> stranger(RunRecord fork, List<RunEvent> events) {
        return made(fork).stranger(events);
    }

    private Replay replay(String recorded, String program) {
        RunRecord run = ledger.run(recorded).orElseThrow();
        Cassette cassette = new Cassette(run, ledger.events(recorded, 0, Integer.MAX_VALUE));
        return Replay.of(cassette, run.program().equals(program));
    }

    /** The critiques of the runs that the setup names. */
    private List<JsonNode> feedback(RunSetup setup, Program program) {
        if (setup.feedbackFrom().isEmpty()) {
            return List.of();
        }
        Set<String> names = Controls.feedbackNames(program.workflow());
        List<JsonNode> critiques = new ArrayList<>();
        for (String donor : setup.feedbackFrom()) {
            // In the order of the flow: which of two parallel branches was faster must not matter.
            List<RunEvent> events = new ArrayList<>(ledger.events(donor, 0, Integer.MAX_VALUE));
            events.sort(Comparator.comparing((RunEvent event) -> Iteration.parse(event.iteration()))
                    .thenComparing(RunEvent::element));
            for (RunEvent event : events) {
                if (event.kind() == EventKind.OUTPUT) {
                    JsonNode body = Json.read(event.body());
                    if (names.contains(body.path("name").asText())
                            && body.path("value").isObject()) {
                        critiques.add(body.path("value"));
                    }
                }
            }
        }
        return critiques;
    }

    void broken(String id, Problem problem) {
        onBroken.accept(id, problem);
    }

    /** A defect: for the log, never for a user's screen. */
    void report(String place, RuntimeException e) {
        LOG.log(Logger.Level.ERROR, "defect at " + place, e);
    }
}
