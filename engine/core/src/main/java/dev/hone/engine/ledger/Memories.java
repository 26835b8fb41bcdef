package dev.hone.engine.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What runs leave to other runs. Called inside a transaction.
 *
 * <p>Ids are given before the commit, so that of two runs the one with the larger id may be seen first. No run reads "after"
 * an id: each reading is of all that is committed, and the order among items of two runs at the same time means nothing.
 */
final class Memories {

    /** That a later item of its key has taken the place of an item {@code m}. */
    private static final String REPLACED =
            "exists (select 1 from memory l where l.scope = m.scope and l.item_key = m.item_key and l.id > m.id)";

    /** @param event with which they are left */
    void add(Handle handle, RunEvent event, List<MemoryItem> items) {
        if (items.isEmpty()) {
            return;
        }
        Owner owner = handle.select("select tenant, workflow from run where id = ?", event.run())
                .map((row, context) -> new Owner(row.getString("tenant"), row.getString("workflow")))
                .one();
        for (int n = 0; n < items.size(); n++) {
            MemoryItem item = items.get(n);
            handle.execute(
                    "insert into memory (scope, run, element, iteration, n, item_key, item, tenant, workflow, name, at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    item.scope(),
                    event.run(),
                    event.element(),
                    event.iteration(),
                    n,
                    item.key().orElse(null),
                    item.item(),
                    owner.tenant(),
                    owner.workflow(),
                    item.memory(),
                    event.at().atOffset(ZoneOffset.UTC));
        }
    }

    private record Owner(String tenant, String workflow) {}

    /** Oldest first; of one key the latest alone. */
    List<String> latest(Handle handle, String scope, int most) {
        return handle.select(
                        "select item from memory m where scope = ? and (item_key is null or not " + REPLACED
                                + ") order by id desc limit ?",
                        scope,
                        most)
                .mapTo(String.class)
                .list()
                .reversed();
    }

    // --- for their owner

    /** Which memories of a tenant's workflow have items, by name. */
    List<MemoryUse> uses(Handle handle, String tenant, String workflow) {
        return handle.select(
                        "select name, count(*) as items, max(at) as latest from memory where tenant = ? and workflow = ?"
                                + " group by name order by name",
                        tenant,
                        workflow)
                .map((row, context) ->
                        new MemoryUse(row.getString("name"), row.getLong("items"), instant(row, "latest")))
                .list();
    }

    /** Newest first. @param before the id that those of before were larger than or had; none for the first */
    List<KeptItem> page(
            Handle handle, String tenant, String workflow, String memory, Optional<Long> before, int limit) {
        return handle.select(
                        "select id, scope, run, at, item_key, item, item_key is not null and " + REPLACED
                                + " as replaced from memory m where tenant = ? and workflow = ? and name = ? and id < ?"
                                + " order by id desc limit ?",
                        tenant,
                        workflow,
                        memory,
                        before.orElse(Long.MAX_VALUE),
                        limit)
                .map((row, context) -> new KeptItem(
                        row.getLong("id"),
                        row.getString("scope"),
                        row.getString("run"),
                        instant(row, "at"),
                        Optional.ofNullable(row.getString("item_key")),
                        row.getString("item"),
                        row.getBoolean("replaced")))
                .list();
    }

    /**
     * Lets runs that come forget an item, and with one that has a key those that it has replaced, which would be seen again.
     *
     * @return how many are gone; 0 when it is not there
     */
    int forget(Handle handle, String tenant, String workflow, String memory, long id) {
        int earlier = handle.execute(
                "delete from memory where tenant = ? and workflow = ? and name = ? and id < ? and exists (select 1 from"
                        + " memory k where k.id = ? and k.tenant = memory.tenant and k.workflow = memory.workflow and"
                        + " k.name = memory.name and k.scope = memory.scope and k.item_key = memory.item_key)",
                tenant,
                workflow,
                memory,
                id,
                id);
        return earlier
                + handle.execute(
                        "delete from memory where tenant = ? and workflow = ? and name = ? and id = ?",
                        tenant,
                        workflow,
                        memory,
                        id);
    }

    /** The same of all items. */
    int forget(Handle handle, String tenant, String workflow, String memory) {
        return handle.execute(
                "delete from memory where tenant = ? and workflow = ? and name = ?", tenant, workflow, memory);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
