package dev.hone.engine.ledger;

import java.time.Instant;

/**
 * What is in a memory of a workflow, all its scopes together.
 *
 * @param memory its name
 * @param items replaced ones among them
 * @param latestAt when the last one was left
 */
public record MemoryUse(String memory, long items, Instant latestAt) {}
