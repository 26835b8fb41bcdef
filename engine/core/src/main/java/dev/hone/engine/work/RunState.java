package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Program;
import dev.hone.engine.compile.Scope;
import dev.hone.engine.ledger.RunEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** What a run's events add up to: a fold, rebuilt from the ledger after a restart. Not thread-safe; guarded by its run. */
final class RunState {

    /** A value that a step gave to a name. */
    record Output(String element, Iteration iteration, JsonNode value, long seq) {}

    /** A mark that a rule left: the step is not performed in the iterations that agree with this one. */
    private record Skip(String step, Iteration iteration, String rule) {

        /** Where all shared maps and rounds agree. */
        boolean holds(Iteration here) {
            int shared = iteration.shared(here);
            return iteration.upTo(shared).equals(here.upTo(shared));
        }
    }

    private record At(String element, Iteration iteration) {}

    /**
     * A loop began anew.
     *
     * @param at the round in which a rule said so
     * @param keep what survives
     */
    private record Restart(String loop, Iteration at, Set<String> keep) {

        /** Whether something of a place before it is no longer seen. */
        boolean hides(Iteration place) {
            int depth = depth();
            return place.indices().size() > depth
                    && place.upTo(depth).equals(at.upTo(depth))
                    && place.indices().get(depth).scope().equals(loop)
                    && place.indices().get(depth).at()
                            <= at.indices().get(depth).at();
        }

        private int depth() {
            int depth = 0;
            while (!at.indices().get(depth).scope().equals(loop)) {
                depth++;
            }
            return depth;
        }
    }

    private final Program program;
    private final Map<String, PoolState> pools = new LinkedHashMap<>();
    private final Map<String, SlotState> slots = new LinkedHashMap<>();
    private final Map<String, MemoryState> memories = new LinkedHashMap<>();
    private final Plays plays;

    private final Map<String, List<Output>> outputs = new HashMap<>();
    private final Map<At, JsonNode> items = new HashMap<>();
    private final Map<At, JsonNode> rounds = new HashMap<>();
    private final Map<At, Integer> failures = new HashMap<>();
    private final Map<At, List<JsonNode>> misfits = new HashMap<>();
    private final Map<At, Integer> tries = new HashMap<>();
    private final Map<At, Integer> fallbacks = new HashMap<>();
    private final Map<At, JsonNode> decisions = new HashMap<>();
    private final Map<At, JsonNode> outcomes = new HashMap<>();
    private final Set<At> pooled = new HashSet<>();
    private final List<Skip> skips = new ArrayList<>();
    private final List<Skip> escalations = new ArrayList<>();
    private final List<Restart> restarts = new ArrayList<>();
    private final Set<At> quarantined = new HashSet<>();
    private final Set<At> skipped = new HashSet<>();
    private final Set<At> pauses = new HashSet<>();
    private final Set<At> released = new HashSet<>();
    private final Map<At, JsonNode> questions = new LinkedHashMap<>();
    private final Map<At, JsonNode> answers = new HashMap<>();
    private final Set<At> trainings = new HashSet<>();
    private final List<JsonNode> measured = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final List<JsonNode> accepted = new ArrayList<>();
    private Optional<JsonNode> stopping = Optional.empty();
    private Optional<JsonNode> lastMove = Optional.empty();
    private Optional<JsonNode> finished = Optional.empty();
    private Optional<RunEvent> last = Optional.empty();
    private final Map<Workflow.Resource, BigDecimal> raised = new EnumMap<>(Workflow.Resource.class);
    private final Clock clock = new Clock();
    private boolean paused;
    private int raises;
    private int resumes;
    private boolean started;
    private long seq;

