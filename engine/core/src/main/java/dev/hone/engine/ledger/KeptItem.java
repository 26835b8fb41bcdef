package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * An item that a run has left to others.
 *
 * @param id larger for later ones
 * @param scope who sees it, as the engine names it
 * @param at when it was left
 * @param key an earlier item of the same key and scope is replaced by it
 * @param item as JSON
 * @param replaced whether a later one of its key has taken its place, so that no run sees it
 */
public record KeptItem(
        long id, String scope, String run, Instant at, Optional<String> key, String item, boolean replaced) {}
