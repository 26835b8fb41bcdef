package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.Course;
import dev.hone.engine.Engine;
import dev.hone.engine.Judgement;
import dev.hone.engine.RunResult;
import dev.hone.engine.eval.FalsePasses;
import dev.hone.engine.eval.Revisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Asks the sealed checks of every artifact of every run, after all runs have ended, and makes rows of them. What it learns
 * goes into the rows alone.
 */
public final class Judge {

    private final Engine engine;
    private final Trials trials;
    private final Map<Unit, RunResult> results;
    private final Optional<String> right;

    /**
     * @param results of all trials
     * @param right the measured name that says whether a value is right; empty when none does
     */
    public Judge(Engine engine, Trials trials, Map<Unit, RunResult> results, Optional<String> right) {
        this.engine = engine;
        this.trials = trials;
        this.results = results;
        this.right = right;
    }

    /** What is known of a value: whether it is right; empty when no check could say. */
    private record Known(Optional<Boolean> right) {}

    /** @param arm whose checks they are; "" for those that all arms but other workflows share */
    private record Asked(String arm, String run, JsonNode value) {}

    /** One row for each run, arm by arm. */
    public List<Row> rows() {
        Map<Integer, Map<Asked, Known>> byTask = new HashMap<>();
        return trials.units().stream()
                .filter(results::containsKey)
                .map(unit -> row(unit, byTask.computeIfAbsent(unit.task(), task -> new HashMap<>())))
                .toList();
    }

    private Row row(Unit unit, Map<Asked, Known> known) {
        RunResult result = result(unit);
        boolean visible = result.best()
                .filter(best -> best.accepted() || passes(unit, best.score().orElse(0.0)))
                .isPresent();
        Map<String, JsonNode> measured = new TreeMap<>(result.measured());
        measured.values().removeIf(value -> !value.isBoolean() && !value.isNumber());
        List<Row.Turn> turns = new ArrayList<>();
        Map<String, Revisions> revisions = new TreeMap<>();
        FalsePasses passes = FalsePasses.NONE;
        int unjudged = 0;
        if (right.isPresent() && readsResult(unit.arm().program().workflow())) {
            Course course = engine.course(result.run());
            Map<JsonNode, Known> judged = judged(unit, result, course, known);
            for (Course.Standing standing : course.standings()) {
                boolean now = isRight(judged, standing.value());
                if (turns.isEmpty() || turns.getLast().right() != now) {
                    turns.add(new Row.Turn(standing.calls(), standing.tokens(), now));
                }
            }
            for (Course.Made made : course.made()) {
                boolean now = isRight(judged, made.value());
                if (made.from().isPresent()) {
                    Revisions one = Revisions.of(isRight(judged, made.from().get()), now);
                    revisions.merge(made.element(), one, Revisions::and);
                }
                if (made.score().isPresent()) {
                    passes = passes.and(FalsePasses.of(passes(unit, made.score().get()), now));
                }
                unjudged += known(judged, made.value()).right().isEmpty() ? 1 : 0;
            }
        }
        return new Row(
                result.run(),
                unit.arm().name(),
                unit.task() + 1,
                unit.seed() + 1,
                result.stop().kind().name().toLowerCase(Locale.ROOT),
                measured,
                result.spent().calls(),
                result.spent().tokens(),
                result.spent().microUsd(),
                result.seconds(),
                visible,
                turns,
                revisions,
                passes.equals(FalsePasses.NONE) ? Optional.empty() : Optional.of(passes),
                unjudged);
    }

    /** Whether the pool's own score says that a value is all right, where it is a score of right and wrong. */
    private static boolean passes(Unit unit, double score) {
        return score == 1 && !unit.arm().control().equals(Optional.of(Control.Kind.LENGTH_ONLY));
    }

    private static boolean isRight(Map<JsonNode, Known> judged, JsonNode value) {
        return known(judged, value).right().orElse(false);
    }

    private static Known known(Map<JsonNode, Known> judged, JsonNode value) {
        return Objects.requireNonNull(judged.get(value));
    }

    private RunResult result(Unit unit) {
        return Objects.requireNonNull(results.get(unit));
    }

    /** Every value of a course, each judged once for its task. */
    private Map<JsonNode, Known> judged(Unit unit, RunResult result, Course course, Map<Asked, Known> known) {
        Set<JsonNode> values = new LinkedHashSet<>();
        course.made().forEach(made -> {
            values.add(made.value());
            made.from().ifPresent(values::add);
        });
        course.standings().forEach(standing -> values.add(standing.value()));
        result.best().ifPresent(best -> known.putIfAbsent(asked(unit, best.value()), known(result.measured())));
        List<JsonNode> open = values.stream()
                .filter(value -> !known.containsKey(asked(unit, value)))
                .toList();
        List<Judgement> judgements = open.isEmpty() ? List.of() : engine.judge(result.run(), open);
        for (int i = 0; i < open.size(); i++) {
            known.put(asked(unit, open.get(i)), known(judgements.get(i).report()));
        }
        Map<JsonNode, Known> judged = new HashMap<>();
        values.forEach(value -> judged.put(value, Objects.requireNonNull(known.get(asked(unit, value)))));
        return judged;
    }

    private Known known(Map<String, JsonNode> report) {
        return new Known(Optional.ofNullable(report.get(right.orElseThrow()))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue));
    }

    /** What decides a judgement besides the task: the value alone, unless the checks read more of the run. */
    private Asked asked(Unit unit, JsonNode value) {
        Workflow workflow = unit.arm().program().workflow();
        boolean alone = read(workflow)
                .allMatch(name -> name.equals("result") || workflow.inputs().containsKey(name));
        return new Asked(
                unit.arm().foreign() ? unit.arm().name() : "",
                alone ? "" : result(unit).run(),
                value);
    }

    private static boolean readsResult(Workflow workflow) {
        return read(workflow).anyMatch("result"::equals);
    }

    private static Stream<String> read(Workflow workflow) {
        return workflow.measure().checks().stream().flatMap(check -> check.reads().stream());
    }
}
