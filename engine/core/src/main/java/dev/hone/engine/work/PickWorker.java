package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.Feel;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reduces a pool or a list. */
final class PickWorker {

    void perform(Site site, Step.Reduce step) throws StepProblem {
        Run run = site.run();
        Optional<Workflow.Pool> pool = step.from().feel() instanceof Feel.Name(String name)
                ? Optional.ofNullable(run.workflow().pools().get(name))
                : Optional.empty();
        List<Reductions.Candidate> candidates =
                pool.isPresent() ? fromPool(site, step, pool.get()) : measured(site, step, site.list(step.from()));
        List<Reductions.Candidate> kept = reduce(site, step, candidates);
        ObjectNode body = Json.object().put("name", step.as().name());
        body.set("value", value(site, step, kept));
        if (pool.filter(from -> from.shape() == Workflow.Shape.QUEUE).isPresent()) {
            body.put("from", pool.get().name());
            kept.forEach(candidate -> body.withArray("taken").add(candidate.id()));
        }
        run.write(new Run.Entry(site, 1, EventKind.OUTPUT, body));
    }

    private static List<Reductions.Candidate> reduce(Site site, Step.Reduce step, List<Reductions.Candidate> candidates)
            throws StepProblem {
        int top = top(site, step.top());
        return switch (step.how()) {
            case TOP, PESSIMISTIC -> Reductions.highest(candidates, top);
            case VOTE -> Reductions.vote(candidates, top);
            case CLUSTER -> Reductions.clusters(candidates);
            case PARETO -> Reductions.front(candidates);
            case OLDEST -> candidates.stream().limit(top).toList();
            case RANDOM -> Reductions.random(candidates, top, site.seed());
            case KNOCKOUT -> knockout(site, step, candidates, top);
            case MEAN, PAIR_MAX_MIN, PAIR_MAX_RANDOM, PAIR_NEAR_ON_POLICY -> candidates;
        };
    }

    /** With {@code top: 1} written as a literal the result is the item itself. */
    private static JsonNode value(Site site, Step.Reduce step, List<Reductions.Candidate> kept) {
        return switch (step.how()) {
            case MEAN -> Reductions.mean(kept);
            case PAIR_MAX_MIN, PAIR_MAX_RANDOM, PAIR_NEAR_ON_POLICY -> Reductions.pairs(step.how(), kept, site.seed());
            case CLUSTER, PARETO -> list(kept);
            case TOP, VOTE, KNOCKOUT, PESSIMISTIC, OLDEST, RANDOM -> {
                boolean one = step.top().feel() instanceof Feel.Num number
                        && number.value().compareTo(BigDecimal.ONE) == 0;
                if (one) {
                    yield kept.isEmpty()
                            ? JsonNodeFactory.instance.nullNode()
                            : kept.getFirst().value();
                }
                yield list(kept);
            }
        };
    }

