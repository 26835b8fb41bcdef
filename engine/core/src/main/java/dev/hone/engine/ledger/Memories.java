package dev.hone.engine.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What runs leave to other runs. Called inside a transaction.
 *
 * <p>Ids are given before the commit, so that of two runs the one with the larger id may be seen first. Nobody reads "after"
 * an id: each reading is of all that is committed, and the order among items of two runs at the same time means nothing.
 */
final class Memories {

    void add(Handle handle, String run, NewEvent event, List<MemoryItem> items) {
        for (int n = 0; n < items.size(); n++) {
            MemoryItem item = items.get(n);
            handle.execute(
                    "insert into memory (scope, run, element, iteration, n, item_key, item) values (?, ?, ?, ?, ?, ?, ?)",
                    item.scope(),
                    run,
                    event.element(),
                    event.iteration(),
                    n,
                    item.key().orElse(null),
                    item.item());
        }
    }

    /** Oldest first; of one key the latest alone. */
    List<String> latest(Handle handle, String scope, int most) {
        return handle.select(
                        "select item from memory m where scope = ? and (item_key is null or not exists"
                                + " (select 1 from memory l where l.scope = m.scope and l.item_key = m.item_key and l.id > m.id))"
                                + " order by id desc limit ?",
                        scope,
                        most)
                .mapTo(String.class)
                .list()
                .reversed();
    }
}
