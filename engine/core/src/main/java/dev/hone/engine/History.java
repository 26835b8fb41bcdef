package dev.hone.engine;

import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import java.util.List;
import java.util.Optional;

/** What the events of a run say of it as a whole. */
public final class History {

    private History() {}

    /** The end of the run; empty while it goes on, also when it was resumed after an end. */
    public static Optional<RunResult> result(List<RunEvent> events) {
        Optional<RunResult> result = Optional.empty();
        for (RunEvent event : events) {
            if (event.kind() == EventKind.RUN_FINISHED) {
                result = Optional.of(result(event));
            } else if (event.kind() == EventKind.RUN_RESUMED) {
                result = Optional.empty();
            }
        }
        return result;
    }

    /** The same of a run in the ledger. */
    static Optional<RunResult> result(Ledger ledger, String run) {
        return result(ledger.events(run, 0, Integer.MAX_VALUE));
    }

    static RunResult result(RunEvent finished) {
        return Json.MAPPER.convertValue(Json.read(finished.body()), RunResult.class);
    }

    /** The key of the process instance that was started last; empty for a run that is to go on and has none yet. */
    static Optional<Long> instance(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.RUN_STARTED || event.kind() == EventKind.RUN_RESUMED)
                .reduce((first, second) -> second)
                .filter(event -> event.kind() == EventKind.RUN_STARTED)
                .map(event -> Json.read(event.body()).path("instance").asLong());
    }
}
