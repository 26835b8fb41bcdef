package dev.hone.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Question;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskState;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run asks a person.
 *
 * @param step the human step
 * @param iteration where in the maps and loops; empty at the top
 * @param form what is asked of them: rate, pair, kwise, correct, improve, demonstrate, label, approve, edit or interrupt
 * @param question in words
 * @param show what they look at, by name
 * @param order the names in the order in which they are to be shown; the choice of an answer counts in it, from 1
 * @param until how long the run waits; until its own end when there is none
 * @param late whether an answer is still taken when the run no longer waits
 * @param claimedBy who is at it
 * @param draft what somebody has written of the answer so far
 */
@Schema(name = "Task")
record TaskView(
        String run,
        String step,
        String iteration,
        String workflow,
        TaskState state,
        String form,
        Optional<String> question,
        Map<String, JsonNode> show,
        List<String> order,
        Instant askedAt,
        Optional<Instant> until,
        boolean late,
        Optional<String> claimedBy,
        Optional<Instant> claimedUntil,
        Optional<JsonNode> draft) {

    static TaskView of(Task task) {
        Question question = Question.of(task);
        return new TaskView(
                task.run(),
                task.step(),
                task.iteration(),
                task.workflow(),
                task.state(),
                question.form(),
                question.question(),
                question.show(),
                question.order(),
                task.askedAt(),
                task.until(),
                question.late(),
                task.claim().map(Task.Claim::by),
                task.claim().map(Task.Claim::until),
                task.draft().map(Json::read));
    }
}
