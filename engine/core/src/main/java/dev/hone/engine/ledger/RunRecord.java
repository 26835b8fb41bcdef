package dev.hone.engine.ledger;

import java.time.Instant;

/**
 * What is fixed when a run starts.
 *
 * @param program the hash of the program
 * @param setup inputs, parameters, models, seed and labels, as a JSON object
 */
public record RunRecord(String id, String workflow, String program, String setup, Instant createdAt) {}
