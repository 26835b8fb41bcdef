package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.Engine;
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
    Runnable follow(Engine engine, String run, long shown) {
        // New events wait until those that are kept already are told, as their listener needs the same lock.
        synchronized (this) {
            Runnable unwatch = engine.watch(event -> {
                if (event.run().equals(run)) {
                    tell(event);
                }
            });
            for (RunEvent event : engine.events(run)) {
                if (event.seq() > shown) {
                    tell(event);
                } else {
                    count(event);
                }
            }
            return unwatch;
        }
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
