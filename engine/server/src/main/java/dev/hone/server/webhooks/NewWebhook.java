package dev.hone.server.webhooks;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.server.store.EventName;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook is to be.
 *
 * @param url where messages are posted
 * @param events of run.started, run.paused, run.resumed, run.finished, task.waiting and task.answered
 * @param enabled whether anything is sent; true when absent
 */
@Introspected
@Schema(name = "WebhookWanted")
record NewWebhook(
        @NotBlank @Size(max = 2000) String url,
        @NotEmpty @Size(max = 20) Set<String> events,
        @Nullable Boolean enabled) {

    boolean on() {
        return enabled == null || enabled;
    }

    /** @throws EngineException when there is no such event */
    Set<String> known() {
        for (String event : events) {
            if (!EventName.words().contains(event)) {
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.BAD_SETTING,
                        "there is no event " + event + ".",
                        Nearest.to(event, EventName.words())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Write some of " + String.join(", ", EventName.words()) + "."))));
            }
        }
        return new TreeSet<>(events);
    }
}
