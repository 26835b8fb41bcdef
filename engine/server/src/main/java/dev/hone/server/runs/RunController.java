package dev.hone.server.runs;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.RunPage;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.server.Own;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.workflows.SourceText;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs of workflows. */
@Controller("/api/v1/runs")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Runs")
class RunController {

    private final Engine engine;
    private final Own own;
    private final Allowed allowed;
    private final Audit audit;

    RunController(Engine engine, Own own, Allowed allowed, Audit audit) {
        this.engine = engine;
        this.own = own;
        this.allowed = allowed;
        this.audit = audit;
    }

    // --- one begins

    /**
     * Starts a run.
     *
     * @param key the caller's own name for this request: when it is made again with the same key, it is the same run
     */
    @Post
    @Secured(Role.MAY_AUTHOR)
    @ApiResponse(responseCode = "201", description = "The run; it goes on by itself.")
    HttpResponse<RunView.Line> start(
            @Valid @Body RunStart start, @Nullable @Header("Idempotency-Key") String key, Authentication who) {
        Caller caller = Caller.of(who);
        Deployed deployed = own.runnable(caller, start.workflow(), start.version());
        RunRequest request = start.request(caller.tenant(), Optional.ofNullable(key));
        allowed.require(deployed.program().workflow(), request.models());
        String run = engine.start(deployed.program(), request);
        return created(caller, "run.start", run, Map.of("workflow", start.workflow()));
    }

    private HttpResponse<RunView.Line> created(Caller caller, String act, String run, Map<String, ?> detail) {
        audit.record(caller, act, run, detail);
        return HttpResponse.created(RunView.Line.of(engine.summary(run)), URI.create("/api/v1/runs/" + run));
    }

    // --- what there is

    /**
     * Lists runs, newest first.
     *
     * @param workflow the name of the workflow
     * @param state what they are doing: running, waiting (for a person), paused or finished
     * @param stop the kind of their end, for example rule or budget
     * @param label name:value, of those that they have
     * @param from created at this time or later
     * @param before created before this time
     * @param after the cursor of the part before
     * @param limit how many at the most
     */
    @Get
    Page<RunView.Line> list(
            @Nullable @QueryValue String workflow,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String stop,
            @Nullable @QueryValue List<String> label,
            @Nullable @QueryValue Instant from,
            @Nullable @QueryValue Instant before,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        Caller caller = Caller.of(who);
        RunQuery query = RunQuery.of(caller.tenant()).withLimit(limit);
        String of = own.listed(caller, workflow);
        query = of == null ? query : query.withWorkflow(of);
        query = state == null ? query : query.withPhase(phase(state));
        query = stop == null ? query : query.withStop(stop.toUpperCase(Locale.ROOT));
        query = from == null ? query : query.createdFrom(from);
        query = before == null ? query : query.createdBefore(before);
        query = after == null ? query : query.after(after);
        for (String one : label == null ? List.<String>of() : label) {
            int colon = one.indexOf(':');
            if (colon < 1) {
                throw bad("the label '" + one + "' has no name", "Write name:value");
            }
            query = query.withLabel(one.substring(0, colon), one.substring(colon + 1));
        }
        RunPage page = engine.runs(query);
        return new Page<>(page.runs().stream().map(RunView.Line::of).toList(), page.next());
    }

    private static RunPhase phase(String word) {
        for (RunPhase phase : RunPhase.values()) {
            if (phase.name().equalsIgnoreCase(word)) {
                return phase;
            }
        }
        throw bad("there is no state '" + word + "'", "Name one of running, waiting, paused, finished");
    }

    /** A run, and its result once it has ended. */
    @Get("/{run}")
    RunView.Whole get(String run, Authentication who) {
        return RunView.Whole.of(
                engine, engine.summary(own.run(Caller.of(who), run).id()));
    }

    // --- one is steered

    /** Ends a run at once, with the best artifact so far. One that has ended stays as it is. */
    @Post("/{run}/cancel")
    @Secured(Role.MAY_AUTHOR)
    RunResult cancel(String run, Authentication who) {
        Caller caller = Caller.of(who);
        RunResult result = engine.cancel(own.run(caller, run).id());
        audit.record(caller, "run.cancel", run);
        return result;
    }

    /**
     * Lets nothing new of a run begin until it is resumed. What models are writing is heard to its end and kept.
     *
     * @param reason why, for those who look at the run later
     */
    @Post("/{run}/pause")
    @Secured(Role.MAY_AUTHOR)
    RunView.Line pause(String run, @Nullable @Valid @Body Reason reason, Authentication who) {
        Caller caller = Caller.of(who);
        engine.pause(own.run(caller, run).id(), caller.name(), reason == null ? "" : reason.because());
        return done(caller, "run.pause", run, Map.of());
    }

    /** Lets a run go on that is paused, or that ended with a problem, for its budget, or cancelled. Nothing is bought twice. */
    @Post("/{run}/resume")
    @Secured(Role.MAY_AUTHOR)
    RunView.Line resume(String run, Authentication who) {
        Caller caller = Caller.of(who);
        engine.resume(own.run(caller, run).id());
        return done(caller, "run.resume", run, Map.of());
    }

