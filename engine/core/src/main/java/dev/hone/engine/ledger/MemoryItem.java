package dev.hone.engine.ledger;

import java.util.Optional;

/**
 * What a run leaves to other runs.
 *
 * @param scope who sees it; it ends with a slash and the name of the memory
 * @param key an earlier item of the same key is replaced
 * @param item as JSON
 */
public record MemoryItem(String scope, Optional<String> key, String item) {

    /** The name of the memory. */
    String memory() {
        return scope.substring(scope.lastIndexOf('/') + 1);
    }
}
