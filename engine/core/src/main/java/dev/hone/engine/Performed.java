package dev.hone.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A step, or a decision between steps, that this process did the job of.
 *
 * @param iteration where in the maps and loops, as events have it
 * @param waited how long the job waited in this process for its turn
 * @param begun when it was begun then
 * @param retried whether it failed and is tried again
 */
public record Performed(
        String run, String element, String iteration, Duration waited, Instant begun, Duration took, boolean retried) {}
