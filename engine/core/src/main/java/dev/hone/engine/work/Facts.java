package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Rule;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Scope;
import dev.hone.engine.rules.Context;
import dev.hone.engine.rules.Fact;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rules are told: facts as they stand at a place in a run. */
final class Facts {

    /** How many earlier values a condition can look at. */
    private static final int HISTORY = 100;

    private Facts() {}

    /** Empty for a kind of signal that rules do not look at. */
    static Optional<Fact> signal(Site site, Step.SignalKind kind, String name, JsonNode value) throws StepProblem {
        Optional<Rule.FactKind> fact = Fact.kindOf(kind);
        if (fact.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> others = new HashMap<>();
        for (String other : site.run().signals(kind)) {
            if (!other.equals(name)) {
                site.run().find(other, site.iteration()).ifPresent(known -> others.put(other, Json.plain(known)));
            }
        }
        return Optional.of(
                Fact.signal(fact.get(), name, Json.plain(value), others, history(site, name), context(site)));
    }

    /** The values that the same step, or another under the same name, gave before, as far as they are seen from here. */
    private static List<@Nullable Object> history(Site site, String name) {
        List<RunState.Output> outputs = site.run().read(state -> List.copyOf(state.outputs(name)));
        List<@Nullable Object> history = new ArrayList<>();
        for (RunState.Output output : outputs) {
            boolean itself = output.element().equals(site.element())
                    && output.iteration().equals(site.iteration());
            if (!itself && site.run().agrees(output.iteration(), site.iteration())) {
                history.add(Json.plain(output.value()));
            }
        }
        return history.subList(Math.max(0, history.size() - HISTORY), history.size());
    }

    static Fact pool(Site site, String name) throws StepProblem {
        Map<String, Map<String, @Nullable Object>> others = new HashMap<>();
        for (String other : site.run().workflow().pools().keySet()) {
            if (!other.equals(name)) {
                others.put(other, standing(site, other));
            }
        }
        Optional<Artifact> entered = entered(site, name);
        return new Fact.Pool(
                name,
                standing(site, name),
                others,
                artifact(site, name, entered),
                subtree(site, name, entered),
                context(site));
    }

    /** The artifact that the step here put into the pool, or found there. */
    private static Optional<Artifact> entered(Site site, String name) {
        return site.run()
                .read(state -> state.outcome(site.element(), site.iteration())
                        .flatMap(made -> state.pool(name).find(made.path("value"))));
    }

    private static Map<String, @Nullable Object> artifact(Site site, String name, Optional<Artifact> entered) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        entered.ifPresent(artifact -> {
            fields.put("score", artifact.score() == null ? null : BigDecimal.valueOf(artifact.score()));
            fields.put("length", BigDecimal.valueOf(artifact.length()));
            fields.put(
                    "repeats",
                    BigDecimal.valueOf(site.run().read(state -> state.pool(name).entries(artifact.value())) - 1));
        });
        return fields;
    }

