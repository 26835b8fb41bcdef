package dev.hone.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskPage;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.ledger.TaskState;
import dev.hone.server.Own;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs ask people: listed, taken, answered. A task inside of maps and loops is named with its iteration. */
@Controller("/api/v1/tasks")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Tasks")
class TaskController {

    private static final String ONE = "/{run}/{step}";
    private static final int USUAL_MINUTES = 30;

    private final Engine engine;
    private final Own own;
    private final Audit audit;

    TaskController(Engine engine, Own own, Audit audit) {
        this.engine = engine;
        this.own = own;
        this.audit = audit;
    }

    /**
     * Lists tasks, oldest first: those that an answer is taken for, unless a state is named.
     *
     * @param workflow the name of the workflow
     * @param run of one run
     * @param claimedBy whose claim holds now; {@code me} for the caller's
     * @param state open, late, answered, rejected, expired or closed
     * @param after the cursor of the part before
     * @param limit how many at the most
     */
    @Get
    Page<TaskView> list(
            @Nullable @QueryValue String workflow,
            @Nullable @QueryValue String run,
            @Nullable @QueryValue String claimedBy,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        Caller caller = Caller.of(who);
        TaskQuery query = TaskQuery.open().withTenant(caller.tenant()).withLimit(limit);
        String of = own.listed(caller, workflow);
        query = of == null ? query : query.withWorkflow(of);
        query = run == null ? query : query.withRun(run);
        query = claimedBy == null ? query : query.claimedBy(claimedBy.equals("me") ? caller.name() : claimedBy);
        query = state == null ? query : query.withStates(Set.of(state(state)));
        query = after == null ? query : query.after(after);
        TaskPage page = engine.tasks().page(query);
        return new Page<>(page.tasks().stream().map(TaskView::of).toList(), page.next());
    }

    private static TaskState state(String word) {
        for (TaskState state : TaskState.values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state;
            }
        }
        throw new EngineException(List.of(Problem.of(
                ProblemCode.BAD_REQUEST,
                "there is no state '" + word + "' of a task.",
                "Name one of "
                        + String.join(
                                        ", ",
                                        List.of(TaskState.values()).stream()
                                                .map(Enum::name)
                                                .toList())
                                .toLowerCase(Locale.ROOT)
                        + ".")));
    }

    /** A task. */
    @Get(ONE)
    TaskView get(String run, String step, @QueryValue(defaultValue = "") String iteration, Authentication who) {
        return TaskView.of(engine.tasks().get(id(run, step, iteration, who)));
    }

    /** Takes a task, so that nobody else answers it meanwhile; taking it again makes the time longer. */
    @Post(ONE + "/claim")
    @Secured(Role.MAY_REVIEW)
    TaskView claim(
            String run,
            String step,
            @QueryValue(defaultValue = "") String iteration,
            @Nullable @Valid @Body Term term,
            Authentication who) {
        Duration minutes = Duration.ofMinutes(term == null ? USUAL_MINUTES : term.minutes());
        return done(who, "task.claim", engine.tasks().claim(id(run, step, iteration, who), name(who), minutes));
    }

    /** Gives a task back. */
    @Post(ONE + "/release")
    @Secured(Role.MAY_REVIEW)
    TaskView release(String run, String step, @QueryValue(defaultValue = "") String iteration, Authentication who) {
        return done(who, "task.release", engine.tasks().release(id(run, step, iteration, who), name(who)));
    }

    /** Keeps what somebody has written so far, any JSON. */
    @Put(ONE + "/draft")
    @Secured(Role.MAY_REVIEW)
    TaskView draft(
            String run,
            String step,
            @QueryValue(defaultValue = "") String iteration,
            @Body JsonNode draft,
            Authentication who) {
        return done(who, "task.draft", engine.tasks().draft(id(run, step, iteration, who), name(who), draft));
    }

    /** Answers: {rating}, {choice}, {text}, {label} or {approved}, as the form asks. The run goes on. */
    @Post(ONE + "/answer")
    @Secured(Role.MAY_REVIEW)
    TaskView answer(
            String run,
            String step,
            @QueryValue(defaultValue = "") String iteration,
            @Body ObjectNode answer,
            Authentication who) {
        String task = id(run, step, iteration, who);
        engine.tasks().answer(task, answer, name(who));
        return done(who, "task.answer", engine.tasks().get(task));
    }

    /** Says that there will be no answer: the run goes on as when the time for it is over. */
    @Post(ONE + "/reject")
    @Secured(Role.MAY_REVIEW)
    TaskView reject(
            String run,
            String step,
            @QueryValue(defaultValue = "") String iteration,
            @Valid @Body Rejection rejection,
            Authentication who) {
        String task = id(run, step, iteration, who);
        engine.tasks().reject(task, name(who), rejection.because());
        return done(who, "task.reject", engine.tasks().get(task));
    }

    private TaskView done(Authentication who, String act, Task task) {
        audit.record(Caller.of(who), act, task.id());
        return TaskView.of(task);
    }

    private static String name(Authentication who) {
        return Caller.of(who).name();
    }

    /** The task's id, when its run is one of the caller's tenant. */
    private String id(String run, String step, String iteration, Authentication who) {
        String place = own.run(Caller.of(who), run).id() + "/" + step;
        return iteration.isEmpty() ? place : place + "/" + iteration;
    }

    /** @param minutes how long the task is nobody else's */
    @Introspected
    @Schema(name = "Claim")
    record Term(@Min(1) @Max(43_200) int minutes) {}

    /** @param because in a sentence */
    @Introspected
    @Schema(name = "Rejection")
    record Rejection(@NotNull @Size(max = 2_000) String because) {}
}
