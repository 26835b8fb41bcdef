package dev.hone.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.server.Served;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workflow that comes over HTTP may not do. */
@Tag("slow")
class AllowedTest {

    private static final String COMMAND = """
            hone: 1
            name: shell
            budget: {calls: 1}
            flow:
              - exec: {tool: command, in: {command: [/bin/ls]}, out: listing}
              - exec: {tool: compute, in: {value: "= listing"}, out: told}
            """;

    private static final String SCORER = """
            hone: 1
            name: judge
            slots:
              quality: {kind: scorer, tool: command, in: {command: [/bin/ls]}, score: "= 1"}
            pools: {drafts: {score: quality}}
            budget: {calls: 1}
            flow:
              - exec: {tool: compute, in: {value: text}, out: draft, into: drafts}
            """;

    private static final String EXTERNAL = """
            hone: 1
            name: teach
            slots:
              weights: {kind: value, init: 1}
            budget: {calls: 1, train: 1}
            flow:
              - train: {trainer: external, into: weights, with: {trainer: gpu}, out: learned}
            """;

    private static final String ADDRESS = """
            hone: 1
            name: ask
            slots:
              writer: {kind: model, init: compatible/any, baseUrl: "%s"}
            budget: {calls: 1}
            flow:
              - call: {role: writer, out: text}
            """;

    private static final String SECRET = """
            hone: 1
            name: ask
            slots:
              writer: {kind: model, init: openai/gpt-4o-mini, key: "env:%s"}
            budget: {calls: 1}
            flow:
              - call: {role: writer, out: text}
            """;

    private final Served server = Served.shared();

    private static JsonNode check(Served server, String text) {
        Served.Answer answer = server.post("/api/v1/workflows/check", Map.of("file", "x.yaml", "text", text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body().path("problems");
    }

    private static void assertRefused(JsonNode problems, int line, int column, String... words) {
        assertThat(problems).as(problems.toString()).hasSize(1);
        assertThat(problems.at("/0/code").asText()).isEqualTo("NOT_ALLOWED");
        assertThat(problems.at("/0/where/line").asInt()).isEqualTo(line);
        assertThat(problems.at("/0/where/column").asInt()).isEqualTo(column);
        assertThat(problems.at("/0/what").asText() + problems.at("/0/fix").asText())
                .contains(words);
    }

    private static void assertSound(JsonNode problems) {
        assertThat(problems).as(problems.toString()).isEmpty();
    }

    @Test
    void programsOfTheMachineAreNotStarted() {
        assertRefused(check(server, COMMAND), 5, 18, "command", "hone.allow.tools");
        assertRefused(check(server, SCORER), 4, 33, "command");
    }

    @Test
    void nothingIsTrainedElsewhere() {
        assertRefused(check(server, EXTERNAL), 7, 22, "external", "hone.allow.tools");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://localhost:9200/v1",
                "https://models.example.evil.example/v1",
                "https://user@models.example/v1",
                "https://models.example:8443/v1"
            })
    void addressesOfTheAuthorsChoiceAreNotAsked(String url) {
        assertRefused(check(server, ADDRESS.formatted(url)), 4, 56, "hone.allow.base-urls");
    }

    @Test
    void secretsOfTheAuthorsChoiceAreNotSent() {
        assertRefused(check(server, SECRET.formatted("AWS_SECRET_ACCESS_KEY")), 4, 56, "hone.allow.secrets");
        assertSound(check(server, SECRET.formatted("OPENAI_API_KEY")));
    }

    @Test
    void theKeyOfAProviderGoesToNoOtherProvider() {
        assertRefused(
                check(
                        server,
                        SECRET.replace("key:", "fallback: [mistral/small], key:")
                                .formatted("OPENAI_API_KEY")),
                4,
                83,
                "hone.allow.secrets");
    }

    @Test
    void theKeyOfASlotIsNotSentToAnotherProviderThatACallerChooses() {
        server.post("/api/v1/workflows", Map.of("text", SECRET.formatted("OPENAI_API_KEY")));

        Served.Answer other = server.post(
                "/api/v1/runs", Map.of("workflow", "ask", "models", Map.of("writer", "mistral/mistral-small")));

        assertThat(other.status()).as(other.text()).isEqualTo(403);
        assertThat(other.body().path("detail").asText()).contains("OPENAI_API_KEY", "mistral/mistral-small");
        assertThat(other.body().at("/problems/0/where/line").asInt()).isEqualTo(4);
    }

    @Test
    void rulesThatAreCodeAreNotTaken() {
        Served.Answer answer = server.post(
                "/api/v1/workflows/check",
                Map.of(
                        "text",
                        COMMAND.replaceFirst("(?s)flow:.*", """
                                flow:
                                  - exec: {tool: compute, in: {value: 1}, out: told}
                                rules:
                                  - {drl: own.drl, may: [{fact: budget, then: {exit: run}}]}
                                """),
                        "companions",
                        Map.of("own.drl", "rule x when then end")));

        assertThat(answer.text()).contains("NOT_TRUSTED");
    }

    @Test
    void theOperatorAllowsAllOfIt(@TempDir Path dir) {
        try (Served own = Served.start(
                dir,
                Map.of(
                        "hone.allow.tools", "command,external",
                        "hone.allow.base-urls", "models.example,localhost:9200",
                        "hone.allow.secrets", "OUR_KEY"))) {
            assertSound(check(own, COMMAND));
            assertSound(check(own, SCORER));
            assertSound(check(own, EXTERNAL));
            assertSound(check(own, ADDRESS.formatted("https://models.example/v1")));
            assertSound(check(own, ADDRESS.formatted("http://LOCALHOST:9200/v1")));
            assertSound(check(own, SECRET.formatted("OUR_KEY")));
            assertRefused(check(own, ADDRESS.formatted("http://localhost:9201/v1")), 4, 56, "hone.allow.base-urls");
            assertRefused(check(own, SECRET.formatted("OTHER_KEY")), 4, 56, "hone.allow.secrets");
        }
    }
}
