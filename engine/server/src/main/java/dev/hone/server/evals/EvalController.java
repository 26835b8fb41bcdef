package dev.hone.server.evals;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.Sha256;
import dev.hone.engine.work.Json;
import dev.hone.eval.Experiment;
import dev.hone.eval.Measured;
import dev.hone.eval.Reports;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.store.EvalJob;
import dev.hone.server.store.EvalJobs;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Evaluations: a workflow held against its controls and others, on the same tasks with the same seeds. */
@Controller("/api/v1/evals")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Evaluations")
class EvalController {

    private static final Duration GLANCE = Duration.ofMillis(500);

    /** The page is of texts that users wrote: nothing in it runs, and it fetches nothing. */
    private static final String LOCKED = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private final Engine engine;
    private final EvalJobs jobs;
    private final EvalNode node;
    private final EvalSettings settings;
    private final Allowed allowed;
    private final Audit audit;
    private final Scheduler threads = Schedulers.fromExecutor(
            task -> Thread.ofVirtual().name("hone-eval-progress").start(task));

    EvalController(Engine engine, EvalJobs jobs, EvalNode node, EvalSettings settings, Allowed allowed, Audit audit) {
        this.engine = engine;
        this.jobs = jobs;
        this.node = node;
        this.settings = settings;
        this.allowed = allowed;
        this.audit = audit;
    }

    /**
     * Starts an evaluation. Its runs are the tenant's and count against its limits.
     *
     * @param key the caller's own name for this request: when it is made again with the same key, it is the same evaluation
     */
    @Post
    @Secured(Role.MAY_AUTHOR)
    @ApiResponse(responseCode = "201", description = "The evaluation; it goes on by itself, also after a restart.")
    HttpResponse<EvalView> start(
            @Valid @Body EvalStart start, @Nullable @Header("Idempotency-Key") String key, Authentication who) {
        Caller caller = Caller.of(who);
        caller.requireUse(start.workflow());
        Deployed deployed =
                engine.deployments().get(caller.tenant(), start.workflow(), Optional.ofNullable(start.version()));
        Experiment experiment = start.experiment(engine.workshop(), deployed, caller.tenant());
        experiment.arms().forEach(arm -> {
            allowed.require(arm.program());
            allowed.require(arm.program().workflow(), arm.models());
        });
        allowed.require(deployed.program().workflow(), start.models() == null ? Map.of() : start.models());
        if (experiment.runs() > settings.mostRuns()) {
            throw problem(
                    ProblemCode.TOO_LARGE,
                    "the evaluation would have " + experiment.runs() + " runs, and has " + settings.mostRuns()
                            + " at most.",
                    "Take fewer tasks, seeds or arms.");
        }
        int version = deployed.deployment().version();
        String request = start.of(version).json();
        String id = id(caller.tenant(), key);
        Optional<EvalJob> earlier = key == null ? Optional.empty() : jobs.find(caller.tenant(), id);
        if (earlier.isPresent()) {
            return created(same(earlier.get(), request));
        }
        if (jobs.open(caller.tenant()) >= settings.perTenant()) {
            throw problem(
                    ProblemCode.TOO_MANY,
                    settings.perTenant() + " evaluations wait or run already.",
                    "Wait until one has ended, or cancel one.");
        }
        EvalJob job = new EvalJob(
                id,
                caller.tenant(),
                start.workflow(),
                version,
                request,
                EvalJob.State.QUEUED,
                1,
                Optional.empty(),
                Optional.empty(),
                caller.name(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Optional.empty());
        jobs.add(job);
        audit.record(caller, "eval.start", job.id(), Map.of("workflow", job.workflow(), "version", version));
        node.wake();
        return created(job);
    }

    private static HttpResponse<EvalView> created(EvalJob job) {
        return HttpResponse.created(EvalView.of(job), URI.create("/api/v1/evals/" + job.id()));
    }

    /** What has a key is found by it. */
    private static String id(String tenant, @Nullable String key) {
        return key == null
                ? UUID.randomUUID().toString().replace("-", "")
                : Sha256.of(tenant, key).substring(0, 32);
    }

    private static EvalJob same(EvalJob earlier, String request) {
        if (!Json.read(earlier.request()).equals(Json.read(request))) {
            throw problem(
                    ProblemCode.KEY_REUSED,
                    "another evaluation was started with this key.",
                    "Use a new key for each evaluation, and the same one only to ask for the same again.");
        }
        return earlier;
    }

    /**
     * Lists evaluations, newest first.
     *
     * @param after the cursor of the part before
     * @param limit how many at the most
     */
    @Get
    Page<EvalView> list(
            @Nullable @QueryValue String after, @QueryValue(defaultValue = Page.USUAL) int limit, Authentication who) {
        if (limit < 1 || limit > Page.MOST) {
            throw problem(
                    ProblemCode.BAD_REQUEST,
                    "a page has 1 to " + Page.MOST + " entries, not " + limit + ".",
                    "Ask for the next page with the cursor of this one.");
        }
        Caller caller = Caller.of(who);
        List<EvalJob> found = jobs.list(caller.tenant(), Optional.ofNullable(after), limit + 1);
        List<EvalJob> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                page.stream()
                        .filter(job -> caller.mayUse(job.workflow()))
                        .map(EvalView::of)
                        .toList(),
                found.size() > limit ? Optional.of(page.getLast().id()) : Optional.empty());
    }

