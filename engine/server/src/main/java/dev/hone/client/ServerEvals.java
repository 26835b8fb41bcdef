package dev.hone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.work.Json;
import dev.hone.eval.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The evaluations of a server. */
public final class ServerEvals {

    /** The states that nothing comes behind. */
    private static final Set<String> ENDED = Set.of("DONE", "FAILED", "CANCELLED");

    private final Wire wire;

    ServerEvals(Wire wire) {
        this.wire = wire;
    }

    /**
     * What is to be evaluated.
     *
     * @param plan its text
     * @param files texts that the plan names, by their paths
     * @param arms only these, and the workflow; all if there are none
     */
    public record Wanted(
            ServerRuns.Deployed workflow,
            List<ObjectNode> tasks,
            String plan,
            Map<String, String> files,
            List<String> arms,
            int seeds,
            int parallel,
            RunRequest request) {

        /** The same for the same evaluation. */
        public ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("workflow", workflow.workflow())
                    .put("version", workflow.version())
                    .put("plan", plan)
                    .put("seeds", seeds)
                    .put("parallel", parallel)
                    .put("seed", request.seed());
            json.putArray("tasks").addAll(tasks);
            json.set("files", Json.node(files));
            if (!arms.isEmpty()) {
                arms.forEach(json.withArray("arms")::add);
            }
            json.set("params", Json.node(request.params()));
            json.set("models", Json.node(request.models()));
            json.set("slots", Json.node(request.slots()));
            request.person().ifPresent(person -> json.put("person", person.text()));
            return json;
        }
    }

    /** An evaluation. @param done how many runs have ended */
    public record Begun(String id, String state, int done) {

        /** Whether it has been begun before. */
        public boolean before() {
            return done > 0 || ENDED.contains(state);
        }
    }

    /** Starts an evaluation, or finds the one that was started with this key, and lets it go on if it was cancelled or failed. */
    public Begun start(Wanted wanted, String key) {
        JsonNode view = wire.post("/evals", wanted.json(), Map.of("Idempotency-Key", key));
        Begun begun = new Begun(
                view.path("id").asText(),
                view.path("state").asText(),
                view.path("progress").path("done").asInt());
        if (begun.state().equals("CANCELLED") || begun.state().equals("FAILED")) {
            JsonNode unused = wire.postOnce(path(begun.id()) + "/resume", null);
        }
        return begun;
    }

    private static String path(String id) {
        return Answers.path("evals", id);
    }

    /**
     * Waits for the end of an evaluation.
     *
     * @param progress is told how far it is
     * @return what was measured, the text of a {@code measured.json}; empty when it was cancelled
     * @throws EngineException with what it failed of
     */
    public Optional<String> await(String id, Consumer<Tally.Standing> progress) {
        List<JsonNode> views = new ArrayList<>();
        new EventStream(wire, path(id) + "/progress", ENDED::contains, (state, view) -> {
                    views.add(view);
                    if (view.path("progress").isObject()) {
                        progress.accept(standing(view.path("progress")));
                    }
                })
                .read();
        JsonNode last = views.isEmpty() ? Json.object() : views.getLast();
        return switch (last.path("state").asText()) {
            case "DONE" -> Optional.of(wire.text(path(id) + "/measured.json"));
            case "CANCELLED" -> Optional.empty();
            default -> {
                List<Problem> problems = Refusals.problems(Optional.of(last.path("problems")));
                throw new EngineException(problems);
            }
        };
    }

    private static Tally.Standing standing(JsonNode json) {
        List<Tally.Mean> means = new ArrayList<>();
        json.path("means")
                .forEach(mean -> means.add(new Tally.Mean(
                        mean.path("arm").asText(),
                        mean.path("mean").asDouble(),
                        mean.path("runs").asInt())));
        JsonNode left = json.path("secondsLeft");
        return new Tally.Standing(
                json.path("done").asInt(),
                json.path("all").asInt(),
                json.path("primary").asText(),
                means,
                left.isNumber() ? OptionalLong.of(left.asLong()) : OptionalLong.empty());
    }

    /** Ends an evaluation, and its runs with it. What was made is kept. */
    public void cancel(String id) {
        JsonNode unused = wire.post(path(id) + "/cancel", null, Map.of());
    }
}
