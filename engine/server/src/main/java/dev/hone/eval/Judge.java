package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Engine;
import dev.hone.engine.Judgement;
import dev.hone.engine.RunResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the sealed checks whether values are right, each value of a task once. What it learns goes to its caller alone. Not
 * thread-safe.
 */
final class Judge {

    /**
     * What decides a judgement.
     *
     * @param checks whose sealed checks they are: those of another workflow, by its arm; "" for those that all others share
     * @param run the run that they read more of than its inputs; "" for none
     */
    private record Asked(String checks, String run, int task, JsonNode value) {}

    private final Engine engine;
    private final String right;
    private final Map<Asked, Optional<Boolean>> known = new HashMap<>();

    /** @param right the measured name that says whether a value is right */
    Judge(Engine engine, String right) {
        this.engine = engine;
        this.right = right;
    }

    /** Whether the sealed checks of a workflow look at a run's result at all. */
    static boolean canJudge(Workflow workflow) {
        return reads(workflow).contains("result");
    }

    /**
     * Whether values are right in the place of a run's result; empty for what no check could say.
     *
     * @param result of the unit's run, which was judged when it ended
     */
    Map<JsonNode, Optional<Boolean>> of(Unit unit, RunResult result, Collection<JsonNode> values) {
        result.best()
                .ifPresent(best -> known.putIfAbsent(asked(unit, result, best.value()), answer(result.measured())));
        List<JsonNode> open = values.stream()
                .distinct()
                .filter(value -> !known.containsKey(asked(unit, result, value)))
                .toList();
        if (!open.isEmpty()) {
            List<Judgement> judgements = engine.judge(result.run(), open);
            for (int i = 0; i < open.size(); i++) {
                known.put(
                        asked(unit, result, open.get(i)),
                        answer(judgements.get(i).report()));
            }
        }
        Map<JsonNode, Optional<Boolean>> answers = new HashMap<>();
        values.forEach(value -> answers.put(value, Objects.requireNonNull(known.get(asked(unit, result, value)))));
        return answers;
    }

    private Optional<Boolean> answer(Map<String, JsonNode> report) {
        return Optional.ofNullable(report.get(right))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue);
    }

    private static Asked asked(Unit unit, RunResult result, JsonNode value) {
        Workflow workflow = unit.arm().program().workflow();
        boolean alone = reads(workflow).stream()
                .allMatch(name -> name.equals("result") || workflow.inputs().containsKey(name));
        return new Asked(unit.arm().foreign() ? unit.arm().name() : "", alone ? "" : result.run(), unit.task(), value);
    }

    private static Set<String> reads(Workflow workflow) {
        return workflow.measure().checks().stream()
                .flatMap(check -> check.reads().stream())
                .collect(Collectors.toSet());
    }
}
