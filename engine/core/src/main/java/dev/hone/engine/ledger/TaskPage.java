package dev.hone.engine.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some of the tasks that were asked for, oldest first.
 *
 * @param next with which the next page is asked for; empty when this is the last
 */
public record TaskPage(List<Task> tasks, Optional<String> next) {

    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
