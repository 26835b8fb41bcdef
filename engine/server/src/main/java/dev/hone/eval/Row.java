package dev.hone.eval;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.hone.engine.eval.FalsePasses;
import dev.hone.engine.eval.Observed;
import dev.hone.engine.eval.Progress;
import dev.hone.engine.eval.Revisions;
import dev.hone.engine.work.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * One run, in so few words that every number of a report follows from the rows.
 *
 * @param task from 1
 * @param seed which of the seeds, from 1
 * @param stop why it ended, for example {@code rule}
 * @param measured what the sealed checks reported of its result: booleans and numbers, by name
 * @param visible whether its result passes what the run itself could see: its pool scores it 1, or a rule accepted it
 * @param course where along its spending the result that it would have returned became right or wrong
 * @param revisions what each step that made an artifact from another one did to right and wrong ones, by step
 * @param artifacts of the artifacts that the pool scored: those scored 1, and those that are right
 * @param unjudged artifacts of which a sealed check failed to say anything; they count as wrong
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Row(
        String run,
        String arm,
        int task,
        int seed,
        String stop,
        Map<String, JsonNode> measured,
        long calls,
        long tokens,
        long microUsd,
        double seconds,
        boolean visible,
        List<Turn> course,
        Map<String, Revisions> revisions,
        Optional<FalsePasses> artifacts,
        int unjudged) {

    /** From here on the run would have returned something right, or wrong. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Turn(long calls, long tokens, boolean right) {}

    /** What is left out of the JSON is empty. */
    public Row {
        measured = measured == null ? Map.of() : new TreeMap<>(measured);
        course = course == null ? List.of() : List.copyOf(course);
        revisions = revisions == null ? Map.of() : new TreeMap<>(revisions);
        artifacts = artifacts == null ? Optional.empty() : artifacts;
    }

    /** A reported name: one that was measured, or what the run cost. */
    Optional<JsonNode> value(String name) {
        return switch (name) {
            case "calls" -> Optional.of(Json.node(calls));
            case "tokens" -> Optional.of(Json.node(tokens));
            case "money" -> Optional.of(Json.node(microUsd / 1e6));
            case "seconds" -> Optional.of(Json.node(seconds));
            default -> Optional.ofNullable(measured.get(name));
        };
    }

    /**
     * The same for statistics: 1 and 0 for true and false. Empty for what is no number.
     *
     * @param judged whether what is not there is false
     */
    Optional<Observed> observed(String name, boolean judged) {
        JsonNode value = value(name).orElse(judged ? BooleanNode.FALSE : NullNode.instance);
        if (value.isBoolean()) {
            return Optional.of(Observed.of(String.valueOf(task), seed, value.booleanValue()));
        }
        return value.isNumber()
                ? Optional.of(new Observed(String.valueOf(task), seed, value.doubleValue()))
                : Optional.empty();
    }

    /** How it went along what it spent. */
    Progress progress(ToLongFunction<Turn> spent) {
        return new Progress(
                String.valueOf(task),
                seed,
                course.stream()
                        .map(turn -> new Progress.Step(spent.applyAsLong(turn), turn.right()))
                        .toList());
    }

    boolean problem() {
        return stop.equals("problem");
    }
}
