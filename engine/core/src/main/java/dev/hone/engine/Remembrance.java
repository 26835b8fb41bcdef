package dev.hone.engine;

import dev.hone.engine.ledger.KeptItem;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.MemoryUse;
import java.util.List;
import java.util.Optional;

/**
 * What runs have left to other runs in memories of the scopes {@code task} and {@code global}, for the tenant whose runs they
 * are. What a run has read stays in its own events, so that it can be replayed, whatever is forgotten here.
 */
public final class Remembrance {

    private final Ledger ledger;

    Remembrance(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Which memories of a workflow have items, by name. */
    public List<MemoryUse> memories(String tenant, String workflow) {
        return Failures.attempt(() -> ledger.memories(tenant, workflow));
    }

    /**
     * The items of a memory, newest first.
     *
     * @param before the id of the last item of the page before; empty for the first
     * @param limit how many at the most, 1 to 200
     */
    public List<KeptItem> items(String tenant, String workflow, String memory, Optional<Long> before, int limit) {
        Queries.check(limit, Optional.empty());
        return Failures.attempt(() -> ledger.kept(tenant, workflow, memory, before, limit));
    }

    /**
     * Forgets an item, and with one that has a key those that it has replaced.
     *
     * @return how many are gone; 0 when it is not there
     */
    public int forget(String tenant, String workflow, String memory, long item) {
        return Failures.attempt(() -> ledger.forget(tenant, workflow, memory, item));
    }

    /** Forgets all items of a memory. @return how many */
    public int forget(String tenant, String workflow, String memory) {
        return Failures.attempt(() -> ledger.forget(tenant, workflow, memory));
    }
}
