package dev.hone.engine.ledger;

/**
 * The run that a tenant's key stands for.
 *
 * @param request the hash of what was asked for with it
 */
public record KeyedRun(String run, String request) {}
