package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Sha256;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a recorded run heard from outside: the replies of models and the reports of tools by place and by the hash of what was
 * asked, the answers of people and what other runs had left in memories by place alone. A replay asks it, and nobody else.
 */
public final class Cassette {

    /** What {@code after} says in the event of a run that goes on after an operator's pause. */
    static final String AFTER_PAUSE = "pause";

    /** @param attempt the try that bought it */
    record Reply(String model, ModelReply reply, int attempt) {}

    private record Asked(Place place, String request) {}

    private record Happened(Place place, EventKind kind) {}

    private final RunRecord run;
    private final List<RunEvent> events;
    private final Instant began;
    private final Map<Asked, Reply> replies = new HashMap<>();
    private final Map<Asked, JsonNode> reports = new HashMap<>();
    private final Map<Happened, JsonNode> bodies = new HashMap<>();
    private final Map<Happened, Duration> times = new HashMap<>();
    private final Set<Place> released = new HashSet<>();

    /** @param all the events of the recorded run, in order */
    Cassette(RunRecord run, List<RunEvent> all) {
        this.run = run;
        this.events = again(all);
        this.began = RunSetup.parse(run.setup()).began(run.createdAt());
        Set<RunEvent> again = new HashSet<>(events);
        Clock clock = new Clock();
        for (RunEvent event : all) {
            clock.hear(event);
            if (again.contains(event)) {
                keep(event, clock);
            }
        }
        long resumed = last(all, event -> event.kind() == EventKind.RUN_RESUMED && releases(Json.read(event.body())));
        all.stream()
                .filter(event -> event.kind() == EventKind.DECIDED && event.seq() < resumed)
                .map(Place::of)
                .forEach(released::add);
    }

    /**
     * The hash of what a model is asked.
     *
     * @param adapter what a training has changed of the model, without which the reply would be another
     */
    static String request(ModelRequest request, Optional<Adapter> adapter) {
        ObjectNode asked = (ObjectNode) Json.node(request);
        asked.remove("schema"); // the workflow determines it, and recordings from before it was sent stay good
        asked.path("messages").forEach(message -> wordsAndPictures((ObjectNode) message));
        return adapter.map(trained -> Sha256.of(asked.toString(), ModelVersion.hash(trained)))
                .orElseGet(() -> Sha256.of(asked.toString()));
    }

    /** What changes a reply; a message that shows nothing is what it was before messages could. */
    private static void wordsAndPictures(ObjectNode message) {
        message.remove("kept");
        if (message.path("images").isEmpty()) {
            message.remove("images");
        }
    }

    /** The hash of what a tool is asked. */
    static String request(String tool, ObjectNode input) {
        return Sha256.of(tool, input.toString());
    }

    /** Of the events of a run those that a replay makes again: not its starts, its failed tries and its earlier ends. */
    public static List<RunEvent> again(List<RunEvent> events) {
        long resumed = last(events, event -> event.kind() == EventKind.RUN_RESUMED);
        return events.stream()
                .filter(event -> switch (event.kind()) {
                    case RUN_STARTED, RUN_RESUMED, RUN_PAUSED -> false;
                    case PROBLEM -> Json.read(event.body()).has("usage");
                    case STOPPING, MEASURED, RUN_FINISHED -> event.seq() > resumed;
                    case CALLED,
                            OUTPUT,
                            POOLED,
                            MAPPED,
                            ROUND,
                            DECIDED,
                            SKIPPED,
                            QUESTION,
                            ANSWERED,
                            TOLD,
                            TRAINING,
                            BUDGET_RAISED -> true;
                })
                .toList();
    }

    private static long last(List<RunEvent> events, Predicate<RunEvent> wanted) {
        return events.stream().filter(wanted).mapToLong(RunEvent::seq).max().orElse(0);
    }

    /** Whether who let the run go on so has ended the pauses that rules had decided; an operator's own pause is another. */
    static boolean releases(JsonNode resumed) {
        return !resumed.path("after").asText().equals(AFTER_PAUSE);
    }

