package dev.hone.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.Database;
import dev.hone.engine.work.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who changed what. Rows are added, never changed. */
@Singleton
public final class AuditRows {

    private static final int NAME = 200;
    private static final int ACT = 100;
    private static final int TARGET = 500;
    private static final int DETAIL = 4_000;

    private final Database database;

    AuditRows(Database database) {
        this.database = database;
    }

    /** Of a detail that is too large only that it is. */
    public void add(String tenant, String name, String act, String target, JsonNode detail, Instant at) {
        String text = detail.toString();
        database.transaction(handle -> handle.execute(
                "insert into audit (tenant, name, act, target, detail, at) values (?, ?, ?, ?, ?, ?)",
                Columns.cut(tenant, NAME),
                Columns.cut(name, NAME),
                Columns.cut(act, ACT),
                Columns.cut(target, TARGET),
                text.length() <= DETAIL ? text : "{\"tooLarge\":" + text.length() + "}",
                Columns.utc(at)));
    }

    public List<AuditEntry> list(AuditQuery query) {
        StringBuilder sql =
                new StringBuilder("select id, tenant, name, act, target, detail, at from audit where id > 0");
        List<Object> values = new ArrayList<>();
        query.tenant().ifPresent(value -> and(sql, values, "tenant = ?", value));
        query.name().ifPresent(value -> and(sql, values, "name = ?", value));
        query.act()
                .ifPresent(value -> and(
                        sql,
                        values,
                        value.endsWith("*") ? "act like ? escape '!'" : "act = ?",
                        value.endsWith("*") ? beginning(value.substring(0, value.length() - 1)) : value));
        query.target().ifPresent(value -> and(sql, values, "target = ?", value));
        query.from().ifPresent(value -> and(sql, values, "at >= ?", Columns.utc(value)));
        query.before().ifPresent(value -> and(sql, values, "at < ?", Columns.utc(value)));
        query.after().ifPresent(value -> and(sql, values, "id < ?", value));
        values.add(query.limit());
        return database.read(handle -> handle.select(sql + " order by id desc limit ?", values.toArray())
                .map((row, context) -> new AuditEntry(
                        row.getLong("id"),
                        row.getString("tenant"),
                        row.getString("name"),
                        row.getString("act"),
                        row.getString("target"),
                        Json.read(row.getString("detail")),
                        Columns.instant(row, "at")))
                .list());
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(" and ").append(condition);
        values.add(value);
    }

    private static String beginning(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
