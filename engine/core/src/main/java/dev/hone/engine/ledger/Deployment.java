package dev.hone.engine.ledger;

import java.time.Instant;

/**
 * A version of a workflow that a tenant has deployed.
 *
 * @param workflow its name
 * @param version counts from 1
 * @param program the hash of the program
 * @param by who deployed it
 */
public record Deployment(String tenant, String workflow, int version, String program, String by, Instant at) {}
