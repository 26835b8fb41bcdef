package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.Answer;
import dev.hone.server.offer.Calls;
import dev.hone.server.offer.Departure;
import dev.hone.server.offer.Offer;
import dev.hone.server.offer.OfferSettings;
import dev.hone.server.offer.Offers;
import dev.hone.server.offer.Telling;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A workflow asked as a model. */
@Controller("/v1/chat/completions")
@Secured(Role.MAY_AUTHOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "OpenAI")
class ChatController {

    /** Where each answer says which run it is of. */
    static final String RUN = "Hone-Run";

    private static final int UNANSWERED = 422; // none of those for which clients ask again by themselves, and pay again
    private static final String DONE = "[DONE]";
    private static final String ALIVE = ": alive\n\n";

    private final Engine engine;
    private final Offers offers;
    private final Calls calls;
    private final OfferSettings settings;

    ChatController(Engine engine, Offers offers, Calls calls, OfferSettings settings) {
        this.engine = engine;
        this.offers = offers;
        this.calls = calls;
        this.settings = settings;
    }

    /**
     * Runs a workflow, as OpenAI's clients ask a model. What becomes of each field is in docs/openai-and-mcp.
     *
     * @param body a request of OpenAI's chat completions, with {@code hone/WORKFLOW} as its model
     * @param key the caller's own name for this request: when it is made again with the same key, it is the same run, which
     *     therefore goes on when the caller goes away
     * @return a chat completion, or a stream of its chunks; in {@code hone} the run, why it stopped, and what it spent
     */
    @Post
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    Publisher<? extends HttpResponse<?>> complete(
            HttpRequest<?> http,
            @Body ObjectNode body,
            @Nullable @Header("Idempotency-Key") String key,
            Authentication who) {
        ChatRequest request = ChatRequest.read(body);
        Caller caller = Caller.of(who);
        Offer offer =
                offers.find(caller, request.model().workflow(), request.model().version());
        Filling.Filled filled = Filling.of(offer.program().workflow(), request);
        RunRequest run = RunRequest.of(filled.inputs())
                .withParams(Dials.turn(offer.program().workflow(), request))
                .withModels(request.models())
                .withLabels(request.labels())
                .withSeed(request.seed().orElse(1L));
        run = key == null ? run : run.withKey(key);
        return request.stream()
                ? Mono.just(streamed(offer, run, filled, caller, request.usageAtEnd()))
                : whole(http, offer, run, filled, caller);
    }

    private Mono<HttpResponse<?>> whole(
            HttpRequest<?> http, Offer offer, RunRequest request, Filling.Filled filled, Caller caller) {
        String run = calls.start(offer, request, caller);
        Completion completion = new Completion(offer, run, Instant.now(), filled.unread());
        Mono<Answer> answered = calls.answer(offer, run);
        return Departure.noticed(http, answered, () -> abandon(run, request)).map(answer -> {
            Optional<Problem> failure = answer.failure();
            return (failure.isPresent()
                            ? HttpResponse.status(UNANSWERED, "Unprocessable Entity")
                                    .body(ErrorBody.of(failure.get(), completion.remarks(answer)))
                            : HttpResponse.ok(completion.whole(answer)))
                    .header(RUN, run)
                    .contentType(MediaType.APPLICATION_JSON_TYPE);
        });
    }

    private HttpResponse<?> streamed(
            Offer offer, RunRequest request, Filling.Filled filled, Caller caller, boolean usage) {
        Telling telling = new Telling(engine);
        String run;
        try {
            run = calls.start(offer, request, caller);
            telling.of(run);
        } catch (RuntimeException e) {
            telling.close();
            throw e;
        }
        Completion completion = new Completion(offer, run, Instant.now(), filled.unread());
        Mono<Answer> answer = calls.answer(offer, run).cache();
        Flux<String> progress = telling.parts().map(part -> data(completion.progress(part)));
        Flux<String> alive = Flux.interval(settings.heartbeat())
                .onBackpressureDrop()
                .map(tick -> ALIVE)
                .takeUntilOther(answer);
        Flux<String> end = answer.flatMapIterable(it -> end(completion, it, usage))
                .map(ChatController::data)
                .onErrorResume(EngineException.class, e -> Flux.just(data(error(e))));
        return HttpResponse.ok(Flux.concat(
                                Flux.just(data(completion.first())),
                                Flux.merge(progress, alive),
                                end,
                                Flux.just("data: " + DONE + "\n\n"))
                        .doOnCancel(() -> {
                            telling.close();
                            abandon(run, request);
                        })
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .header(RUN, run)
                .header("Cache-Control", "no-cache")
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
    }

    /** Who has a key will ask again. */
    private void abandon(String run, RunRequest request) {
        if (request.key().isEmpty()) {
            calls.abandon(run);
        }
    }

    private static Iterable<JsonNode> end(Completion completion, Answer answer, boolean usage) {
        Optional<Problem> failure = answer.failure();
        if (failure.isPresent()) {
            return List.of(Json.node(ErrorBody.of(failure.get(), completion.remarks(answer))));
        }
        return usage
                ? List.of(completion.content(answer), completion.end(answer), completion.spent(answer))
                : List.of(completion.content(answer), completion.end(answer));
    }

    private static JsonNode error(EngineException e) {
        return Json.node(ErrorBody.of(e.problems().getFirst(), Json.object()));
    }

    private static String data(JsonNode json) {
        return "data: " + json + "\n\n";
    }
}
