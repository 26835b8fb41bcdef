package dev.hone.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Served;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CheckTest {

    private static final String SOUND = """
            hone: 1
            name: haiku
            slots: {writer: {kind: model, init: player/writer}}
            budget: {calls: 1}
            flow:
              - call: {role: writer, out: text}
            """;

    private final Served server = Served.shared();

    @Test
    void aSoundWorkflowHasACertificate() {
        Served.Answer answer = server.post("/api/v1/workflows/check", Map.of("text", SOUND));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("name").asText()).isEqualTo("haiku");
        assertThat(answer.body().path("certificate").path("calls").asLong()).isEqualTo(1);
    }

    @Test
    void allProblemsComeWithTheirPlaces() {
        Served.Answer answer = server.post(
                "/api/v1/workflows/check",
                Map.of("file", "poem.yaml", "text", SOUND.replace("role: writer", "role: wirter")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/problems/0/code").asText()).isEqualTo("UNKNOWN_SLOT");
        assertThat(answer.body().at("/problems/0/where/file").asText()).isEqualTo("poem.yaml");
        assertThat(answer.body().at("/problems/0/where/line").asInt()).isEqualTo(6);
        assertThat(answer.body().at("/problems/0/fix").asText()).contains("writer");
    }

    @Test
    void aBodyThatIsNotJsonIsRefusedWithItsPlace() {
        Served.Answer answer = server.post("/api/v1/workflows/check", "{\n  \"text\": oops}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.body().at("/problems/0/where/line").asInt()).isEqualTo(2);
    }

    @Test
    void aFieldThatIsNotKnownIsNamedWithThoseThatAre() {
        Served.Answer answer = server.post("/api/v1/workflows/check", Map.of("texd", SOUND));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("code").asText()).isEqualTo("UNKNOWN_KEY");
        assertThat(answer.body().path("detail").asText()).contains("texd", "text");
    }

    @Test
    void aBodyWithoutATextIsRefused() {
        Served.Answer answer = server.post("/api/v1/workflows/check", Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText()).contains("text");
    }

    @Test
    void aPathThatLeadsNowhereIsAProblemToo() {
        Served.Answer answer = server.get("/api/v1/nowhere");

        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.body().path("code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void whoeverAsksByAnotherNameIsRefused() {
        Served.Answer answer = server.ask(
                "POST", "/api/v1/workflows/check", Map.of("text", SOUND), Map.of("Origin", "http://evil.example"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.body().path("code").asText()).isEqualTo("NOT_ALLOWED");
    }
}
