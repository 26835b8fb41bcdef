package dev.hone.server.offer;

import dev.hone.dsl.Problem;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.work.Json;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Runs of workflows for those who wait for the answer. */
@Singleton
public final class Calls {

    private static final System.Logger LOG = System.getLogger(Calls.class.getName());

    private static final Scheduler THREADS =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "hone-answers");

    private final Engine engine;
    private final OfferSettings settings;
    private final Allowed allowed;
    private final Audit audit;

    Calls(Engine engine, OfferSettings settings, Allowed allowed, Audit audit) {
        this.engine = engine;
        this.settings = settings;
        this.allowed = allowed;
        this.audit = audit;
    }

    /**
     * Starts a run of the caller's tenant.
     *
     * @return its id
     * @throws EngineException when the workflow is not for those who wait, or does not take the request
     */
    public String start(Offer offer, RunRequest request, Caller caller) {
        List<Problem> problems = refusal(offer);
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        allowed.require(offer.program().workflow(), request.models());
        String run = engine.start(engine.deploy(offer.program(), offer.source()), request.withTenant(caller.tenant()));
        audit.record(caller, "run.start", run, Map.of("workflow", offer.name()));
        return run;
    }

    /** Why a workflow cannot be started here, as the operator's settings are now; nothing when it can. */
    List<Problem> refusal(Offer offer) {
        List<Problem> problems = allowed.problems(offer.program().workflow());
        return problems.isEmpty() ? offer.unfit().stream().toList() : problems;
    }

    /** The end of a run; with an {@link EngineException} when this process cannot bring it there. */
    public Mono<Answer> answer(Offer offer, String run) {
        return Mono.fromFuture(engine.ending(run), true)
                .publishOn(THREADS) // the engine has other things to do
                .map(result -> new Answer(offer, result, isCut(result)));
    }

    private boolean isCut(RunResult result) {
        boolean accepted = result.best().filter(RunResult.Best::accepted).isPresent();
        return !accepted
                && switch (result.stop().kind()) {
                    case BUDGET, TIME -> true;
                    case LIMIT -> !cameTrue(result.run());
                    case COMPLETED, RULE, PAUSED, PROBLEM, CANCELLED -> false;
                };
    }

    /** Whether the last loop ended by its {@code until}. */
    private boolean cameTrue(String run) {
        return engine.events(run).stream()
                .filter(event -> event.kind() == EventKind.ROUND)
                .map(event -> Json.read(event.body()).path("why").asText())
                .filter(why -> !why.isEmpty())
                .reduce((one, later) -> later)
                .filter("until"::equals)
                .isPresent();
    }

    /** Nobody waits for a run any more. */
    public void abandon(String run) {
        if (!settings.keepAbandoned()) {
            Thread.ofVirtual().name("hone-abandoned").start(() -> cancel(run));
        }
    }

    private void cancel(String run) {
        try {
            engine.cancel(run);
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "the run {0}, whose caller is gone, was not cancelled: {1}", run, e);
        }
    }
}
