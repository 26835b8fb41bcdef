package dev.hone.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Guarded;
import dev.hone.server.Served;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(server.with(two).post(CHECK, Map.of("text", "x")).status())
                    .as("another key has its own")
                    .isEqualTo(200);
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
