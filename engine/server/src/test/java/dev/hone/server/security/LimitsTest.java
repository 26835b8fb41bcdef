package dev.hone.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Guarded;
import dev.hone.server.Served;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LimitsTest {

    private static final String CHECK = "/api/v1/workflows/check";

    @Test
    void aKeyAsksSoOftenAMinuteAndNoMore(@TempDir Path dir) {
        try (Served server = Served.start(dir, Guarded.settings(Map.of("hone.security.requests-per-minute", "5")))) {
            String one = Guarded.key(Guarded.operator(server), Map.of("name", "one", "roles", Set.of("viewer")));
            String two = Guarded.key(Guarded.operator(server), Map.of("name", "two", "roles", Set.of("viewer")));

            List<Served.Answer> answers = IntStream.range(0, 8)
                    .mapToObj(n -> server.with(one).post(CHECK, Map.of("text", "x")))
                    .toList();

            assertThat(answers.subList(0, 5)).extracting(Served.Answer::status).containsOnly(200);
            Served.Answer refused = answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.body().path("code").asText()).isEqualTo("TOO_MANY");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
            Served.Answer asOpenAi = server.with(one).get("/v1/models");
            assertThat(asOpenAi.status()).as(asOpenAi.text()).isEqualTo(429);
            assertThat(asOpenAi.body().at("/error/type").asText()).isEqualTo("rate_limit_error");
            assertThat(asOpenAi.body().at("/error/code").asText()).isEqualTo("TOO_MANY");
            assertThat(asOpenAi.body().at("/error/message").asText()).contains("5 requests", "Retry-After");
            assertThat(Integer.parseInt(asOpenAi.header("Retry-After"))).isBetween(1, 61);
            assertThat(server.with(two).post(CHECK, Map.of("text", "x")).status())
                    .as("another key has its own")
                    .isEqualTo(200);
        }
    }

    @Test
    void whoTriesKeysIsHeardNoMoreButThoseWithGoodOnesAre(@TempDir Path dir) {
        try (Served server = Served.start(dir, Guarded.settings(Map.of("hone.security.refusals-per-minute", "4")))) {
            Served operator = Guarded.operator(server);
            Served good = server.with(Guarded.key(operator, Map.of("name", "one", "roles", Set.of("viewer"))));
            Served later = server.with(Guarded.key(operator, Map.of("name", "two", "roles", Set.of("viewer"))));
            assertThat(good.get("/api/v1/runs").status()).isEqualTo(200);

            List<Integer> answers = IntStream.range(0, 8)
                    .mapToObj(n -> server.with("guess-" + n).get("/api/v1/runs").status())
                    .toList();
            Served.Answer none = server.get("/v1/models");

            assertThat(answers).startsWith(401, 401, 401, 401).contains(429).containsOnly(401, 429);
            assertThat(none.status()).as(none.text()).isEqualTo(429);
            assertThat(none.body().at("/error/type").asText()).isEqualTo("rate_limit_error");
            assertThat(Integer.parseInt(none.header("Retry-After"))).isBetween(1, 61);
            assertThat(good.get("/api/v1/runs").status())
                    .as("one that was good before")
                    .isEqualTo(200);
            assertThat(later.get("/api/v1/runs").status())
                    .as("one that is not known from here")
                    .isEqualTo(429);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused(@TempDir Path dir) {
        try (Served server = Served.start(dir, Map.of("hone.max-request-size", "100KB"))) {
            Served.Answer answer = server.post(CHECK, Map.of("text", "x".repeat(200_000)));

            assertThat(answer.status()).as(answer.text()).isEqualTo(413);
            assertThat(answer.body().path("code").asText()).isEqualTo("TOO_LARGE");
        }
    }

    @Test
    void noPageOfAnotherSiteMayReadAnswers() {
        Map<String, String> foreign = Map.of("Origin", "https://evil.example", "Access-Control-Request-Method", "POST");

        Served.Answer asked = Guarded.nobody().ask("OPTIONS", CHECK, null, foreign);
        Served.Answer sent = Guarded.as("cors", "viewer").ask("POST", CHECK, Map.of("text", "x"), foreign);

        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(sent.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
