package dev.hone.engine.ledger;

import java.util.Optional;

/**
 * What a run leaves to other runs.
 *
 * @param scope who sees it
 * @param key an earlier item of the same key is replaced
 * @param item as JSON
 */
public record MemoryItem(String scope, Optional<String> key, String item) {}
