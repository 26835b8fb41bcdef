package dev.hone.engine.ledger;

/** An event that is to be written, unless its key is there already. */
public record NewEvent(String element, String iteration, int attempt, EventKind kind, String body) {}
