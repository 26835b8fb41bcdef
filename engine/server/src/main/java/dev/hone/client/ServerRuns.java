package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.ScriptedPerson;
import dev.hone.engine.History;
import dev.hone.engine.LiveText;
import dev.hone.engine.PersonFile;
import dev.hone.engine.Question;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.work.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The runs of a server. When it is away for a while, as when it is started again, what was asked of it is waited for. */
public final class ServerRuns implements Runs, AutoCloseable {

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_OF_A_LIST = 200;
    private static final int LONGEST_NAME = 200;

    /** As often it is asked whether a run waits, however often somebody wants to know. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Wire wire;
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
    private final Map<String, Optional<ScriptedPerson>> people = new ConcurrentHashMap<>();
    private long lastGlance;
    private boolean waited;

    /** @param screen is told when the server is away */
    public ServerRuns(ServerAccess access, Consumer<String> screen) {
        this.wire = new Wire(access, screen);
    }

    // --- workflows

    /** A version of a workflow. @param program the hash of everything that decides how its runs go */
    public record Deployed(String workflow, int version, String program) {}

    /** Makes a workflow known: its next version, unless it says what the latest one says. */
    public Deployed deploy(Source source) {
        JsonNode line = wire.post("/workflows", text(source), Map.of());
        return new Deployed(
                line.path("name").asText(),
                line.path("version").asInt(),
                line.path("program").asText());
    }

    /** As requests have it. */
    private static ObjectNode text(Source source) {
        String file = source.file();
        ObjectNode text = Json.object()
                .put("file", file.length() <= LONGEST_NAME ? file : file.substring(file.length() - LONGEST_NAME))
                .put("text", source.text());
        text.set("companions", Json.node(source.companions()));
        return text;
    }

    // --- evaluations

    public ServerEvals evals() {
        return new ServerEvals(wire);
    }

    // --- runs begin

    /** Starts a run and returns its id. */
    public String start(Deployed deployed, RunRequest request) {
        ObjectNode start = Json.object()
                .put("workflow", deployed.workflow())
                .put("version", deployed.version())
                .put("seed", request.seed());
        start.set("inputs", request.inputs());
        start.set("params", Json.node(request.params()));
        start.set("models", Json.node(request.models()));
        start.set("slots", Json.node(request.slots()));
        start.set("labels", Json.node(request.labels()));
        request.person().ifPresent(person -> start.put("person", person.text()));
        // Asked again after a cut, it is the same run.
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return id(wire.post("/runs", start, key));
    }

    /** Lets a run happen again from its recording, under the rules of another file if there is one. @return the replay's id */
    public String replay(String run, Optional<Source> other) {
        String path = Answers.path("runs", run) + "/replay";
        return id(wire.postOnce(
                path,
                other.map(source -> Json.object().<ObjectNode>set("source", text(source)))
                        .orElse(null)));
    }

    private static String id(JsonNode line) {
        return Answers.run(line).id();
    }

    // --- runs are found

    @Override
    public Run run(String run) {
        return Answers.run(whole(run).path("run"));
    }

    private JsonNode whole(String run) {
        return wire.get(Answers.path("runs", run));
    }

    @Override
    public Optional<Run> newest(String label, String value) {
        String query = "?limit=1&label=" + Answers.encoded(label + ":" + value);
        return pages("/runs" + query, 1, Answers::run).stream().findFirst();
    }

    /** The latest runs, newest first. */
    public List<ListedRun> latest(int limit) {
        return pages("/runs?limit=" + Math.clamp(limit, 1, MOST_OF_A_LIST), limit, Answers::listed);
    }

    /** What runs ask people, and still take answers for, oldest first. */
    public List<AskedTask> tasks() {
        return tasks("");
    }

    private List<AskedTask> tasks(String more) {
        return pages(
                "/tasks?limit=" + MOST_OF_A_LIST + more,
                Integer.MAX_VALUE,
                json -> new AskedTask(json.path("workflow").asText(), Answers.question(json)));
    }

