package dev.hone.engine.ledger;

import java.util.Optional;
import java.util.Set;

/**
 * Which tasks are asked for; those that fit all of it, oldest first.
 *
 * @param claimedBy whose claim holds now
 * @param states at least one
 * @param after where the page before ended: its {@link TaskPage#next}
 * @param limit how many at the most, 1 to {@value RunQuery#MOST}
 */
public record TaskQuery(
        Optional<String> tenant,
        Optional<String> workflow,
        Optional<String> run,
        Optional<String> claimedBy,
        Set<TaskState> states,
        Optional<String> after,
        int limit) {

    private static final TaskQuery OPEN = new TaskQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(TaskState.OPEN, TaskState.LATE),
            Optional.empty(),
            50);

    public TaskQuery {
        states = Set.copyOf(states);
    }

    /** All that an answer is taken for, fifty a page. */
    public static TaskQuery open() {
        return OPEN;
    }

    public TaskQuery withTenant(String name) {
        return new TaskQuery(Optional.of(name), workflow, run, claimedBy, states, after, limit);
    }

    public TaskQuery withWorkflow(String name) {
        return new TaskQuery(tenant, Optional.of(name), run, claimedBy, states, after, limit);
    }

    public TaskQuery withRun(String id) {
        return new TaskQuery(tenant, workflow, Optional.of(id), claimedBy, states, after, limit);
    }

    public TaskQuery claimedBy(String name) {
        return new TaskQuery(tenant, workflow, run, Optional.of(name), states, after, limit);
    }

    public TaskQuery withStates(Set<TaskState> wanted) {
        return new TaskQuery(tenant, workflow, run, claimedBy, wanted, after, limit);
    }

    public TaskQuery after(String cursor) {
        return new TaskQuery(tenant, workflow, run, claimedBy, states, Optional.of(cursor), limit);
    }

    public TaskQuery withLimit(int most) {
        return new TaskQuery(tenant, workflow, run, claimedBy, states, after, most);
    }
}
