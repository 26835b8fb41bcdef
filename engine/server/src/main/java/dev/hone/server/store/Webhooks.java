package dev.hone.server.store;

import dev.hone.engine.ledger.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The webhooks of all tenants. */
@Singleton
public final class Webhooks {

    private static final String SELECT =
            "select id, tenant, url, events, enabled, version, earlier_until, created_by, created_at from webhook";

    private final Database database;

    Webhooks(Database database) {
        this.database = database;
    }

    public void add(Webhook webhook) {
        database.transaction(handle -> handle.execute(
                "insert into webhook (id, tenant, url, events, enabled, version, created_by, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                webhook.id(),
                webhook.tenant(),
                webhook.url(),
                Columns.joined(webhook.events()),
                webhook.enabled(),
                webhook.version(),
                webhook.createdBy(),
                Columns.utc(webhook.createdAt())));
    }

    /** One of a tenant. */
    public Optional<Webhook> find(String tenant, String id) {
        return find(id).filter(webhook -> webhook.tenant().equals(tenant));
    }

    /** Of any tenant. */
    public Optional<Webhook> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    static Optional<Webhook> find(Handle handle, String id) {
        return handle.select(SELECT + " where id = ?", id)
                .map((row, context) -> webhook(row))
                .findOne();
    }

    /** Those of a tenant, oldest first. */
    public List<Webhook> list(String tenant) {
        return database.read(handle -> handle.select(SELECT + " where tenant = ? order by created_at, id", tenant)
                .map((row, context) -> webhook(row))
                .list());
    }

    public void change(String id, String url, Set<String> events, boolean enabled) {
        database.transaction(handle -> handle.execute(
                "update webhook set url = ?, events = ?, enabled = ? where id = ?",
                url,
                Columns.joined(events),
                enabled,
                id));
    }

    /** Its next secret signs from now on, and the present one, too, until a moment. */
    public void rotate(String id, Instant until) {
        database.transaction(handle -> handle.execute(
                "update webhook set version = version + 1, earlier_until = ? where id = ?", Columns.utc(until), id));
    }

    /** What has not been sent to it goes with it. */
    public void remove(String id) {
        database.transaction(handle -> handle.execute("delete from webhook where id = ?", id));
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("url"),
                Columns.words(row.getString("events")),
                row.getBoolean("enabled"),
                row.getInt("version"),
                Columns.perhaps(row, "earlier_until"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"));
    }
}
