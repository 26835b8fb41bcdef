package dev.hone.server.openai;

import dev.hone.server.error.ProblemDocument;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whatever is refused below {@code /v1}, also before a controller hears of it, is refused in OpenAI's form. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ServerFilter("/v1/**")
final class OpenAiErrors {

    @ResponseFilter
    void translate(MutableHttpResponse<?> response) {
        if (response.body() instanceof ProblemDocument document) {
            String message = document.problems().stream()
                    .map(item -> item.what() + " " + item.fix())
                    .collect(Collectors.joining("\n"));
            response.body(ErrorBody.of(response.status(), document.code(), message, Optional.empty()))
                    .contentType(MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
