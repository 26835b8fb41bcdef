package dev.hone.server.webhooks;

import dev.hone.server.store.Webhook;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is told of a webhook.
 *
 * @param enabled whether anything is sent
 * @param earlierSecretUntil until when the secret before the last rotation signs, too
 */
@Schema(name = "Webhook")
record WebhookView(
        String id,
        String url,
        Set<String> events,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        Optional<Instant> earlierSecretUntil) {

    /** @param secret what messages are signed with, as Standard Webhooks writes it */
    @Schema(name = "WebhookTold")
    record Told(String secret, WebhookView webhook) {}

    static WebhookView of(Webhook webhook, Instant now) {
        return new WebhookView(
                webhook.id(),
                webhook.url(),
                new TreeSet<>(webhook.events()),
                webhook.enabled(),
                webhook.createdBy(),
                webhook.createdAt(),
                webhook.earlierUntil().filter(now::isBefore));
    }
}
