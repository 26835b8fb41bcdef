package dev.hone.engine.ledger;

import java.time.OffsetDateTime;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Fills the columns and tables of V7 for the runs that are there, from their setups and events. An enum, as Flyway would find
 * a class by looking through the folder, too.
 */
enum Backfill implements JavaMigration {
    OPERATION;

    /** The events that lists follow from. */
    private static final String TELLING = "select run, seq, element, iteration, attempt, kind, at, body from event"
            + " where run = ? and (kind in ('QUESTION', 'ANSWERED', 'RUN_FINISHED', 'RUN_RESUMED')"
            + " or kind in ('OUTPUT', 'SKIPPED') and element like '%.take') order by seq";

    @Override
    public void migrate(Context context) {
        try (Handle handle = Jdbi.create(context.getConnection()).open()) {
            handle.execute("delete from run_label");
            handle.execute("delete from task");
            List<String> runs =
                    handle.select("select id from run").mapTo(String.class).list();
            runs.forEach(run -> fill(handle, run));
        }
    }

    private static void fill(Handle handle, String run) {
        handle.select("select setup, created_at from run where id = ?", run)
                .map((row, context) -> {
                    RunRows.describe(
                            handle,
                            run,
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            Setup.of(row.getString("setup")));
                    return run;
                })
                .one();
        handle.select(TELLING, run)
                .map((row, context) -> Ledger.event(run, row))
                .list()
                .forEach(event -> RunRows.happened(handle, event));
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("7.1");
    }

    @Override
    public String getDescription() {
        return "operation of earlier runs";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