    /** An evaluation, and how far it is. */
    @Get("/{id}")
    EvalView get(String id, Authentication who) {
        return EvalView.of(own(id, who));
    }

    /** Streams how far it is, whenever that changes, until it has ended. */
    @Get(value = "/{id}/progress", produces = MediaType.TEXT_EVENT_STREAM)
    HttpResponse<Publisher<Event<EvalView>>> progress(String id, Authentication who) {
        String tenant = own(id, who).tenant();
        return HttpResponse.<Publisher<Event<EvalView>>>ok(Flux.interval(Duration.ZERO, GLANCE)
                        .onBackpressureDrop()
                        .publishOn(threads, 1)
                        .map(glance -> EvalView.of(find(tenant, id)))
                        .distinctUntilChanged()
                        .takeUntil(view -> view.state().ended())
                        .map(view -> Event.of(view).name(view.state().name())))
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    /** Ends an evaluation, and its runs with it. What was made is kept. One that has ended stays as it is. */
    @Post("/{id}/cancel")
    @Secured(Role.MAY_AUTHOR)
    EvalView cancel(String id, Authentication who) {
        EvalJob job = own(id, who);
        if (jobs.cancel(job.id(), Instant.now())) {
            audit.record(Caller.of(who), "eval.cancel", job.id(), Map.of("workflow", job.workflow()));
            node.wake();
        }
        return get(id, who);
    }

    /** Lets an evaluation go on that was cancelled or has failed; what was made is not made again. */
    @Post("/{id}/resume")
    @Secured(Role.MAY_AUTHOR)
    EvalView resume(String id, Authentication who) {
        EvalJob job = own(id, who);
        if (!jobs.resume(job.id())) {
            throw problem(
                    ProblemCode.CONFLICT,
                    "the evaluation " + id + " is " + word(job) + ".",
                    "Resume one that was cancelled or has failed.");
        }
        audit.record(Caller.of(who), "eval.resume", job.id(), Map.of("workflow", job.workflow()));
        node.wake();
        return get(id, who);
    }

    /** What was measured, all that a report is computed from: the evidence for a promotion. */
    @Get("/{id}/measured.json")
    HttpResponse<String> measured(String id, Authentication who) {
        return HttpResponse.ok(text(id, who)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The tables, and what may be said. */
    @Get(value = "/{id}/report.md", produces = "text/markdown")
    HttpResponse<String> markdown(String id, Authentication who) {
        return HttpResponse.ok(reports(id, who).markdown()).contentType("text/markdown;charset=utf-8");
    }

    /** The report as one page, with its charts. */
    @Get(value = "/{id}/report.html", produces = MediaType.TEXT_HTML)
    HttpResponse<String> html(String id, Authentication who) {
        return HttpResponse.ok(reports(id, who).html())
                .contentType("text/html;charset=utf-8")
                .header("Content-Security-Policy", LOCKED);
    }

    private Reports reports(String id, Authentication who) {
        return new Reports(Measured.read("measured.json", text(id, who)));
    }

    private String text(String id, Authentication who) {
        EvalJob job = own(id, who);
        return jobs.measured(job.id())
                .orElseThrow(() -> problem(
                        ProblemCode.CONFLICT,
                        "the evaluation " + id + " is " + word(job) + ", so that nothing is measured yet.",
                        job.state().ended() ? "Resume it." : "Wait until it is done."));
    }

    private static String word(EvalJob job) {
        return switch (job.state()) {
            case QUEUED -> "waiting to begin";
            case RUNNING -> "running";
            case DONE -> "done";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    private EvalJob own(String id, Authentication who) {
        Caller caller = Caller.of(who);
        EvalJob job = find(caller.tenant(), id);
        caller.requireUse(job.workflow());
        return job;
    }

    private EvalJob find(String tenant, String id) {
        return jobs.find(tenant, id)
                .orElseThrow(() ->
                        problem(ProblemCode.NOT_FOUND, "there is no evaluation " + id + ".", "List those there are."));
    }

    private static EngineException problem(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
