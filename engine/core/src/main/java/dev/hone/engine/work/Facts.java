package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.compile.Scope;
import dev.hone.engine.ledger.Limits;
import dev.hone.engine.rules.Context;
import dev.hone.engine.rules.Fact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the rules are told: facts as they stand at a place in a run. */
final class Facts {

    private Facts() {}

    static Fact signal(Site site, Step.SignalKind kind, String name, JsonNode value) throws StepProblem {
        Map<String, @Nullable Object> others = new HashMap<>();
        for (String other : site.run().signals(kind)) {
            if (!other.equals(name)) {
                site.run().find(other, site.iteration()).ifPresent(known -> others.put(other, Json.plain(known)));
            }
        }
        return Fact.signal(kind, name, Json.plain(value), others, context(site));
    }

    static Fact pool(Site site, String name) throws StepProblem {
        List<Fact.Pool.Standing> others = new ArrayList<>();
        for (String other : site.run().workflow().pools().keySet()) {
            if (!other.equals(name)) {
                others.add(standing(site, other));
            }
        }
        return new Fact.Pool(standing(site, name), others, context(site));
    }

    private static Fact.Pool.Standing standing(Site site, String name) {
        List<RunState.Artifact> artifacts = site.run().read(state -> List.copyOf(state.pool(name)));
        int trialsSinceBest = 0;
        @Nullable Double best = null;
        for (RunState.Artifact artifact : artifacts) {
            if (artifact.score() != null && (best == null || artifact.score() > best)) {
                best = artifact.score();
                trialsSinceBest = 0;
            } else {
                trialsSinceBest++;
            }
        }
        return new Fact.Pool.Standing(
                name, artifacts.size(), Optional.ofNullable(best).map(BigDecimal::valueOf), trialsSinceBest);
    }

    static Fact budget(Site site, boolean exhausted) throws StepProblem {
        return new Fact.Budget(exhausted, context(site));
    }

    static Fact round(Site site) throws StepProblem {
        return new Fact.Loop(context(site));
    }

    private static Context context(Site site) throws StepProblem {
        return new Context(site.run().params(), left(site), turns(site));
    }

    /** What is neither used nor set aside of each limited resource; money in US dollars. */
    private static Map<Workflow.Resource, BigDecimal> left(Site site) throws StepProblem {
        Run run = site.run();
        Limits limits = run.limits(site);
        Usage spent = run.spent();
        Map<Workflow.Resource, BigDecimal> left = new EnumMap<>(Workflow.Resource.class);
        put(left, Workflow.Resource.CALLS, limits.calls(), spent.calls(), 0);
        put(left, Workflow.Resource.TOKENS, limits.tokens(), spent.tokens(), 0);
        put(left, Workflow.Resource.MONEY, limits.microUsd(), spent.microUsd(), 6);
        put(
                left,
                Workflow.Resource.SECONDS,
                run.wallTime(),
                Duration.between(run.startedAt(), Instant.now()).toSeconds(),
                0);
        return left;
    }

    private static void put(
            Map<Workflow.Resource, BigDecimal> left,
            Workflow.Resource resource,
            OptionalLong limit,
            long spent,
            int scale) {
        if (limit.isPresent()) {
            left.put(resource, BigDecimal.valueOf(Math.max(0, limit.getAsLong() - spent), scale));
        }
    }

    private static List<Context.Turn> turns(Site site) {
        List<Context.Turn> turns = new ArrayList<>();
        List<Scope> scopes = site.run().program().scopesOf(site.element());
        for (int i = 0; i < scopes.size(); i++) {
            if (!scopes.get(i).list()) {
                int round = site.iteration().indices().get(i).at();
                long seconds =
                        Duration.between(site.run().startedAt(), Instant.now()).toSeconds();
                turns.add(new Context.Turn(scopes.get(i).id(), round, BigDecimal.valueOf(seconds)));
            }
        }
        return turns;
    }
}
