package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ReplayReport.Agreement;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskPage;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.ledger.TaskState;
import dev.hone.engine.work.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions as tasks: listed, claimed, drafted, answered or rejected, each by one person at a time. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class TaskTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Engine engine;

    TaskTest(Engine engine) {
        this.engine = engine;
    }

    private Task asked(String run) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !engine.tasks()
                        .page(TaskQuery.open().withRun(run))
                        .tasks()
                        .isEmpty());
        return engine.tasks().page(TaskQuery.open().withRun(run)).tasks().getFirst();
    }

    private String start(String tenant) {
        return engine.start(engine.deploy(source("people")), target(5).withTenant(tenant));
    }

    private static void refused(ProblemCode code, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused.problems().getFirst().code()).isEqualTo(code);
            assertThat(refused.problems().getFirst().fix()).isNotBlank();
            assertThat(refused.getMessage()).contains(words);
        });
    }

    @Test
    void aTaskIsAnsweredByWhoHasClaimedIt() throws Exception {
        String run = start("tasks-a");
        Task task = asked(run);
        assertThat(task.id()).isEqualTo(run + "/which");
        assertThat(Question.of(task)).isEqualTo(engine.questions(run).getFirst());

        assertThat(engine.tasks()
                        .claim(task.id(), "ada", HOUR)
                        .claim()
                        .orElseThrow()
                        .by())
                .isEqualTo("ada");
        refused(ProblemCode.TASK_CLAIMED, "claimed by ada", () -> engine.tasks().claim(task.id(), "bob", HOUR));
        refused(
                ProblemCode.TASK_CLAIMED,
                "claimed by ada",
                () -> engine.tasks().answer(task.id(), Json.object().put("choice", 1), "bob"));
        refused(ProblemCode.TASK_CLAIMED, "claimed by ada", () -> engine.tasks().reject(task.id(), "bob", ""));
        refused(
                ProblemCode.TASK_CLAIMED,
                "claimed by ada",
                () -> engine.tasks().draft(task.id(), "bob", Json.object().put("choice", 1)));
        assertThat(places(engine.events(run), EventKind.ANSWERED)).isEmpty();

        assertThat(engine.tasks()
                        .draft(task.id(), "ada", Json.object().put("choice", 2))
                        .draft())
                .contains("{\"choice\":2}");
        engine.tasks().answer(task.id(), Json.object().put("choice", 2), "ada");
        engine.await(run);

        JsonNode answered =
                bodies(engine.events(run), EventKind.ANSWERED, "which.take").getFirst();
        assertThat(answered.path("who").asText()).isEqualTo("ada");
        assertThat(answered.path("answer").path("by").asText()).isEqualTo("human");
        assertThat(engine.tasks().get(task.id()).state()).isEqualTo(TaskState.ANSWERED);
        refused(
                ProblemCode.NOT_FOUND,
                "nobody waits",
                () -> engine.tasks().answer(task.id(), Json.object().put("choice", 2), "ada"));
        refused(ProblemCode.NOT_FOUND, "nobody waits", () -> engine.tasks().claim(task.id(), "bob", HOUR));
        refused(ProblemCode.NOT_FOUND, "no task", () -> engine.tasks().claim("no/thing", "bob", HOUR));
    }

    @Test
    void aClaimThatIsGivenBackOrOverKeepsNobodyOut() throws Exception {
        String run = start("tasks-b");
        Task task = asked(run);
        engine.tasks().claim(task.id(), "ada", HOUR);
        engine.tasks().release(task.id(), "bob");
        refused(ProblemCode.TASK_CLAIMED, "claimed by ada", () -> engine.tasks().claim(task.id(), "bob", HOUR));
        engine.tasks().release(task.id(), "ada");
        engine.tasks().claim(task.id(), "bob", Duration.ofMillis(1));
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            try {
                return engine.tasks()
                        .claim(task.id(), "ada", HOUR)
                        .claim()
                        .orElseThrow()
                        .by()
                        .equals("ada");
            } catch (EngineException e) {
                return false;
            }
        });
        refused(
                ProblemCode.INPUT_TYPE,
                "cannot be claimed",
                () -> engine.tasks().claim(task.id(), "ada", Duration.ZERO));
        engine.cancel(run);
        assertThat(engine.tasks().get(task.id()).state()).isEqualTo(TaskState.CLOSED);
    }

    @Test
    void aRejectedTaskIsOneThatNobodyAnswersAndItsReplayHasItToo() throws Exception {
        String run = start("tasks-c");
        Task task = asked(run);
        engine.tasks().reject(task.id(), "ada", "none of them");
        engine.await(run);

        JsonNode taken =
                bodies(engine.events(run), EventKind.OUTPUT, "which.take").getFirst();
        assertThat(taken.path("timedOut").asBoolean()).isTrue();
        assertThat(taken.path("value").isNull()).isTrue();
        assertThat(taken.path("rejected").path("because").asText()).isEqualTo("none of them");
        assertThat(engine.tasks().get(task.id()).state()).isEqualTo(TaskState.REJECTED);
        String replay = engine.replay(run);
        engine.await(replay);
        assertThat(ReplayReport.of(engine.events(run), engine.events(replay)).agrees())
                .isEqualTo(Agreement.SAME);
        assertThat(engine.tasks()
                        .page(TaskQuery.open().withRun(replay).withStates(Set.of(TaskState.values())))
                        .tasks())
                .as("a replay asks nobody")
                .isEmpty();
    }

    @Test
    void whatNobodyAnswersInTimeIsTakenLateOrNotAtAll() throws Exception {
        String run = engine.start(
                engine.deploy(source("people")),
                target(5).withParam("patience", 1).withTenant("tasks-d"));
        Task which = asked(run);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> engine.tasks().get(which.id()).state() == TaskState.LATE
                        || engine.result(run).isPresent());
        engine.await(run);
        assertThat(engine.tasks().get(run + "/third").state()).isEqualTo(TaskState.EXPIRED);
        assertThat(engine.tasks().get(which.id()).state()).isEqualTo(TaskState.CLOSED);
    }

    @Test
    void tasksAreListedByTenantWorkflowAndClaimAPageAtATime() throws Exception {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String run = start("tasks-e");
            asked(run);
            runs.add(run);
        }
        String other = start("tasks-f");
        asked(other);

        TaskQuery own =
                TaskQuery.open().withTenant("tasks-e").withWorkflow("people").withLimit(2);
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            TaskPage page = engine.tasks().page(next.map(own::after).orElse(own));
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(2);
            page.tasks().forEach(task -> found.add(task.run()));
            next = page.next();
        } while (next.isPresent());
        assertThat(found).containsExactlyElementsOf(runs);

        engine.tasks().claim(runs.get(3) + "/which", "ada", HOUR);
        assertThat(engine.tasks().page(own.claimedBy("ada")).tasks())
                .extracting(Task::run)
                .containsExactly(runs.get(3));
        assertThat(engine.tasks().page(own.claimedBy("bob")).tasks()).isEmpty();
        assertThat(engine.tasks().page(own.withWorkflow("ode")).tasks()).isEmpty();
        refused(ProblemCode.INPUT_TYPE, "1 to 200", () -> engine.tasks().page(own.withLimit(201)));
        refused(ProblemCode.INPUT_TYPE, "cursor", () -> engine.tasks().page(own.after("???")));
        runs.forEach(engine::cancel);
        engine.cancel(other);
    }
}
