package dev.hone.server.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.work.Json;
import dev.hone.server.Own;
import dev.hone.server.Page;
import dev.hone.server.Settings;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** What happened in a run, and what happens. */
@Controller("/api/v1/runs/{run}")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Events")
class EventController {

    private static final int MOST = 1_000;

    private final Engine engine;
    private final Own own;
    private final RunFeed feed;
    private final Duration heartbeat;

    EventController(Engine engine, Own own, RunFeed feed, Settings settings) {
        this.own = own;
        this.heartbeat = settings.heartbeat();
        this.engine = engine;
        this.feed = feed;
    }

    /**
     * Lists events in order.
     *
     * @param after the number of the last one that is known
     * @param limit how many at the most
     */
    @Get("/events")
    Page<EventView> list(
            String run,
            @QueryValue(defaultValue = "0") long after,
            @QueryValue(defaultValue = "200") int limit,
            Authentication who) {
        int most = Math.min(limit, MOST);
        List<RunEvent> events = engine.events(own.run(Caller.of(who), run).id(), after, most);
        return new Page<>(
                events.stream().map(EventView::of).toList(),
                events.size() < most
                        ? Optional.empty()
                        : Optional.of(Long.toString(events.getLast().seq())));
    }

    /**
     * Streams events until the run ends. Each has its number as its id, so that one who was cut off goes on behind the last that
     * they have, and misses none and hears none twice. A run that has ended has no content behind its last event.
     *
     * @param lastEventId the number of the last event that is known
     * @param live whether also to tell what models write while they write it, as events named {@code text} without ids
     */
    @Get(value = "/events/stream", produces = MediaType.TEXT_EVENT_STREAM)
    HttpResponse<Publisher<Event<Object>>> stream(
            String run,
            @Nullable @Header("Last-Event-ID") String lastEventId,
            @QueryValue(defaultValue = "false") boolean live,
            Authentication who) {
        String id = own.run(Caller.of(who), run).id();
        long after = number(lastEventId);
        if (engine.summary(id).phase() == RunPhase.FINISHED
                && engine.events(id, after, 1).isEmpty()) {
            return HttpResponse.noContent();
        }
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<Event<Object>> events = feed.events(id, after)
                .map(event -> Event.<Object>of(EventView.of(event))
                        .id(Long.toString(event.seq()))
                        .name(event.kind().name()))
                .doFinally(end -> over.tryEmitEmpty());
        Flux<Event<Object>> beats = Flux.interval(heartbeat)
                .onBackpressureDrop()
                .map(beat -> Event.<Object>of(Json.object()).name("heartbeat"))
                .takeUntilOther(over.asMono());
        Flux<Event<Object>> texts = live
                ? feed.texts(id)
                        .map(text -> Event.<Object>of(text).name("text"))
                        .takeUntilOther(over.asMono())
                : Flux.empty();
        return HttpResponse.<Publisher<Event<Object>>>ok(Flux.merge(events, beats, texts))
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private static long number(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(id));
        } catch (NumberFormatException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "Last-Event-ID is no number: " + id.substring(0, Math.min(20, id.length())) + ".",
                            "Send the id of the last event that came, or leave the header out."),
                    e);
        }
    }

    /** The artifacts that entered the pools, in order, with their scores and where each was made. */
    @Get("/artifacts")
    List<Found> artifacts(String run, Authentication who) {
        return found(run, who, EventKind.POOLED);
    }

    /** What rules decided, in order, with the facts that they read. */
    @Get("/decisions")
    List<Found> decisions(String run, Authentication who) {
        return found(run, who, EventKind.DECIDED);
    }

    private List<Found> found(String run, Authentication who, EventKind kind) {
        return engine.events(own.run(Caller.of(who), run).id()).stream()
                .filter(event -> event.kind() == kind)
                .map(event -> new Found(event.seq(), event.element(), event.iteration(), Json.read(event.body())))
                .toList();
    }

    /** @param seq the number of its event */
    record Found(long seq, String element, String iteration, JsonNode body) {}
}