    /** Of the branch that the artifact is in: how large, and how large a part of it has the most frequent score. */
    private static Map<String, @Nullable Object> subtree(Site site, String name, Optional<Artifact> entered) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        entered.ifPresent(artifact -> site.run().read(state -> {
            PoolState pool = state.pool(name);
            List<Artifact> branch = pool.branchOf(pool.branch(artifact));
            Map<Double, Integer> scores = new HashMap<>();
            branch.forEach(one -> scores.merge(one.rank(), 1, Integer::sum));
            int most = scores.values().stream().max(Integer::compare).orElse(0);
            fields.put("size", BigDecimal.valueOf(branch.size()));
            fields.put(
                    "sameScore",
                    branch.isEmpty() ? BigDecimal.ZERO : BigDecimal.valueOf((double) most / branch.size()));
            fields.put("depth", BigDecimal.valueOf(pool.depth(artifact)));
            return fields;
        }));
        return fields;
    }

    private static Map<String, @Nullable Object> standing(Site site, String name) {
        List<Artifact> artifacts = site.run().read(state -> state.pool(name).present());
        int trialsSinceBest = site.run().read(state -> state.pool(name).trialsSinceBest());
        @Nullable Double best = null;
        double sum = 0;
        List<@Nullable Object> scores = new ArrayList<>();
        List<@Nullable Object> lengths = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (artifact.score() != null) {
                sum += artifact.score();
                scores.add(BigDecimal.valueOf(artifact.score()));
                lengths.add(BigDecimal.valueOf(artifact.length()));
            }
            if (artifact.score() != null && (best == null || artifact.score() > best)) {
                best = artifact.score();
            }
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("size", BigDecimal.valueOf(artifacts.size()));
        fields.put("best", best == null ? null : BigDecimal.valueOf(best));
        fields.put("mean", scores.isEmpty() ? null : BigDecimal.valueOf(sum / scores.size()));
        fields.put("trialsSinceBest", BigDecimal.valueOf(trialsSinceBest));
        fields.put("scores", scores.subList(Math.max(0, scores.size() - HISTORY), scores.size()));
        fields.put("lengths", lengths.subList(Math.max(0, lengths.size() - HISTORY), lengths.size()));
        return fields;
    }

    static Fact policy(Site site, String name) throws StepProblem {
        return new Fact.Policy(
                name,
                policyFields(site, name),
                others(site.run().workflow().policies().keySet(), name, other -> policyFields(site, other)),
                context(site));
    }

    private static Map<String, @Nullable Object> policyFields(Site site, String name) {
        return site.run().read(state -> Json.plainObject(state.plays().standing(name, state)));
    }

    static Fact slot(Site site, String name) throws StepProblem {
        return new Fact.Slot(
                name,
                slotFields(site, name),
                others(site.run().workflow().slots().keySet(), name, other -> slotFields(site, other)),
                context(site));
    }

    private static Map<String, @Nullable Object> slotFields(Site site, String name) {
        return site.run().read(state -> Json.plainObject(state.slot(name).standing()));
    }

    static Fact human(Site site, Step.Human step) throws StepProblem {
        JsonNode outcome = site.run()
                .read(state -> state.outcome(site.element(), site.iteration()))
                .orElseThrow();
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put(
                "seconds",
                outcome.path("seconds").isNumber() ? outcome.path("seconds").decimalValue() : null);
        fields.put("timedOut", outcome.path("timedOut").asBoolean());
        fields.put("by", outcome.path("value").path("by").textValue());
        String name = step.out().map(Workflow.Name::name).orElse(step.id());
        return new Fact.Human(name, fields, Map.of(), context(site));
    }

    private static Map<String, Map<String, @Nullable Object>> others(
            Set<String> all, String self, Function<String, Map<String, @Nullable Object>> fields) {
        Map<String, Map<String, @Nullable Object>> others = new HashMap<>();
        all.stream().filter(other -> !other.equals(self)).forEach(other -> others.put(other, fields.apply(other)));
        return others;
    }

    static Fact budget(Site site, boolean exhausted) throws StepProblem {
        return new Fact.Budget(exhausted, context(site));
    }

    static Fact round(Site site) throws StepProblem {
        return new Fact.Loop(context(site));
    }

    private static Context context(Site site) throws StepProblem {
        Map<Workflow.Resource, BigDecimal> spent = spent(site);
        return new Context(
                site.run().params(),
                left(site, spent),
                spent,
                turns(site),
                site.run().program().useOf(site.element()));
    }

    /** What is used or set aside; money in US dollars. */
    private static Map<Workflow.Resource, BigDecimal> spent(Site site) {
        Run run = site.run();
        Usage usage = run.purse().spent();
        Map<Workflow.Resource, BigDecimal> spent = new EnumMap<>(Workflow.Resource.class);
        spent.put(Workflow.Resource.CALLS, BigDecimal.valueOf(usage.calls()));
        spent.put(Workflow.Resource.TOKENS, BigDecimal.valueOf(usage.tokens()));
        spent.put(Workflow.Resource.MONEY, BigDecimal.valueOf(usage.microUsd(), 6));
        spent.put(Workflow.Resource.SECONDS, BigDecimal.valueOf(run.elapsed().toSeconds()));
        spent.put(Workflow.Resource.TRAININGS, BigDecimal.valueOf(run.read(RunState::trainings)));
        spent.put(Workflow.Resource.QUESTIONS, BigDecimal.valueOf(run.read(RunState::questions)));
        return spent;
    }

    /** Of each limited resource. */
    private static Map<Workflow.Resource, BigDecimal> left(Site site, Map<Workflow.Resource, BigDecimal> spent)
            throws StepProblem {
        Map<Workflow.Resource, BigDecimal> left = new EnumMap<>(Workflow.Resource.class);
        for (Map.Entry<Workflow.Resource, Expression> limit :
                site.run().workflow().budget().limits().entrySet()) {
            BigDecimal used = spent.getOrDefault(limit.getKey(), BigDecimal.ZERO);
            BigDecimal raised = site.run().read(state -> state.raised(limit.getKey()));
            left.put(
                    limit.getKey(),
                    site.number(limit.getValue()).add(raised).subtract(used).max(BigDecimal.ZERO));
        }
        return left;
    }

    private static List<Context.Turn> turns(Site site) {
        List<Context.Turn> turns = new ArrayList<>();
        List<Scope> scopes = site.run().program().scopesOf(site.element());
        for (int i = 0; i < scopes.size(); i++) {
            if (!scopes.get(i).list()) {
                int round = site.iteration().indices().get(i).at();
                long seconds = site.run().elapsed().toSeconds();
                String loop = scopes.get(i).id();
                Iteration outside = site.iteration().upTo(i);
                int restarts = site.run().read(state -> state.restarts(loop, outside));
                turns.add(new Context.Turn(loop, round, restarts, BigDecimal.valueOf(seconds)));
            }
        }
        return turns;
    }
}