    /** @param path with a query */
    private <T> List<T> pages(String path, int most, Function<JsonNode, T> reading) {
        List<T> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        while (found.size() < most) {
            JsonNode page = wire.get(path
                    + next.map(cursor -> "&after=" + Answers.encoded(cursor)).orElse(""));
            for (JsonNode item : page.path("items")) {
                if (found.size() < most) {
                    found.add(reading.apply(item));
                }
            }
            next = Optional.ofNullable(page.path("next").textValue());
            if (next.isEmpty()) {
                break;
            }
        }
        return found;
    }

    // --- runs are watched

    @Override
    public List<RunEvent> events(String run) {
        List<RunEvent> events = new ArrayList<>();
        while (true) {
            long after = events.isEmpty() ? 0 : events.getLast().seq();
            JsonNode page = wire.get(Answers.path("runs", run) + "/events?limit=" + MOST_EVENTS + "&after=" + after);
            page.path("items").forEach(item -> events.add(Answers.event(run, item)));
            if (page.path("items").size() < MOST_EVENTS) {
                return events;
            }
        }
    }

    @Override
    public Optional<RunResult> result(String run) {
        return History.result(events(run));
    }

    private Feed feed(String run) {
        return feeds.computeIfAbsent(run, id -> {
            Feed feed = new Feed(wire, id);
            feed.start();
            return feed;
        });
    }

    @Override
    public Runnable watch(String run, Consumer<RunEvent> listener) {
        return feed(run).watch(listener);
    }

    @Override
    public CompletableFuture<RunResult> ending(String run) {
        return feed(run).ending();
    }

    @Override
    public Runnable listen(String run, Consumer<LiveText> listener) {
        EventStream stream = new EventStream(
                wire,
                Answers.path("runs", run) + "/events/stream?live=true",
                EventKind.RUN_FINISHED.name()::equals,
                (name, data) -> {
                    if (name.equals("text")) {
                        listener.accept(Answers.read(data, text -> Json.MAPPER.convertValue(text, LiveText.class)));
                    }
                });
        Thread.ofVirtual().name("hone-live").start(stream::read);
        return stream::close;
    }

    // --- runs are steered

    @Override
    public void cancel(String run) {
        JsonNode unused = wire.post(Answers.path("runs", run) + "/cancel", null, Map.of());
    }

    @Override
    public void resume(String run) {
        JsonNode unused = wire.post(Answers.path("runs", run) + "/resume", null, Map.of());
    }

    // --- people

    @Override
    public List<Question> questions(String run) {
        return tasks("&run=" + Answers.encoded(run)).stream()
                .map(AskedTask::question)
                .toList();
    }

    @Override
    public boolean isScripted(Question question) {
        return people.computeIfAbsent(
                        question.run(),
                        id -> Answers.person(whole(id).path("setup")).map(PersonFile::person))
                .flatMap(person -> person.answer(question.step()))
                .isPresent();
    }

    @Override
    public synchronized boolean waits(String run) {
        long now = System.nanoTime();
        if (lastGlance == 0 || now - lastGlance > GLANCE.toNanos()) {
            lastGlance = now;
            String state = whole(run).at("/run/state").asText();
            waited = state.equals(RunPhase.WAITING.name())
                    && questions(run).stream()
                            .anyMatch(question ->
                                    !question.late() && question.patience().isEmpty() && !isScripted(question));
        }
        return waited;
    }

    @Override
    public void answer(Question question, ObjectNode answer) {
        String iteration = question.iteration().isEmpty() ? "" : "?iteration=" + Answers.encoded(question.iteration());
        JsonNode unused =
                wire.postOnce(Answers.path("tasks", question.run(), question.step()) + "/answer" + iteration, answer);
    }

    @Override
    public void close() {
        feeds.values().forEach(Feed::close);
        wire.close();
    }
}
