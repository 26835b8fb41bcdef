package dev.hone.engine.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The promoted versions of slots. Called inside a transaction. */
final class Promotions {

    private static final String ALL = "select p.*, r.rolled_back_by, r.because as rollback_because, r.rolled_back_at"
            + " from promotion p left join promotion_rollback r on r.promotion = p.id";

    private Promotions() {}

    /** Adds a version with the next number of its workflow and slot, whatever number it says. */
    static Promotion add(Handle handle, String tenant, Promotion promotion) {
        int version = handle.select(
                        "select coalesce(max(version), 1) + 1 from promotion where tenant = ? and workflow = ?"
                                + " and slot = ?",
                        tenant,
                        promotion.workflow(),
                        promotion.slot())
                .mapTo(Integer.class)
                .one();
        Promotion.Evidence evidence = promotion.evidence();
        handle.execute(
                "insert into promotion (workflow, source, slot, version, content, evidence, candidate, baseline, metric,"
                        + " difference, low, high, e_value, e_needed, alpha, tasks, seeds, from_run, promoted_by, because,"
                        + " promoted_at, tenant) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                promotion.workflow(),
                promotion.source(),
                promotion.slot(),
                version,
                promotion.content(),
                evidence.file(),
                evidence.candidate(),
                evidence.baseline(),
                evidence.metric(),
                evidence.difference(),
                evidence.low(),
                evidence.high(),
                evidence.eValue(),
                evidence.needed(),
                evidence.alpha(),
                evidence.tasks(),
                evidence.seeds(),
                promotion.fromRun().orElse(null),
                promotion.act().by(),
                promotion.act().because(),
                promotion.act().at().atOffset(ZoneOffset.UTC),
                tenant);
        return new Promotion(
                promotion.workflow(),
                promotion.source(),
                promotion.slot(),
                version,
                promotion.content(),
                evidence,
                promotion.fromRun(),
                promotion.act(),
                Optional.empty());
    }

    /** Oldest first, those that were taken back among them. */
    static List<Promotion> of(Handle handle, String tenant, String workflow) {
        return handle.select(ALL + " where p.tenant = ? and p.workflow = ? order by p.id", tenant, workflow)
                .map((row, context) -> promotion(row))
                .list();
    }

    /** Those that hold for a text, at most one for each slot. */
    static List<Promotion> holding(Handle handle, String tenant, String source) {
        return handle.select(
                        ALL
                                + " where p.tenant = ? and p.source = ? and r.promotion is null and not exists (select 1"
                                + " from promotion l left join promotion_rollback lr on lr.promotion = l.id where"
                                + " l.tenant = p.tenant and l.source = p.source and l.slot = p.slot"
                                + " and l.version > p.version and lr.promotion is null) order by p.slot",
                        tenant,
                        source)
                .map((row, context) -> promotion(row))
                .list();
    }

    /** Takes a version back. @return false when it was taken back before; then that stays as it is */
    static boolean rollBack(Handle handle, String tenant, Promotion promotion, Promotion.Act act) {
        int rows = handle.execute(
                "insert into promotion_rollback (promotion, rolled_back_by, because, rolled_back_at)"
                        + " select p.id, ?, ?, ? from promotion p left join promotion_rollback r on r.promotion = p.id"
                        + " where p.tenant = ? and p.workflow = ? and p.slot = ? and p.version = ? and r.promotion is null",
                act.by(),
                act.because(),
                act.at().atOffset(ZoneOffset.UTC),
                tenant,
                promotion.workflow(),
                promotion.slot(),
                promotion.version());
        return rows > 0;
    }

    private static Promotion promotion(ResultSet row) throws SQLException {
        Optional<Promotion.Act> rollback = row.getString("rolled_back_by") == null
                ? Optional.empty()
                : Optional.of(act(row, "rolled_back_by", "rollback_because", "rolled_back_at"));
        return new Promotion(
                row.getString("workflow"),
                row.getString("source"),
                row.getString("slot"),
                row.getInt("version"),
                row.getString("content"),
                new Promotion.Evidence(
                        row.getString("evidence"),
                        row.getString("candidate"),
                        row.getString("baseline"),
                        row.getString("metric"),
                        row.getDouble("difference"),
                        row.getDouble("low"),
                        row.getDouble("high"),
                        row.getDouble("e_value"),
                        row.getDouble("e_needed"),
                        row.getDouble("alpha"),
                        row.getInt("tasks"),
                        row.getInt("seeds")),
                Optional.ofNullable(row.getString("from_run")),
                act(row, "promoted_by", "because", "promoted_at"),
                rollback);
    }

    private static Promotion.Act act(ResultSet row, String by, String because, String at) throws SQLException {
        return new Promotion.Act(
                row.getString(by),
                row.getString(because),
                row.getObject(at, OffsetDateTime.class).toInstant());
    }
}