    private static ArrayNode list(List<Reductions.Candidate> kept) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        kept.forEach(candidate -> list.add(candidate.value()));
        return list;
    }

    /** The artifacts that are still there, as the way to reduce wants them: best first, or in the order in which they came. */
    private static List<Reductions.Candidate> fromPool(Site site, Step.Reduce step, Workflow.Pool pool)
            throws StepProblem {
        List<Artifact> artifacts =
                new ArrayList<>(site.run().read(state -> state.pool(pool.name()).present()));
        Optional<Artifact> accepted = site.run().read(state -> state.accepted(pool.name()));
        if (step.how() == Step.Reduction.TOP) {
            artifacts.sort(Artifact.bestFirst());
            // What a rule accepted is the best, whatever scores better.
            accepted.ifPresent(best -> {
                artifacts.remove(best);
                artifacts.addFirst(best);
            });
        }
        List<Reductions.Candidate> candidates = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            Map<String, JsonNode> names = Map.of(
                    "item",
                    artifact.value(),
                    "score",
                    DecimalNode.valueOf(BigDecimal.valueOf(artifact.score() == null ? 0 : artifact.score())));
            boolean first = accepted.filter(artifact::equals).isPresent();
            candidates.add(new Reductions.Candidate(
                    artifact.id(),
                    artifact.value(),
                    by(site, step, names, artifact.rank(), first),
                    step.objectives().isEmpty() ? artifact.measures() : objectives(site, step, names)));
        }
        return candidates;
    }

    private static List<Reductions.Candidate> measured(Site site, Step.Reduce step, List<JsonNode> items)
            throws StepProblem {
        List<Reductions.Candidate> candidates = new ArrayList<>();
        for (JsonNode item : items) {
            Map<String, JsonNode> names = Map.of("item", item, "score", DecimalNode.valueOf(BigDecimal.ZERO));
            candidates.add(
                    new Reductions.Candidate("", item, by(site, step, names, 0, false), objectives(site, step, names)));
        }
        return candidates;
    }

    /** What the way to reduce looks at: a number to sort by, or any value to vote or group by. */
    private static JsonNode by(Site site, Step.Reduce step, Map<String, JsonNode> names, double rank, boolean accepted)
            throws StepProblem {
        if (accepted) {
            return Json.node(BigDecimal.valueOf(Double.MAX_VALUE));
        }
        return switch (step.how()) {
            case TOP, PAIR_MAX_MIN, PAIR_MAX_RANDOM, PAIR_NEAR_ON_POLICY ->
                step.by().isPresent()
                        ? Json.node(site.number(step.by().get(), names))
                        : Json.node(BigDecimal.valueOf(Double.isInfinite(rank) ? -Double.MAX_VALUE : rank));
            case MEAN ->
                step.by().isPresent()
                        ? Json.node(site.number(step.by().get(), names))
                        : java.util.Objects.requireNonNull(names.get("item"));
            case PESSIMISTIC -> Reductions.pessimistic(value(site, step, names));
            case VOTE, CLUSTER -> value(site, step, names);
            case KNOCKOUT, PARETO, OLDEST, RANDOM -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static JsonNode value(Site site, Step.Reduce step, Map<String, JsonNode> names) throws StepProblem {
        return step.by().isPresent()
                ? Json.node(site.evaluate(step.by().get(), names))
                : java.util.Objects.requireNonNull(names.get("item"));
    }

    private static List<Double> objectives(Site site, Step.Reduce step, Map<String, JsonNode> names)
            throws StepProblem {
        List<Double> objectives = new ArrayList<>();
        for (Expression objective : step.objectives().values()) {
            objectives.add(site.number(objective, names).doubleValue());
        }
        return List.copyOf(objectives);
    }

    /** In rounds, neighbours against each other; whoever has no opponent goes on. */
    private static List<Reductions.Candidate> knockout(
            Site site, Step.Reduce step, List<Reductions.Candidate> candidates, int top) throws StepProblem {
        Expression beats = step.by()
                .orElseThrow(() -> StepProblem.at(
                        step.where(),
                        ProblemCode.MISSING_KEY,
                        "'" + step.id() + "' does not say when 'a' beats 'b'.",
                        "Add 'by', for example by: \"= a.score >= b.score\"."));
        List<Reductions.Candidate> left = candidates;
        while (left.size() > Math.max(1, top)) {
            List<Reductions.Candidate> winners = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                if (i + 1 == left.size()) {
                    winners.add(left.get(i));
                } else {
                    Reductions.Candidate a = left.get(i);
                    Reductions.Candidate b = left.get(i + 1);
                    boolean first = site.number(beats, Map.of("a", a.value(), "b", b.value()))
                                    .signum()
                            > 0;
                    winners.add(first ? a : b);
                }
            }
            left = winners;
        }
        return left;
    }

    private static int top(Site site, Expression top) throws StepProblem {
        if (site.evaluate(top) instanceof BigDecimal number && number.signum() >= 0) {
            return number.intValue();
        }
        throw StepProblem.at(
                top.where(),
                ProblemCode.EXPRESSION_FAILED,
                "top is not a number that is zero or more.",
                "Say how many items are kept.");
    }
}
