package dev.hone.eval;

import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that were started for the same trials before.
 *
 * @param key the same for the same workflow, tasks, parameters, models and first seed
 * @param number counts how often these were begun anew, from 1; 0 when they never were
 * @param runs by place
 */
public record Known(String key, int number, Map<String, RunRecord> runs) {

    private static final String LABEL = "batch";

    public Known {
        runs = Map.copyOf(runs);
    }

    /** The latest of a key. */
    public static Known latest(Engine engine, String key) {
        Map<RunRecord, Map<String, String>> all = engine.labelled(LABEL, key + ".");
        int latest = all.values().stream().mapToInt(Known::number).max().orElse(0);
        Map<String, RunRecord> runs = new HashMap<>();
        all.forEach((run, labels) -> {
            if (number(labels) == latest) {
                runs.put(Unit.place(labels), run);
            }
        });
        return new Known(key, latest, runs);
    }

    private static int number(Map<String, String> labels) {
        String batch = labels.getOrDefault(LABEL, ".0");
        return Integer.parseInt(batch.substring(batch.lastIndexOf('.') + 1));
    }

    /** Another one, from the beginning; what was left of this one is cancelled. */
    public Known anew(Engine engine) {
        runs.values().stream().filter(run -> engine.result(run.id()).isEmpty()).forEach(run -> engine.cancel(run.id()));
        return new Known(key, number + 1, Map.of());
    }

    public String id() {
        return key + "." + number;
    }

    public boolean isThere() {
        return number > 0;
    }

    /** Whether some of so many runs are missing though nobody cancelled one. */
    public boolean wasKilled(Engine engine, int all) {
        List<Optional<RunResult>> ends =
                runs.values().stream().map(run -> engine.result(run.id())).toList();
        return (ends.size() < all || ends.stream().anyMatch(Optional::isEmpty))
                && ends.stream()
                        .flatMap(Optional::stream)
                        .noneMatch(end -> end.stop().kind() == StopReason.Kind.CANCELLED);
    }

    /** The labels of a run of these trials. */
    static Map<String, String> labels(String id, Unit unit) {
        Map<String, String> labels = new HashMap<>(unit.labels());
        labels.put(LABEL, id);
        return labels;
    }
}
