package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.client.Runs;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.EventWords;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The events of one run as lines: when, where, what happened, what it has cost so far. */
final class Progress {

    private final PrintWriter to;
    private final Instant start;
    private long seen;
    private Usage spent = Usage.NONE;

    /** @param start of the run; its lines count from there */
    Progress(PrintWriter to, Instant start) {
        this.to = to;
        this.start = start;
    }

    /**
     * Prints what happened in a run, and what happens from now on.
     *
     * @param shown the number of the last event that needs no printing; 0 for a new run
     * @return ends it
     */
    Runnable follow(Runs runs, String run, long shown) {
        return runs.watch(run, event -> {
            if (event.seq() > shown) {
                tell(event);
            } else {
                boolean unused = count(event);
            }
        });
    }

    /** Prints an event; one that was told of before is passed over. */
    synchronized void tell(RunEvent event) {
        if (count(event)) {
            EventWords.of(event).ifPresent(words -> to.println(line(event, words)));
            to.flush();
        }
    }

    /** Takes an event of an earlier process into the sums without printing it. */
    synchronized boolean count(RunEvent event) {
        if (event.seq() <= seen) {
            return false;
        }
        seen = event.seq();
        JsonNode usage = Json.read(event.body()).path("usage");
        if (usage.isObject()) {
            spent = spent.plus(Json.MAPPER.convertValue(usage, Usage.class));
        }
        return true;
    }

    private String line(RunEvent event, String words) {
        double seconds = Duration.between(start, event.at()).toMillis() / 1000.0;
        return String.format(
                Locale.ROOT,
                "%8.2f s  %-34s %-44s %s",
                seconds,
                event.iteration().isEmpty() ? event.element() : event.element() + " " + event.iteration(),
                words,
                Report.cost(spent));
    }
}
