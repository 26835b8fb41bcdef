package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.cli.Command.Ended;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.engine.work.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked, on servers on loopback. */
class ModelsCommandTest {

    private final OpenAiServer server = OpenAiServer.serving(Map.of("echo", new EchoModel(), "other", new EchoModel()));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aServerThatIsUpIsListedWithItsModels() {
        Ended ended =
                Command.here("models", "ollama", "--base-url", server.baseUrl().toString());

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.out().lines().map(String::strip).toList())
                .containsExactly("ollama      up        " + server.baseUrl(), "ollama/echo", "ollama/other");
        assertThat(server.requests()).as("calls to models").isZero();
    }

    @Test
    void aServerThatIsDownSaysSo() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Ended ended = Command.here("models", "vllm", "--base-url", "http://127.0.0.1:" + port + "/v1");

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.out()).startsWith("vllm        down      nothing listens at http://127.0.0.1:" + port);
    }

    @Test
    void theModelsOfThisProcessAreThere() {
        assertThat(Command.here("models", "local").out()).contains("in this process", "local/listprog-gen\n");
    }

    @Test
    void oneCallIsMeasuredWhenAsked(@TempDir Path directory) throws Exception {
        Path prices = Files.writeString(
                directory.resolve("prices.yaml"),
                "prices: 2026-11-24\nmodels: {tgi/echo: {input: 1000, output: 1000}}\n");
        Ended unpriced = Command.here("models", "--measure", "tgi/echo", "--base-url", server.baseUrl() + "");
        Ended priced = Command.here(
                "models", "--measure", "tgi/echo", "--base-url", server.baseUrl() + "", "--prices", prices + "");

        assertThat(unpriced.exit()).isEqualTo(Exit.DONE);
        assertThat(unpriced.out())
                .matches("tgi/echo: \\d+\\.\\d\\d s, 10 tokens read, 10 written .*, price unknown, ended by stop\\R");
        assertThat(priced.out()).contains("$0.020000");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aCallThatFailsWhileItIsMeasuredSaysWhy() {
        server.next(Misbehaviour.Status.error(503, "still loading"));
        Ended ended = Command.here("models", "--measure", "sglang/echo", "--base-url", server.baseUrl() + "");

        assertThat(ended.exit()).isEqualTo(Exit.FAILED);
        assertThat(ended.err()).contains("still loading").doesNotContain("Exception");
    }

    @Test
    void aProviderThatIsNotThereIsRefused() {
        Ended ended = Command.here("models", "olama");

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("UNKNOWN_PROVIDER", "ollama");
    }

    @Test
    void theEnvironmentSaysWhereServersAreAndItsKeysAreNeverShown(@TempDir Path directory) throws Exception {
        String key = "sk-never-to-be-seen";
        Process process = Command.start(
                directory,
                Map.of(
                        "HONE_LLAMACPP_BASE_URL", server.baseUrl().toString(),
                        "AZURE_OPENAI_ENDPOINT", server.baseUrl().toString().replace("/v1", ""),
                        "AZURE_OPENAI_API_KEY", key),
                "models",
                "llamacpp",
                "azure",
                "mistral",
                "--json");
        Ended ended = Command.end(process);

        assertThat(ended.exit()).as(ended.err()).isEqualTo(Exit.DONE);
        JsonNode all = Json.read(ended.out());
        assertThat(all.findValuesAsText("provider")).containsExactlyInAnyOrder("llamacpp", "azure", "mistral");
        assertThat(all.get(0).path("provider").asText()).isEqualTo("llamacpp");
        assertThat(all.get(0).path("models")).hasToString("[\"llamacpp/echo\",\"llamacpp/other\"]");
        assertThat(states(all)).containsEntry("mistral", "no key").containsEntry("azure", "unclear");
        assertThat(ended.out() + ended.err()).contains("MISTRAL_API_KEY").doesNotContain(key);
    }

    private static Map<String, String> states(JsonNode all) {
        List<String> names = all.findValuesAsText("provider");
        List<String> states = all.findValuesAsText("state");
        return Map.of(names.get(0), states.get(0), names.get(1), states.get(1), names.get(2), states.get(2));
    }
}
