package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Program;
import dev.hone.engine.policy.Asked;
import dev.hone.engine.policy.BadOutcome;
import dev.hone.engine.policy.BadSetting;
import dev.hone.engine.policy.Choice;
import dev.hone.engine.policy.NothingToChoose;
import dev.hone.engine.policy.Option;
import dev.hone.engine.policy.Outcome;
import dev.hone.engine.policy.Play;
import dev.hone.engine.policy.Policies;
import dev.hone.engine.policy.Policy;
import dev.hone.engine.policy.Settings;
import dev.hone.engine.policy.Situation;
import dev.hone.engine.policy.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The policies of a run: what they were asked and told so far, and what they can choose from now. */
final class Plays {

    /** What describes an artifact to a policy. */
    interface Features {
        List<Double> of(Workflow.PolicyUse policy, JsonNode artifact);
    }

    private record Place(String policy, String artifact) {}

    private final Program program;
    private final long seed;
    private final Map<String, Settings> settings = new LinkedHashMap<>();
    private final Map<String, Play<?>> plays = new LinkedHashMap<>();
    private final Features features;
    private final Map<Place, List<Double>> known = new HashMap<>();

    /** @param given the settings of each policy, as the parameters determine them */
    Plays(Program program, long seed, Map<String, Map<String, Double>> given, Features features) {
        this.program = program;
        this.seed = seed;
        this.features = features;
        program.workflow().policies().forEach((name, use) -> {
            Policy<?> policy = Policies.find(use.kind().name()).orElseThrow();
            try {
                settings.put(name, Settings.of(policy.settings(), given.getOrDefault(name, Map.of())));
            } catch (BadSetting e) {
                throw new IllegalStateException("checked before the start: " + e.getMessage(), e);
            }
            plays.put(name, start(policy, name));
        });
    }

    private <S extends Record> Play<S> start(Policy<S> policy, String name) {
        return Play.start(policy, settingsOf(name), arms(name));
    }

    private Settings settingsOf(String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }

    private List<String> arms(String name) {
        return program.policy(name).arms().stream().map(Workflow.Name::name).toList();
    }

    private Play<?> play(String name) {
        return Objects.requireNonNull(plays.get(name), name);
    }

    /** What the policy can choose from now: the artifacts of its pool, else its arms. */
    Situation situation(String name, RunState state) {
        return situation(name, state, Map.of());
    }

    private Situation situation(String name, RunState state, Map<String, Double> numbers) {
        Workflow.PolicyUse use = program.policy(name);
        List<Option> options = new ArrayList<>();
        if (use.over().isPresent()) {
            for (Artifact artifact : state.pool(use.over().get().name()).present()) {
                options.add(new Option(
                        artifact.id(),
                        artifact.parent(),
                        known.computeIfAbsent(
                                new Place(name, artifact.id()), place -> features.of(use, artifact.value())),
                        artifact.measures()));
            }
        } else {
            arms(name).forEach(arm -> options.add(new Option(arm, Optional.empty(), List.of(), List.of())));
        }
        return new Situation(options, numbers);
    }

    /** The next trial. Nothing changes by asking: its event does. */
    Trial ask(String name, RunState state, Map<String, Double> numbers) throws NothingToChoose {
        Asked<?> asked = play(name).ask(situation(name, state, numbers), seed ^ name.hashCode());
        return asked.trial();
    }

    /** @throws BadOutcome when the policy cannot learn from it */
    void check(String name, long trial, Outcome outcome, RunState state) throws BadOutcome {
        var unused = play(name).tell(trial, outcome, situation(name, state));
    }

    /** Whether nothing was told of a trial yet. */
    boolean isOpen(String name, long trial) {
        return play(name).open().containsKey(trial);
    }

    // --- the fold

    void asked(JsonNode body, RunState state) {
        String name = body.path("policy").asText();
        List<String> picks = new ArrayList<>();
        body.path("picks").forEach(pick -> picks.add(pick.asText()));
        Map<String, Double> numbers = new LinkedHashMap<>();
        body.path("numbers")
                .properties()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().doubleValue()));
        Choice choice = new Choice(
                List.copyOf(picks), Optional.ofNullable(body.path("arm").textValue()), numbers);
        List<Option> picked = situation(name, state).options().stream()
                .filter(option -> picks.contains(option.id()))
                .toList();
        plays.put(name, play(name).asked(new Trial(body.path("trial").asLong(), choice, picked)));
    }

    void told(JsonNode body, RunState state) {
        String name = body.path("policy").asText();
        try {
            plays.put(name, play(name).tell(body.path("trial").asLong(), outcome(body), situation(name, state)));
        } catch (BadOutcome e) {
            throw new IllegalStateException("checked before it was written: " + body, e);
        }
    }

    void restart(String name) {
        plays.put(name, play(name).forgotten(settingsOf(name), arms(name)));
    }

    /** @param body {@code {score | scores | prefer, made?}}; a trial without any came to nothing */
    static Outcome outcome(JsonNode body) {
        Optional<String> made = Optional.ofNullable(body.path("made").textValue());
        if (body.has("score")) {
            return new Outcome.Scored(body.path("score").doubleValue(), made);
        }
        if (body.has("scores")) {
            List<Double> scores = new ArrayList<>();
            body.path("scores").forEach(score -> scores.add(score.doubleValue()));
            return new Outcome.ScoredMany(List.copyOf(scores), made);
        }
        return body.has("prefer") ? new Outcome.Preferred(body.path("prefer").asInt()) : new Outcome.Failed();
    }

    /** {@code {asks, tells, open, recommended, recommendationStableFor}}, for rules and expressions. */
    ObjectNode standing(String name, RunState state) {
        Play<?> play = play(name);
        ObjectNode standing = Json.object();
        standing.put("asks", play.asks())
                .put("tells", play.tells())
                .put("open", play.open().size());
        standing.set("recommended", recommended(name, state));
        return standing.put("recommendationStableFor", play.stableFor());
    }

    /** The recommended artifact's value, or the arm; null before anything is known. */
    private JsonNode recommended(String name, RunState state) {
        Optional<String> id = play(name).recommend(situation(name, state));
        if (id.isEmpty()) {
            return Json.node(null);
        }
        return program.policy(name)
                .over()
                .flatMap(pool -> state.pool(pool.name()).find(Json.node(id.get())))
                .map(Artifact::value)
                .orElseGet(() -> Json.node(id.get()));
    }
}