    /** @param whole the value of a whole number that parameters determine: a capacity, a policy's setting */
    RunState(Program program, Plays plays, ToIntFunction<Expression> whole) {
        this.program = program;
        this.plays = plays;
        program.workflow()
                .pools()
                .forEach((name, pool) -> pools.put(
                        name,
                        new PoolState(
                                pool, pool.capacity().map(whole::applyAsInt).orElse(0))));
        program.workflow().slots().keySet().forEach(name -> slots.put(name, new SlotState()));
        program.workflow()
                .memories()
                .forEach((name, memory) -> memories.put(
                        name,
                        new MemoryState(memory.capacity().map(whole::applyAsInt).orElse(0))));
    }

    long seq() {
        return seq;
    }

    /** Whether it is written that the broker has an instance of it, since it was made or resumed. */
    boolean started() {
        return started;
    }

    /** The last event that brought the run further. */
    Optional<RunEvent> last() {
        return last;
    }

    void apply(RunEvent event) {
        seq = Math.max(seq, event.seq());
        clock.hear(event);
        switch (event.kind()) {
            case PROBLEM,
                    RUN_STARTED,
                    RUN_RESUMED,
                    RUN_PAUSED,
                    BUDGET_RAISED -> {} // of a try or a start, not of what the run came to
            default -> last = Optional.of(event);
        }
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
                effects(body, at);
            }
            case TOLD -> effects(body, at);
            case QUESTION -> questions.put(at, body);
            case ANSWERED -> answers.put(at, body);
            case TRAINING -> trainings.add(at);
            case POOLED -> pool(body, at);
            case MAPPED -> items.put(at, body.path("items"));
            case ROUND -> {
                rounds.put(at, body);
                if (body.path("go").asText().equals("leave")) {
                    lastMove = Optional.of(body);
                }
            }
            case DECIDED -> decide(body, at);
            case SKIPPED -> {
                outcomes.put(at, body);
                skipped.add(at);
            }
            case PROBLEM -> {
                failures.merge(at, 1, Integer::sum);
                if (body.has("usage")) {
                    misfits.computeIfAbsent(at, first -> new ArrayList<>()).add(body);
                } else if (body.has("next")) {
                    fallbacks.merge(at, 1, Integer::sum);
                    tries.remove(at);
                } else {
                    tries.merge(at, 1, Integer::sum);
                }
            }
            case STOPPING -> stopping = Optional.of(body);
            case MEASURED -> measured.add(body);
            case RUN_FINISHED -> {
                finished = Optional.of(body);
                paused = false;
            }
            case RUN_RESUMED -> {
                started = false;
                finished = Optional.empty();
                stopping = Optional.empty();
                paused = false;
                resumes++;
                measured.clear();
                if (Cassette.releases(body)) {
                    released.addAll(pauses);
                }
                tries.clear();
                fallbacks.clear();
            }
            case RUN_PAUSED -> paused = finished.isEmpty();
            case BUDGET_RAISED -> {
                raises++;
                body.path("more")
                        .properties()
                        .forEach(more -> raised.merge(
                                Workflow.Resource.valueOf(more.getKey().toUpperCase(Locale.ROOT)),
                                more.getValue().decimalValue(),
                                BigDecimal::add));
            }
            case RUN_STARTED -> started = true;
            case CALLED -> {}
        }
    }

    private void pool(JsonNode body, At at) {
        pooled.add(at);
        PoolState pool = poolState(body.path("pool").asText());
        if (body.path("duplicate").asBoolean()) {
            pool.addAgain(body.path("value"), at.element(), at.iteration());
            return;
        }
        List<Double> scores = new ArrayList<>();
        body.path("scores").forEach(score -> scores.add(score.doubleValue()));
        pool.add(new Artifact(
                body.path("id").asText(),
                body.path("value"),
                body.path("score").isNumber() ? body.path("score").doubleValue() : null,
                List.copyOf(scores),
                body.path("cell").textValue(),
                Optional.ofNullable(body.path("parent").textValue()),
                at.element(),
                at.iteration()));
    }

    /** What a step changed besides giving a value. */
    private void effects(JsonNode body, At at) {
        if (body.has("asked")) {
            plays.asked(body.path("asked"), this);
        }
        if (body.has("told")) {

            plays.told(body.path("told"), this);
        }
        if (body.has("slot")) {
            slotState(body.path("slot").path("name").asText()).apply(body.path("slot"));
        }
        body.path("taken")
                .forEach(taken -> poolState(body.path("from").asText()).take(taken.asText()));
        body.path("remembered")
                .forEach(item -> memoryState(body.path("memory").asText())
                        .add(new MemoryState.Item(
                                item.path("value"),
                                Optional.ofNullable(item.path("key").textValue()),
                                at.element(),
                                at.iteration())));
    }

    private void decide(JsonNode body, At at) {
        decisions.put(at, body);
        body.path("skip")
                .forEach(skip -> skips.add(new Skip(
                        skip.path("step").asText(),
                        at.iteration(),
                        skip.path("rule").asText())));
        body.path("flags").forEach(flag -> flags.add(flag.asText()));
        body.path("slots")
                .forEach(change -> slotState(change.path("name").asText()).apply(change));
        body.path("pruned")
                .forEach(branch -> poolState(branch.path("pool").asText())
                        .prune(branch.path("root").asText()));
        if (body.path("quarantine").asBoolean()) {
            quarantined.add(at);
            pools.values().forEach(pool -> pool.quarantine(at.element(), at.iteration()));
        }
        if (body.has("restart")) {
            restart(body, at);
        }
        if (body.has("escalate")) {
            escalations.add(new Skip(
                    body.path("escalate").asText(),
                    at.iteration(),
                    body.path("rule").asText()));
        }
        if (body.has("pause")) {
            pauses.add(at);
        }
        if (body.hasNonNull("accepted")) {
            accepted.add(body.path("accepted"));
        }
        // Asking a person sends the flow somewhere, and ends nothing.
        if (body.hasNonNull("move") && !body.has("escalate")) {
            lastMove = Optional.of(body);
        }
    }

    private void restart(JsonNode body, At at) {
        Set<String> keep = new HashSet<>();
        body.path("keep").forEach(name -> keep.add(name.asText()));
        Restart restart = new Restart(body.path("restart").asText(), at.iteration(), keep);
        restarts.add(restart);
        pools.forEach((name, pool) -> {
            if (!keep.contains(name)) {
                pool.forget(artifact -> restart.hides(artifact.iteration()));
            }
        });
        memories.forEach((name, memory) -> {
            boolean trial = program.workflow().memories().containsKey(name)
                    && program.memory(new Workflow.Name(name, program.workflow().where()))
                                    .scope()
                            == Workflow.MemoryScope.TRIAL;
            if (trial && !keep.contains(name)) {
                memory.forget(item -> restart.hides(item.iteration()));
            }
        });
        program.workflow().steps().forEach(step -> {
            if (step instanceof Step.Choose choose
                    && !keep.contains(choose.policy().name())) {
                List<Scope> around = program.scopesOf(step.id());
                if (around.stream().anyMatch(scope -> scope.id().equals(restart.loop()))) {
                    plays.restart(choose.policy().name());
                }
            }
        });
    }

    private PoolState poolState(String name) {
        return Objects.requireNonNull(pools.get(name), name);
    }

    private SlotState slotState(String name) {
        return Objects.requireNonNull(slots.get(name), name);
    }

    private MemoryState memoryState(String name) {
        return Objects.requireNonNull(memories.get(name), name);
    }

    // --- what the workers ask

    /** The values given to a name that no restart has hidden. */
    List<Output> outputs(String name) {
        List<Output> all = outputs.getOrDefault(name, List.of());
        return restarts.isEmpty()
                ? all
                : all.stream()
                        .filter(output -> restarts.stream()
                                .noneMatch(
                                        restart -> !restart.keep().contains(name) && restart.hides(output.iteration())))
                        .toList();
    }

    PoolState pool(String name) {
        return poolState(name);
    }

    Map<String, PoolState> pools() {
        return pools;
    }

    SlotState slot(String name) {
        return slotState(name);
    }

    Map<String, SlotState> slots() {
        return slots;
    }

    Map<String, MemoryState> memories() {
        return memories;
    }

    Plays plays() {
        return plays;
    }

    /** Whether what an element gave here is not to be learned from. */
    boolean quarantined(String element, Iteration iteration) {
        return quarantined.contains(new At(element, iteration));
    }

    /** Whether a value of the name, as it is seen from here, is not to be learned from. */
    boolean quarantined(String name) {
        return outputs(name).stream()
                .max(Comparator.comparingLong(Output::seq))
                .filter(output -> quarantined(output.element(), output.iteration()))
                .isPresent();
    }

    /** Whether a person has let the run go on after the pause that was decided here. */
    boolean released(String element, Iteration iteration) {
        return released.contains(new At(element, iteration));
    }

    int restarts(String loop, Iteration outside) {
        return (int) restarts.stream()
                .filter(restart -> restart.loop().equals(loop)
                        && restart.at().upTo(outside.indices().size()).equals(outside))
                .count();
    }

    boolean escalated(String step, Iteration iteration) {
        return escalations.stream().anyMatch(mark -> mark.step().equals(step) && mark.holds(iteration));
    }

    Optional<JsonNode> question(String element, Iteration iteration) {
        return Optional.ofNullable(questions.get(new At(element, iteration)));
    }

    Optional<JsonNode> answer(String element, Iteration iteration) {
        return Optional.ofNullable(answers.get(new At(element, iteration)));
    }

    int questions() {
        return questions.size();
    }

    boolean training(String element, Iteration iteration) {
        return trainings.contains(new At(element, iteration));
    }

    int trainings() {
        return trainings.size();
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

    /** Whether a mark made the step pass by here. */
    boolean skipped(String element, Iteration iteration) {
        return skipped.contains(new At(element, iteration));
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

    /** The replies to a call that were not what it asks for: {@code {what, text}}. */
    List<JsonNode> misfits(String element, Iteration iteration) {
        return misfits.getOrDefault(new At(element, iteration), List.of());
    }

    /** How often the model in turn has failed there, since the run was started or resumed. */
    int tries(Site site) {
        return tries.getOrDefault(new At(site.element(), site.iteration()), 0);
    }

    /** How many models have given up there, since the run was started or resumed. */
    int fallbacks(Site site) {
        return fallbacks.getOrDefault(new At(site.element(), site.iteration()), 0);
    }

    /** The rule that skips {@code step} in {@code iteration}: a mark holds where all shared maps and rounds agree. */
    Optional<String> skippedBy(String step, Iteration iteration) {
        return skips.stream()
                .filter(skip -> skip.step().equals(step))
                .filter(skip -> skip.holds(iteration))
                .map(Skip::rule)
                .findFirst();
    }

    /** What a rule accepted last. */
    Optional<JsonNode> accepted() {
        return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.getLast());
    }

    /** The artifact of the pool that a rule accepted last. */
    Optional<Artifact> accepted(String pool) {
        for (JsonNode value : accepted.reversed()) {
            Optional<Artifact> artifact = poolState(pool).results().stream()
                    .filter(one -> one.value().equals(value))
                    .findFirst();
            if (artifact.isPresent()) {
                return artifact;
            }
        }
        return Optional.empty();
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

    /** 1, and one more for each time that the run was resumed. */
    int generation() {
        return resumes + 1;
    }

    /** Whether an operator has paused it. */
    boolean paused() {
        return paused;
    }

    /** What operators have added to the budget of the run, in the units of the file. */
    BigDecimal raised(Workflow.Resource resource) {
        return raised.getOrDefault(resource, BigDecimal.ZERO);
    }

    /** How often they have. */
    int raises() {
        return raises;
    }

    Clock clock() {
        return clock;
    }

    List<JsonNode> measured() {
        return measured;
    }

    List<String> flags() {
        return flags;
    }
}
