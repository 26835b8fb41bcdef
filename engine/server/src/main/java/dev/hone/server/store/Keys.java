package dev.hone.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.work.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The keys of all tenants. */
@Singleton
public final class Keys {

    private static final String SELECT =
            "select id, tenant, name, roles, workflows, secret, earlier_secret, earlier_until,"
                    + " expires_at, created_by, created_at, last_used_at, revoked_at from api_key";

    private final Database database;

    Keys(Database database) {
        this.database = database;
    }

    public void add(ApiKey key) {
        database.transaction(handle -> handle.execute(
                "insert into api_key (id, tenant, name, roles, workflows, secret, expires_at, created_by, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.tenant(),
                key.name(),
                Columns.joined(key.roles()),
                key.workflows().map(names -> Json.node(names).toString()).orElse(null),
                key.secret(),
                Columns.utc(key.expiresAt()),
                key.createdBy(),
                Columns.utc(key.createdAt())));
    }

    /** Of any tenant. */
    public Optional<ApiKey> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<ApiKey> find(Handle handle, String id) {
        return handle.select(SELECT + " where id = ?", id)
                .map((row, context) -> key(row))
                .findOne();
    }

    /** Of one tenant, or of all. */
    public Optional<ApiKey> find(String id, Optional<String> tenant) {
        return find(id).filter(key -> tenant.isEmpty() || key.tenant().equals(tenant.get()));
    }

    /**
     * By their ids.
     *
     * @param tenant all when empty
     * @param after the id before the first
     */
    public List<ApiKey> list(Optional<String> tenant, String after, int limit) {
        return database.read(handle -> handle.select(
                        SELECT + " where (? or tenant = ?) and id > ? order by id limit ?",
                        tenant.isEmpty(),
                        tenant.orElse(""),
                        after,
                        limit)
                .map((row, context) -> key(row))
                .list());
    }

    /** Whether anybody could call with a key. */
    public boolean any(Instant now) {
        return database.read(handle -> handle.select(
                        "select id from api_key where revoked_at is null and (expires_at is null or expires_at > ?) limit 1",
                        Columns.utc(now))
                .mapTo(String.class)
                .findOne()
                .isPresent());
    }

    /** @return false when it was revoked before */
    public boolean revoke(String id, Instant now) {
        return database.transaction(handle -> handle.execute(
                        "update api_key set revoked_at = ? where id = ? and revoked_at is null", Columns.utc(now), id)
                == 1);
    }

    /**
     * Gives a key another secret.
     *
     * @param until the moment until which the present one is taken, too
     * @return false when the key was revoked
     */
    public boolean rotate(String id, String secret, Instant until) {
        return database.transaction(handle -> handle.execute(
                        "update api_key set earlier_secret = secret, earlier_until = ?, secret = ?"
                                + " where id = ? and revoked_at is null",
                        Columns.utc(until),
                        secret,
                        id)
                == 1);
    }

    public void used(String id, Instant now) {
        database.transaction(
                handle -> handle.execute("update api_key set last_used_at = ? where id = ?", Columns.utc(now), id));
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        String earlier = row.getString("earlier_secret");
        return new ApiKey(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("name"),
                Columns.words(row.getString("roles")),
                Optional.ofNullable(workflows(row.getString("workflows"))),
                row.getString("secret"),
                earlier == null
                        ? Optional.empty()
                        : Optional.of(new ApiKey.Earlier(earlier, Columns.instant(row, "earlier_until"))),
                Columns.perhaps(row, "expires_at"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.perhaps(row, "last_used_at"),
                Columns.perhaps(row, "revoked_at"));
    }

    private static @Nullable Set<String> workflows(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode name : Json.read(json)) {
            names.add(name.asText());
        }
        return names;
    }
}
