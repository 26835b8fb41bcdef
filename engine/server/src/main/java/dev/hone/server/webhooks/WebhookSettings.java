package dev.hone.server.webhooks;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * @param masterKeyVariable the environment variable from which the signing secrets are derived; without it a file in the data
 *     directory. Nodes that share a database need the variable
 * @param firstRetry after which a message is sent again; each later one takes four times as long, six hours at the most
 * @param attempts after which a message is dead
 * @param timeout of one attempt, from the connection to the end of the answer
 */
@ConfigurationProperties("hone.webhooks")
record WebhookSettings(
        @Bindable(defaultValue = "HONE_WEBHOOK_KEY") String masterKeyVariable,
        @Bindable(defaultValue = "5s") Duration firstRetry,
        @Bindable(defaultValue = "10") int attempts,
        @Bindable(defaultValue = "15s") Duration timeout) {}
