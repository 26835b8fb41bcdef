package dev.hone.server.webhooks;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.security.Rotation;
import dev.hone.server.security.Secrets;
import dev.hone.server.store.EventName;
import dev.hone.server.store.Message;
import dev.hone.server.store.Messages;
import dev.hone.server.store.Webhook;
import dev.hone.server.store.Webhooks;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
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
import org.jspecify.annotations.Nullable;

/** Where the tenant wants to be told of events: signed as Standard Webhooks 1.0 says, at least once, in no particular order. */
@Controller("/api/v1/webhooks")
@Secured(Role.MAY_ADMINISTER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Webhooks")
class WebhookController {

    private static final int MOST = 20;

    private final Webhooks webhooks;
    private final Messages messages;
    private final Receiver receiver;
    private final Signatures signatures;
    private final Deliverer deliverer;
    private final Audit audit;

    WebhookController(
            Webhooks webhooks,
            Messages messages,
            Receiver receiver,
            Signatures signatures,
            Deliverer deliverer,
            Audit audit) {
        this.webhooks = webhooks;
        this.messages = messages;
        this.receiver = receiver;
        this.signatures = signatures;
        this.deliverer = deliverer;
        this.audit = audit;
    }

    /**
     * Makes a webhook.
     *
     * @return it with the secret that its messages are signed with, which is told this once and never again
     */
    @Post
    @ApiResponse(responseCode = "201", description = "It, and the secret that signs, which is told this once.")
    HttpResponse<WebhookView.Told> create(@Valid @Body NewWebhook wanted, Authentication who) {
        Caller caller = Caller.of(who);
        receiver.check(wanted.url());
        if (webhooks.list(caller.tenant()).size() >= MOST) {
            throw refused(
                    ProblemCode.CONFLICT,
                    "the tenant has " + MOST + " webhooks already.",
                    "Remove one that is not needed.");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Webhook webhook = new Webhook(
                "wh_" + Secrets.id(),
                caller.tenant(),
                wanted.url(),
                wanted.known(),
                wanted.on(),
                1,
                Optional.empty(),
                caller.name(),
                now);
        webhooks.add(webhook);
        audit.record(caller, "webhook.create", webhook.id(), Map.of("url", webhook.url(), "events", webhook.events()));
        return HttpResponse.created(told(webhook, now), URI.create("/api/v1/webhooks/" + webhook.id()));
    }

    /** Lists the webhooks, oldest first. A tenant has twenty at the most. */
    @Get
    List<WebhookView> list(Authentication who) {
        Instant now = Instant.now();
        return webhooks.list(Caller.of(who).tenant()).stream()
                .map(webhook -> WebhookView.of(webhook, now))
                .toList();
    }

    /** A webhook, without its secret. */
    @Get("/{id}")
    WebhookView get(String id, Authentication who) {
        return WebhookView.of(find(id, who), Instant.now());
    }

    /** Changes where a webhook leads, what it tells of, and whether it is on. What waits while it is off is sent then. */
    @Put("/{id}")
    WebhookView change(String id, @Valid @Body NewWebhook wanted, Authentication who) {
        Webhook webhook = find(id, who);
        receiver.check(wanted.url());
        webhooks.change(id, wanted.url(), wanted.known(), wanted.on());
        audit.record(
                Caller.of(who),
                "webhook.change",
                id,
                Map.of("url", wanted.url(), "events", wanted.events(), "enabled", wanted.on(), "was", webhook.url()));
        deliverer.look();
        return WebhookView.of(find(id, who), Instant.now());
    }

    /** Removes a webhook, and what was still to be sent to it. */
    @Delete("/{id}")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    HttpResponse<?> remove(String id, Authentication who) {
        Webhook webhook = find(id, who);
        webhooks.remove(id);
        audit.record(Caller.of(who), "webhook.remove", id, Map.of("url", webhook.url()));
        return HttpResponse.noContent();
    }

    /**
     * Gives a webhook another secret. The present one signs, too, for as long as is said.
     *
     * @return it with the new secret, which is told this once and never again
     */
    @Post("/{id}/rotate")
    WebhookView.Told rotate(String id, @Valid @Body Rotation rotation, Authentication who) {
        find(id, who);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Duration grace = rotation.length();
        webhooks.rotate(id, now.plus(grace));
        audit.record(Caller.of(who), "webhook.rotate", id, Map.of("grace", grace.toString()));
        return told(find(id, who), now);
    }

    /**
     * Sends a message of the type {@code test}.
     *
     * @return it, still to be sent; the list of deliveries tells what became of it
     */
    @Post("/{id}/test")
    @ApiResponse(responseCode = "202", description = "The message, still to be sent.")
    HttpResponse<Delivery> test(String id, Authentication who) {
        Webhook webhook = find(id, who);
        if (!webhook.enabled()) {
            throw refused(ProblemCode.CONFLICT, "the webhook " + id + " is off.", "Turn it on with \"enabled\": true.");
        }
        Instant now = Instant.now();
        String body = Json.object()
                .put("type", EventName.TEST.word())
                .put("timestamp", now.toString())
                .set("data", Json.object().put("webhook", id).put("tenant", webhook.tenant()))
                .toString();
        String message = messages.add(id, EventName.TEST, body, now);
        audit.record(Caller.of(who), "webhook.test", id, Map.of("message", message));
        deliverer.look();
        return HttpResponse.accepted().body(delivery(id, message));
    }

    /**
     * Lists what a webhook was told in the last 30 days and is to be told, newest first, with each attempt.
     *
     * @param after the cursor of the part before
     * @param limit how many at the most, up to 200
     */
    @Get("/{id}/deliveries")
    Page<Delivery> deliveries(
            String id,
            @Nullable @QueryValue String after,
            @QueryValue(defaultValue = Page.USUAL) int limit,
            Authentication who) {
        find(id, who);
        if (limit < 1 || limit > Page.MOST) {
            throw refused(
                    ProblemCode.BAD_REQUEST,
                    "limit is " + limit + ", and a part has 1 to " + Page.MOST + " deliveries.",
                    "Correct the limit.");
        }
        List<Message> found = messages.list(id, Optional.ofNullable(after), limit + 1);
        boolean more = found.size() > limit;
        List<Message> part = more ? found.subList(0, limit) : found;
        return new Page<>(
                part.stream()
                        .map(message -> Delivery.of(message, messages.attempts(message.id())))
                        .toList(),
                more ? Optional.of(part.getLast().id()) : Optional.empty());
    }

    /** Sends a dead message again. */
    @Post("/{id}/deliveries/{message}/retry")
    @ApiResponse(responseCode = "202", description = "The message, still to be sent.")
    HttpResponse<Delivery> retry(String id, String message, Authentication who) {
        find(id, who);
        delivery(id, message);
        if (!messages.revive(message, Instant.now())) {
            throw refused(
                    ProblemCode.CONFLICT,
                    "the message " + message + " is not dead.",
                    "It has been delivered, or is sent again by itself.");
        }
        audit.record(Caller.of(who), "webhook.retry", id, Map.of("message", message));
        deliverer.look();
        return HttpResponse.accepted().body(delivery(id, message));
    }

    private Delivery delivery(String id, String message) {
        return messages.find(id, message)
                .map(found -> Delivery.of(found, messages.attempts(message)))
                .orElseThrow(() -> refused(
                        ProblemCode.NOT_FOUND,
                        "the webhook " + id + " has no message " + message + ".",
                        "GET /api/v1/webhooks/" + id + "/deliveries lists those that there are."));
    }

    private WebhookView.Told told(Webhook webhook, Instant now) {
        return new WebhookView.Told(signatures.secret(webhook), WebhookView.of(webhook, now));
    }

    private Webhook find(String id, Authentication who) {
        return webhooks.find(Caller.of(who).tenant(), id)
                .orElseThrow(() -> refused(
                        ProblemCode.NOT_FOUND,
                        "there is no webhook " + id + ".",
                        "GET /api/v1/webhooks lists those that there are."));
    }

    private static EngineException refused(ProblemCode code, String what, String fix) {
        return new EngineException(List.of(Problem.of(code, what, fix)));
    }
}
