package dev.hone.connectors.sandbox;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param exit the exit status of the program; 128 and the number of the signal when one ended it
 * @param stdout what it printed, cut where its limit is; bytes that are no UTF-8 are replaced
 * @param stderr the same of its other stream
 * @param stopped {@code time} or {@code output} when it reached that limit and was stopped
 */
public record Ended(int exit, String stdout, String stderr, Optional<String> stopped) {}
