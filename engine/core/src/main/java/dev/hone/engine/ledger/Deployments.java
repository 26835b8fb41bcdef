package dev.hone.engine.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The workflows of tenants, with their versions. Rows are added, never changed. Called inside a transaction. */
final class Deployments {

    private static final String ALL =
            "select d.tenant, d.workflow, d.version, d.program, d.deployed_by, d.deployed_at from deployment d";

    private static final String LATEST =
            " not exists (select 1 from deployment l where l.tenant = d.tenant and l.workflow = d.workflow"
                    + " and l.version > d.version)";

    private Deployments() {}

    /** Adds a version, unless the latest one is this program. @return the latest, then */
    static Deployment add(Handle handle, String tenant, String workflow, String program, String by, Instant at) {
        Optional<Deployment> latest = find(handle, tenant, workflow, Optional.empty());
        if (latest.isPresent() && latest.get().program().equals(program)) {
            return latest.get();
        }
        Deployment next =
                new Deployment(tenant, workflow, latest.map(Deployment::version).orElse(0) + 1, program, by, at);
        handle.execute(
                "insert into deployment (tenant, workflow, version, program, deployed_by, deployed_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                next.tenant(),
                next.workflow(),
                next.version(),
                next.program(),
                next.by(),
                RunRows.utc(next.at()));
        return next;
    }

    /** @param version the latest when empty */
    static Optional<Deployment> find(Handle handle, String tenant, String workflow, Optional<Integer> version) {
        return handle.select(
                        ALL + " where d.tenant = ? and d.workflow = ? and (d.version = ? or ? = 0)"
                                + " order by d.version desc limit 1",
                        tenant,
                        workflow,
                        version.orElse(0),
                        version.orElse(0))
                .map((row, context) -> deployment(row))
                .findOne();
    }

    /** Newest first. */
    static List<Deployment> versions(Handle handle, String tenant, String workflow, int most) {
        return handle.select(
                        ALL + " where d.tenant = ? and d.workflow = ? order by d.version desc limit ?",
                        tenant,
                        workflow,
                        most)
                .map((row, context) -> deployment(row))
                .list();
    }

    static DeploymentPage page(Handle handle, String tenant, Optional<Cursor> after, int limit) {
        List<Deployment> found = handle.select(
                        ALL + " where d.tenant = ? and d.workflow > ? and" + LATEST + " order by d.workflow limit ?",
                        tenant,
                        after.map(Cursor::id).orElse(""),
                        limit + 1)
                .map((row, context) -> deployment(row))
                .list();
        if (found.size() <= limit) {
            return new DeploymentPage(found, Optional.empty());
        }
        List<Deployment> page = found.subList(0, limit);
        Deployment last = page.getLast();
        return new DeploymentPage(page, Optional.of(new Cursor(last.at(), last.workflow()).text()));
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString("tenant"),
                row.getString("workflow"),
                row.getInt("version"),
                row.getString("program"),
                row.getString("deployed_by"),
                row.getObject("deployed_at", OffsetDateTime.class).toInstant());
    }
}
