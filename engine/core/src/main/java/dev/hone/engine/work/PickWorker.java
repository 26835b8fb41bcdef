package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Step;
import dev.hone.dsl.feel.Feel;
import dev.hone.engine.ledger.EventKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reduces a pool or a list to its best. */
final class PickWorker {

    private record Ranked(JsonNode value, BigDecimal rank) {}

    void perform(Site site, Step.Reduce step) throws StepProblem {
        Run run = site.run();
        List<Ranked> candidates = new ArrayList<>();
        if (step.from().feel() instanceof Feel.Name name
                && run.workflow().pools().containsKey(name.name())) {
            List<RunState.Artifact> pool = new ArrayList<>(run.read(state -> List.copyOf(state.pool(name.name()))));
            pool.sort(RunState.Artifact.bestFirst());
            for (RunState.Artifact artifact : pool) {
                BigDecimal score = BigDecimal.valueOf(artifact.score() == null ? 0 : artifact.score());
                candidates.add(new Ranked(artifact.value(), rank(site, step, artifact.value(), score)));
            }
        } else {
            Object list = site.evaluate(step.from());
            for (Object item : list instanceof List<?> items ? items : list == null ? List.of() : List.of(list)) {
                JsonNode value = Json.node(item);
                candidates.add(new Ranked(value, rank(site, step, value, BigDecimal.ZERO)));
            }
        }
        candidates.sort(Comparator.comparing(Ranked::rank).reversed());
        int top = top(site, step.top());
        List<JsonNode> best = candidates.stream().limit(top).map(Ranked::value).toList();
        run.write(new Run.Entry(site, 1, EventKind.OUTPUT, body(step, best)));
    }

    /** With {@code top: 1} written as a literal the result is the item itself. */
    private static ObjectNode body(Step.Reduce step, List<JsonNode> best) {
        ObjectNode body = Json.object().put("name", step.as().name());
        boolean one =
                step.top().feel() instanceof Feel.Num number && number.value().compareTo(BigDecimal.ONE) == 0;
        if (one) {
            body.set("value", best.isEmpty() ? JsonNodeFactory.instance.nullNode() : best.getFirst());
        } else {
            ArrayNode list = body.putArray("value");
            best.forEach(list::add);
        }
        return body;
    }

    private static BigDecimal rank(Site site, Step.Reduce step, JsonNode item, BigDecimal score) throws StepProblem {
        if (step.by().isEmpty()) {
            return score;
        }
        Expression by = step.by().get();
        Object rank = site.evaluate(by, Map.of("item", item, "score", DecimalNode.valueOf(score)));
        return switch (rank) {
            case BigDecimal number -> number;
            case Boolean bool -> bool ? BigDecimal.ONE : BigDecimal.ZERO;
            case null -> throw notRankable(by, "nothing");
            default -> throw notRankable(by, rank.toString());
        };
    }

    private static StepProblem notRankable(Expression by, String rank) {
        return StepProblem.at(
                by.where(),
                ProblemCode.EXPRESSION_FAILED,
                "'" + by.text() + "' is " + rank + " for an item, which cannot be ranked.",
                "Give a number or a boolean for every item.");
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