    /** Gives a run more to spend: of calls, tokens, money (in US dollars), seconds or whatever else its workflow limits. */
    @Post("/{run}/budget")
    @Secured(Role.MAY_ADMINISTER)
    RunView.Line raise(String run, @Valid @Body More more, Authentication who) {
        Caller caller = Caller.of(who);
        engine.raise(own.run(caller, run).id(), more.resources(), caller.name());
        return done(caller, "run.raise-budget", run, Map.of("more", more.more()));
    }

    private RunView.Line done(Caller caller, String act, String run, Map<String, ?> detail) {
        audit.record(caller, act, run, detail);
        return RunView.Line.of(engine.summary(run));
    }

    /**
     * Starts a run that has the beginning of another in common and goes on from there: from a step that is to be done again, or
     * with another version of the workflow, from the first decision that it makes differently.
     */
    @Post("/{run}/fork")
    @Secured(Role.MAY_AUTHOR)
    @ApiResponse(responseCode = "201", description = "The new run; it goes on by itself.")
    HttpResponse<RunView.Line> fork(String run, @Valid @Body Fork fork, Authentication who)
            throws InterruptedException {
        Caller caller = Caller.of(who);
        String id = own.run(caller, run).id();
        Optional<Program> other = Optional.ofNullable(fork.workflow())
                .map(name -> own.runnable(caller, name, fork.version()).program());
        if (other.isEmpty() && fork.step() == null) {
            throw bad("a fork needs a place or another version", "Name a step to begin again at, or a workflow");
        }
        String forked = fork.step() == null
                ? engine.fork(id, other.orElseThrow(), caller.name())
                : engine.fork(
                        id,
                        other.orElseGet(() -> engine.program(id)),
                        engine.before(id, fork.step(), fork.iteration() == null ? "" : fork.iteration()),
                        caller.name());
        return created(caller, "run.fork", forked, Map.of("of", id));
    }

    /** Lets a run that has ended happen again from its recording, perhaps under other rules: nobody is asked, nothing is paid. */
    @Post("/{run}/replay")
    @Secured(Role.MAY_AUTHOR)
    @ApiResponse(responseCode = "201", description = "The replay; it goes on by itself.")
    HttpResponse<RunView.Line> replay(String run, @Nullable @Valid @Body Other other, Authentication who) {
        Caller caller = Caller.of(who);
        String id = own.run(caller, run).id();
        String replay = other == null ? engine.replay(id) : engine.replay(id, program(caller, other));
        return created(caller, "run.replay", replay, Map.of("of", id));
    }

    private Program program(Caller caller, Other other) {
        String name = other.workflow();
        SourceText text = other.source();
        if (name != null && text == null) {
            return own.workflow(caller, name, other.version()).program();
        }
        if (name != null || text == null) {
            throw bad("other rules are those of a deployed workflow or of a text", "Send 'workflow' or 'source'");
        }
        Source source = text.source();
        return engine.deploy(allowed.require(engine.workshop().compile(source)), source);
    }

    private static EngineException bad(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.BAD_REQUEST, what + ".", fix + ".")));
    }

    /** @param because in a sentence */
    @Introspected
    @Schema(name = "Reason")
    record Reason(@NotNull String because) {}

    /** @param more by the names of the resources that the workflow's budget has: calls, tokens, money, seconds ... */
    @Introspected
    @Schema(name = "BudgetRaise")
    record More(@NotNull Map<String, @NotNull BigDecimal> more) {

        private Map<Workflow.Resource, BigDecimal> resources() {
            Map<Workflow.Resource, BigDecimal> resources = new EnumMap<>(Workflow.Resource.class);
            more.forEach((word, amount) -> resources.put(resource(word), amount));
            return resources;
        }

        private static Workflow.Resource resource(String word) {
            for (Workflow.Resource resource : Workflow.Resource.values()) {
                if (resource.name().equalsIgnoreCase(word)) {
                    return resource;
                }
            }
            throw bad("there is no resource '" + word + "'", "Name one that the workflow's budget has");
        }
    }

    /**
     * @param step to be done again, with all that comes after it
     * @param iteration which time of it, for example {@code rounds=2}; the first one if it is not said
     * @param workflow whose version is to go on in the place of the run's own
     * @param version the latest if it is not said
     */
    @Introspected
    @Schema(name = "Fork")
    record Fork(
            @Nullable String step,
            @Nullable String iteration,
            @Nullable String workflow,
            @Nullable Integer version) {}

    /**
     * @param workflow the name of a deployed workflow
     * @param version the latest if it is not said
     * @param source a workflow that is not deployed for it, in the place of one that is
     */
    @Introspected
    @Schema(name = "OtherRules")
    record Other(
            @Nullable String workflow,
            @Nullable Integer version,
            @Nullable @Valid SourceText source) {}
}