    private void keep(RunEvent event, Clock clock) {
        Place place = Place.of(event);
        JsonNode body = Json.read(event.body());
        bodies.put(new Happened(place, event.kind()), body);
        times.put(
                new Happened(place, event.kind()),
                Duration.between(began, event.at()).minus(clock.stood()));
        if (body.has("usage") && body.has("request")) {
            replies.put(new Asked(place, body.path("request").asText()), reply(body, event.attempt()));
        }
        body.path("calls").forEach(call -> {
            JsonNode out = call.has("out") ? call.path("out") : body.path("value");
            reports.put(new Asked(place, call.path("request").asText()), out);
        });
    }

    private static Reply reply(JsonNode body, int attempt) {
        return new Reply(
                body.path("model").asText(),
                new ModelReply(
                        body.path("text").asText(),
                        ModelReply.Finish.valueOf(body.path("finish").asText()),
                        body.path("finishWord").asText(),
                        Json.MAPPER.convertValue(body.path("usage"), Usage.class),
                        body.path("id").asText()),
                attempt);
    }

    /** What a replay makes again, in order. */
    List<RunEvent> events() {
        return events;
    }

    /**
     * What the model replied.
     *
     * @throws Refusal when this was where the budget did not suffice
     * @throws ProblemInside when this was where the recorded run met a problem, or never was
     */
    Reply reply(Site site, String request) throws Refusal {
        Reply reply = replies.get(new Asked(Place.of(site), request));
        if (reply == null) {
            refused(site);
            throw missing(site, "what the model is asked");
        }
        return reply;
    }

    /**
     * What the tool reported.
     *
     * @throws ProblemInside when this was where the recorded run met a problem, or never was
     */
    JsonNode report(Site site, String tool, String request) {
        JsonNode report = reports.get(new Asked(Place.of(site), request));
        if (report == null) {
            throw missing(site, "what the tool " + tool + " is asked");
        }
        return report;
    }

    /** A call that did not fit into the budget left no reply, but what the run did then. */
    private void refused(Site site) throws Refusal {
        Optional<StopReason> stop = stop(site);
        if (stop.isPresent() && stop.get().kind() == StopReason.Kind.BUDGET) {
            throw new Refusal(stop.get().text().replace(" (at " + site.place() + ")", ""));
        }
        Optional<JsonNode> spent = body(site, EventKind.DECIDED).filter(body -> body.has("spent"));
        if (spent.isPresent()) {
            throw new Refusal(
                    spent.get().path("text").asText(),
                    Optional.of(spent.get().path("spent").asText()));
        }
        boolean called = body(site, EventKind.CALLED).isPresent();
        if (!called && body(site, EventKind.DECIDED).isPresent()) {
            throw new Refusal("the budget did not suffice");
        }
    }

    private Optional<StopReason> stop(Site site) {
        return body(site, EventKind.STOPPING).map(body -> Json.MAPPER.convertValue(body, StopReason.class));
    }

    private ProblemInside missing(Site site, String what) {
        return new ProblemInside(stop(site)
                .flatMap(StopReason::problem)
                .orElseGet(() -> new Problem(
                        ProblemCode.NOT_RECORDED,
                        site.run().program().findSource(site.element()),
                        "the run " + run.id() + " has no record of " + what + " at " + site.place() + ".",
                        "From here on nothing can be said without asking anew: start a run.")));
    }

    /** What an event of the recorded run told at this place. */
    Optional<JsonNode> body(Site site, EventKind kind) {
        return Optional.ofNullable(bodies.get(new Happened(Place.of(site), kind)));
    }

    /** The same; a problem when there was none. */
    JsonNode heard(Site site, EventKind kind, String what) {
        return body(site, kind).orElseThrow(() -> missing(site, what));
    }

    /** How long after the start of the recorded run this happened. */
    Optional<Duration> time(Place place, EventKind kind) {
        return Optional.ofNullable(times.get(new Happened(place, kind)));
    }

    /** Whether a person let the recorded run go on after the pause that was decided here. */
    boolean released(Site site) {
        return released.contains(Place.of(site));
    }
}
