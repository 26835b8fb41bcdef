package dev.hone.engine.ledger;

/**
 * What a loop may spend of a run's budget.
 *
 * @param loop its id
 * @param iterations how the iteration of everything in it begins: {@code drafts=2/search=}
 */
public record Share(String loop, String iterations, Limits limits) {}
