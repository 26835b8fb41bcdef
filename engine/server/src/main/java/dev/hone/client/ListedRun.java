package dev.hone.client;

import java.util.Optional;

/**
 * What a list says of a run.
 *
 * @param stop the kind of its end, for example {@code RULE}; empty while it goes on
 * @param why it ended
 * @param calls that it has made or set aside
 * @param replayOf the run that it hears again
 */
public record ListedRun(
        Runs.Run run, Optional<String> stop, Optional<String> why, long calls, Optional<String> replayOf) {}
