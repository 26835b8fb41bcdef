package dev.hone.engine.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some of the runs that were asked for, newest first.
 *
 * @param next with which the next page is asked for; empty when this is the last
 */
public record RunPage(List<RunSummary> runs, Optional<String> next) {

    public RunPage {
        runs = List.copyOf(runs);
    }
}
