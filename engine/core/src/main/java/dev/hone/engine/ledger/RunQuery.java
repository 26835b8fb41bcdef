package dev.hone.engine.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which runs are asked for; those that fit all of it, newest first.
 *
 * @param stop the kind of the stop, by the name that it has in a result: {@code RULE}, {@code BUDGET} ...
 * @param labels that a run has; values are told apart by their first 200 characters
 * @param createdFrom the first moment
 * @param createdBefore the moment after the last
 * @param after where the page before ended: its {@link RunPage#next}
 * @param limit how many at the most, 1 to {@value #MOST}
 */
public record RunQuery(
        Optional<String> tenant,
        Optional<String> workflow,
        Optional<RunPhase> phase,
        Optional<String> stop,
        Map<String, String> labels,
        Optional<Instant> createdFrom,
        Optional<Instant> createdBefore,
        Optional<String> after,
        int limit) {

    public static final int MOST = 200;

    private static final RunQuery ALL = new RunQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            50);

    public RunQuery {
        labels = Map.copyOf(labels);
    }

    /** The runs of all tenants, fifty a page. */
    public static RunQuery all() {
        return ALL;
    }

    /** The runs of one tenant, fifty a page. */
    public static RunQuery of(String tenant) {
        return ALL.withTenant(tenant);
    }

    public RunQuery withTenant(String name) {
        return new RunQuery(Optional.of(name), workflow, phase, stop, labels, createdFrom, createdBefore, after, limit);
    }

    public RunQuery withWorkflow(String name) {
        return new RunQuery(tenant, Optional.of(name), phase, stop, labels, createdFrom, createdBefore, after, limit);
    }

    public RunQuery withPhase(RunPhase wanted) {
        return new RunQuery(
                tenant, workflow, Optional.of(wanted), stop, labels, createdFrom, createdBefore, after, limit);
    }

    public RunQuery withStop(String kind) {
        return new RunQuery(
                tenant, workflow, phase, Optional.of(kind), labels, createdFrom, createdBefore, after, limit);
    }

    /** With this label besides those that it has. */
    public RunQuery withLabel(String name, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(name, value);
        return new RunQuery(tenant, workflow, phase, stop, more, createdFrom, createdBefore, after, limit);
    }

    public RunQuery createdFrom(Instant first) {
        return new RunQuery(tenant, workflow, phase, stop, labels, Optional.of(first), createdBefore, after, limit);
    }

    public RunQuery createdBefore(Instant end) {
        return new RunQuery(tenant, workflow, phase, stop, labels, createdFrom, Optional.of(end), after, limit);
    }

    public RunQuery after(String cursor) {
        return new RunQuery(
                tenant, workflow, phase, stop, labels, createdFrom, createdBefore, Optional.of(cursor), limit);
    }

    public RunQuery withLimit(int most) {
        return new RunQuery(tenant, workflow, phase, stop, labels, createdFrom, createdBefore, after, most);
    }
}
