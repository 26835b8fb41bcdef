package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.RunEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run's events add up to: a fold, rebuilt from the ledger after a restart. Not thread-safe; guarded by its run. */
final class RunState {

    /** A value that a step gave to a name. */
    record Output(String element, Iteration iteration, JsonNode value, long seq) {}

    /**
     * An artifact of a pool.
     *
     * @param score null when the pool has no score
     */
    record Artifact(
            String id,
            JsonNode value,
            @Nullable Double score,
            Optional<String> parent,
            String element,
            Iteration iteration) {

        /** The same, made where it stands first in the flow: which of two parallel branches was faster must not matter. */
        Artifact first(At other) {
            int order = iteration.compareTo(other.iteration());
            return order < 0 || order == 0 && element.compareTo(other.element()) <= 0
                    ? this
                    : new Artifact(id, value, score, parent, other.element(), other.iteration());
        }

        /** Best first; among equals the one that stands first in the flow, however fast it came. */
        static Comparator<Artifact> bestFirst() {
            return Comparator.comparing((Artifact a) -> a.score() == null ? Double.NEGATIVE_INFINITY : a.score())
                    .reversed()
                    .thenComparing(Artifact::iteration)
                    .thenComparing(Artifact::element);
        }
    }

    /** A mark that a rule left: the step is not performed in the iterations that agree with this one. */
    private record Skip(String step, Iteration iteration, String rule) {}

    private record At(String element, Iteration iteration) {}

    private final Map<String, List<Output>> outputs = new HashMap<>();
    private final Map<String, List<Artifact>> pools = new HashMap<>();
    private final Map<At, JsonNode> items = new HashMap<>();
    private final Map<At, JsonNode> rounds = new HashMap<>();
    private final Map<At, Integer> failures = new HashMap<>();
    private final Map<At, JsonNode> decisions = new HashMap<>();
    private final Map<At, JsonNode> outcomes = new HashMap<>();
    private final Set<At> pooled = new HashSet<>();
    private final List<Skip> skips = new ArrayList<>();
    private final List<JsonNode> measured = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private Optional<JsonNode> accepted = Optional.empty();
    private Optional<JsonNode> stopping = Optional.empty();
    private Optional<JsonNode> lastMove = Optional.empty();
    private Optional<JsonNode> finished = Optional.empty();
    private int endings;
    private long seq;

    long seq() {
        return seq;
    }

    void apply(RunEvent event) {
        seq = Math.max(seq, event.seq());
        JsonNode body = Json.read(event.body());
        Iteration iteration = Iteration.parse(event.iteration());
        At at = new At(event.element(), iteration);
        switch (event.kind()) {
            case OUTPUT -> {
                outcomes.put(at, body);
                if (body.has("name")) {
                    outputs.computeIfAbsent(body.path("name").asText(), n -> new ArrayList<>())
                            .add(new Output(event.element(), iteration, body.path("value"), event.seq()));
                }
            }
            case POOLED -> pool(body, at);
            case MAPPED -> items.put(at, body.path("items"));
            case ROUND -> {
                rounds.put(at, body);
                if (body.path("go").asText().equals("leave")) {
                    lastMove = Optional.of(body);
                }
            }
            case DECIDED -> decide(body, at);
            case SKIPPED -> outcomes.put(at, body);
            case PROBLEM -> failures.merge(at, 1, Integer::sum);
            case STOPPING -> stopping = Optional.of(body);
            case MEASURED -> measured.add(body);
            case RUN_FINISHED -> {
                finished = Optional.of(body);
                endings++;
            }
            case RUN_RESUMED -> {
                finished = Optional.empty();
                stopping = Optional.empty();
                measured.clear();
            }
            case RUN_STARTED, CALLED -> {}
        }
    }

    private void pool(JsonNode body, At at) {
        pooled.add(at);
        List<Artifact> pool = pools.computeIfAbsent(body.path("pool").asText(), p -> new ArrayList<>());
        if (body.path("duplicate").asBoolean()) {
            pool.replaceAll(known -> known.value().equals(body.path("value")) ? known.first(at) : known);
            return;
        }
        pool.add(new Artifact(
                body.path("id").asText(),
                body.path("value"),
                body.path("score").isNumber() ? body.path("score").doubleValue() : null,
                body.hasNonNull("parent") ? Optional.of(body.path("parent").asText()) : Optional.empty(),
                at.element(),
                at.iteration()));
    }

    private void decide(JsonNode body, At at) {
        decisions.put(at, body);
        body.path("skip")
                .forEach(skip -> skips.add(new Skip(
                        skip.path("step").asText(),
                        at.iteration(),
                        skip.path("rule").asText())));
        body.path("flags").forEach(flag -> flags.add(flag.asText()));
        if (body.hasNonNull("accepted")) {
            accepted = Optional.of(body.path("accepted"));
        }
        if (body.hasNonNull("move")) {
            lastMove = Optional.of(body);
        }
    }

    // --- what the workers ask

    List<Output> outputs(String name) {
        return outputs.getOrDefault(name, List.of());
    }

    List<Artifact> pool(String name) {
        return pools.getOrDefault(name, List.of());
    }

    Optional<JsonNode> items(String map, Iteration iteration) {
        return Optional.ofNullable(items.get(new At(map, iteration)));
    }

    Optional<JsonNode> round(String element, Iteration iteration) {
        return Optional.ofNullable(rounds.get(new At(element, iteration)));
    }

    /** Whether the step has been performed or skipped here. */
    boolean done(String element, Iteration iteration) {
        return outcomes.containsKey(new At(element, iteration));
    }

    /** What the step wrote here when it was performed or skipped; its {@code value} is missing in the second case. */
    Optional<JsonNode> outcome(String element, Iteration iteration) {
        return Optional.ofNullable(outcomes.get(new At(element, iteration)));
    }

    boolean pooled(String element, Iteration iteration) {
        return pooled.contains(new At(element, iteration));
    }

    Optional<JsonNode> decision(String element, Iteration iteration) {
        return Optional.ofNullable(decisions.get(new At(element, iteration)));
    }

    int failures(String element, Iteration iteration) {
        return failures.getOrDefault(new At(element, iteration), 0);
    }

    /** The rule that skips {@code step} in {@code iteration}: a mark holds where all shared maps and rounds agree. */
    Optional<String> skippedBy(String step, Iteration iteration) {
        return skips.stream()
                .filter(skip -> skip.step().equals(step))
                .filter(skip -> {
                    int shared = skip.iteration().shared(iteration);
                    return skip.iteration().upTo(shared).equals(iteration.upTo(shared));
                })
                .map(Skip::rule)
                .findFirst();
    }

    Optional<JsonNode> accepted() {
        return accepted;
    }

    Optional<JsonNode> stopping() {
        return stopping;
    }

    Optional<JsonNode> lastMove() {
        return lastMove;
    }

    Optional<JsonNode> finished() {
        return finished;
    }

    /** How often the run has ended; more than once when it was resumed after a problem. */
    int endings() {
        return endings;
    }

    List<JsonNode> measured() {
        return measured;
    }

    List<String> flags() {
        return flags;
    }
}
