package dev.hone.engine.work;

import dev.hone.engine.ledger.RunEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time of a run that counts: what passes while an operator has paused it does not. Not thread-safe. */
final class Clock {

    private @Nullable Instant since;
    private @Nullable Instant paused;
    private Duration used = Duration.ZERO;
    private Duration stood = Duration.ZERO;

    /** Hears of all events of the run, in order. */
    void hear(RunEvent event) {
        switch (event.kind()) {
            case RUN_STARTED -> since = since == null ? event.at() : since;
            case RUN_PAUSED -> {
                if (since != null) {
                    used = used.plus(Duration.between(since, event.at()));
                }
                since = null;
                paused = event.at();
            }
            case RUN_RESUMED -> {
                if (paused != null) {
                    stood = stood.plus(Duration.between(paused, event.at()));
                }
                since = null;
                paused = null;
            }
            case RUN_FINISHED -> {
                used = Duration.ZERO; // who resumes it after its end gives it its time anew
                since = null;
                paused = null;
            }
            case BUDGET_RAISED,
                    CALLED,
                    OUTPUT,
                    POOLED,
                    MAPPED,
                    ROUND,
                    DECIDED,
                    SKIPPED,
                    PROBLEM,
                    STOPPING,
                    MEASURED,
                    QUESTION,
                    ANSWERED,
                    TRAINING,
                    TOLD -> {}
        }
    }

    /** What the run has used of its wall time up to its last pause; nothing when it has not been paused since it began. */
    Duration used() {
        return used;
    }

    /** How long it has stood paused in all. */
    Duration stood() {
        return stood;
    }
}
