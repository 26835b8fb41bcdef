package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.Course;
import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.eval.FalsePasses;
import dev.hone.engine.eval.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes a row of each run, once all have ended: what it measured, and what the sealed checks say of all that it made. */
final class Rows {

    private final Engine engine;
    private final Optional<Judge> judge;

    /** @param right the measured name that says whether a value is right; empty when none does */
    Rows(Engine engine, Optional<String> right) {
        this.engine = engine;
        this.judge = right.map(name -> new Judge(engine, name));
    }

    /** Arm by arm, in each seed by seed. */
    List<Row> of(Trials trials, Map<Unit, RunResult> results) {
        return trials.units().stream()
                .filter(results::containsKey)
                .map(unit -> row(unit, Objects.requireNonNull(results.get(unit))))
                .toList();
    }

    /** What judging adds to a row. */
    private record Judged(
            List<Row.Turn> course, Map<String, Revisions> revisions, Optional<FalsePasses> artifacts, int unjudged) {

        static final Judged NOT = new Judged(List.of(), Map.of(), Optional.empty(), 0);
    }

    private Row row(Unit unit, RunResult result) {
        boolean visible = result.best()
                .filter(best -> best.accepted() || passes(unit, best.score()))
                .isPresent();
        Map<String, JsonNode> measured = new TreeMap<>(result.measured());
        measured.values().removeIf(value -> !value.isBoolean() && !value.isNumber());
        Judged judged = judge.filter(any -> Judge.canJudge(unit.arm().program().workflow()))
                .map(with -> judged(unit, result, with))
                .orElse(Judged.NOT);
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
                judged.course(),
                judged.revisions(),
                judged.artifacts(),
                judged.unjudged());
    }

    /** Whether the pool's own score says that a value is all right, where it is a score of right and wrong. */
    private static boolean passes(Unit unit, Optional<Double> score) {
        return score.filter(value -> value == 1).isPresent()
                && !unit.arm().control().equals(Optional.of(Control.Kind.LENGTH_ONLY));
    }

    private Judged judged(Unit unit, RunResult result, Judge with) {
        Course course = engine.course(result.run());
        Set<JsonNode> values = new LinkedHashSet<>();
        course.made().forEach(made -> {
            values.add(made.value());
            made.from().ifPresent(values::add);
        });
        course.standings().forEach(standing -> values.add(standing.value()));
        Map<JsonNode, Optional<Boolean>> right = with.of(unit, result, values);

        List<Row.Turn> turns = new ArrayList<>();
        for (Course.Standing standing : course.standings()) {
            boolean now = isRight(right, standing.value());
            if (turns.isEmpty() || turns.getLast().right() != now) {
                turns.add(new Row.Turn(standing.calls(), standing.tokens(), now));
            }
        }
        Map<String, Revisions> revisions = new TreeMap<>();
        FalsePasses passes = FalsePasses.NONE;
        int unjudged = 0;
        for (Course.Made made : course.made()) {
            boolean now = isRight(right, made.value());
            if (made.from().isPresent()) {
                Revisions one = Revisions.of(isRight(right, made.from().get()), now);
                revisions.merge(made.element(), one, Revisions::and);
            }
            if (made.score().isPresent()) {
                passes = passes.and(FalsePasses.of(passes(unit, made.score()), now));
            }
            unjudged += answer(right, made.value()).isEmpty() ? 1 : 0;
        }
        return new Judged(
                turns, revisions, passes.equals(FalsePasses.NONE) ? Optional.empty() : Optional.of(passes), unjudged);
    }

    private static boolean isRight(Map<JsonNode, Optional<Boolean>> right, JsonNode value) {
        return answer(right, value).orElse(false);
    }

    private static Optional<Boolean> answer(Map<JsonNode, Optional<Boolean>> right, JsonNode value) {
        return Objects.requireNonNull(right.get(value));
    }
}
