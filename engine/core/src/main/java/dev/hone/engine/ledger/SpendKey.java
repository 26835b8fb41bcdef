package dev.hone.engine.ledger;

/** One try of one step of a run: what a reservation is made for. */
public record SpendKey(String element, String iteration, int attempt) {}
