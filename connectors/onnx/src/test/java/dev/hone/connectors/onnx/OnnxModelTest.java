package dev.hone.connectors.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model in a file writes, and what is said of one that cannot be used. */
class OnnxModelTest {

    /** Addresses that this process asked for. */
    private static final Queue<URI> ASKED = new ConcurrentLinkedQueue<>();

    @TempDir
    Path home;

    private Path folder = Path.of("");

    @BeforeAll
    static void listen() {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<java.net.Proxy> select(URI uri) {
                ASKED.add(uri);
                return List.of(java.net.Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    }

    @BeforeEach
    void write() {
        folder = TinyModel.withCache(home.resolve("tiny"));
    }

    @Test
    void it_writes_the_likeliest_words_until_the_text_ends() throws Exception {
        ModelReply reply = open(setting("")).generate(saying("the loop", 0.0, 20), CallContext.standalone(1));
        assertThat(reply.text()).isEqualTo("ends when a rule says so");
        assertThat(reply.finish()).isEqualTo(Finish.STOP);
        assertThat(reply.usage().inputTokens()).isEqualTo(2);
        assertThat(reply.usage().outputTokens()).isEqualTo(7);
    }

    @Test
    void it_stops_where_it_may_write_no_more() throws Exception {
        Model model = open(setting(""));
        ModelReply short_ = model.generate(saying("the loop", 0.0, 3), CallContext.standalone(1));
        assertThat(short_.text()).isEqualTo("ends when a");
        assertThat(short_.finish()).isEqualTo(Finish.LENGTH);
        Model narrow = open(setting(", \"context\": 4"));
        assertThat(narrow.atMost(saying("the loop", 0.0, 20)).outputTokens()).isEqualTo(2);
        assertThat(narrow.generate(saying("the loop", 0.0, 20), CallContext.standalone(1))
                        .text())
                .isEqualTo("ends when");
        ConnectorException e = Refusals.of(
                Kind.BAD_INPUT,
                () -> narrow.generate(saying("a rule says so and so", 0.0, 20), CallContext.standalone(1)));
        assertThat(e.what()).isEqualTo("the prompt has 6 tokens, and onnx/tiny reads and writes up to 4");
    }

    @Test
    void what_a_cache_knows_is_what_reading_it_again_would_tell() throws Exception {
        Model cached = open(setting(""));
        Model uncached = provider("{\"folder\": \"" + TinyModel.withoutCache(home.resolve("uncached")) + "\"}")
                .open("tiny", ModelSettings.DEFAULT);
        List<String> said = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            ModelRequest request = saying("the best draft the loop", 1.0, 12);
            String text = cached.generate(request, CallContext.standalone(seed)).text();
            assertThat(uncached.generate(request, CallContext.standalone(seed)).text())
                    .isEqualTo(text);
            said.add(text);
        }
        assertThat(said.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void a_listener_hears_the_words_as_they_come() throws Exception {
        List<String> parts = new ArrayList<>();
        open(setting(""))
                .generate(saying("the loop", 0.0, 20), CallContext.standalone(1).withListener(parts::add));
        assertThat(parts).containsExactly("ends", " when", " a", " rule", " says", " so");
    }

    @Test
    void messages_are_put_between_the_marks_of_their_turns() throws Exception {
        String turns = """
                , "turns": {"system": {"before": "rule ", "after": " </s> "}, "user": {"before": "a ", "after": " </s> "},
                            "assistant": {"before": "the", "after": " </s> "}}""";
        ModelRequest request = new ModelRequest(
                List.of(new Message(Speaker.SYSTEM, "draft"), new Message(Speaker.USER, "loop")),
                "{}",
                Optional.of(0.0),
                5);
        Model model = open(setting(turns));
        assertThat(model.atMost(request).inputTokens()).isEqualTo(7);
        assertThat(model.generate(request, CallContext.standalone(1)).usage().inputTokens())
                .isEqualTo(7);
    }

    @Test
    void the_models_of_the_environment_are_listed() throws Exception {
        OnnxProvider provider = new OnnxProvider(
                Map.of("HONE_ONNX_TINY", "{}", "HONE_ONNX_MY_OWN", "{}", "HONE_HTTP_A", "{}", "PATH", "/bin"));
        assertThat(provider.list(ModelSettings.DEFAULT, CallContext.standalone(1))
                        .models())
                .containsExactly("my-own", "tiny");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"folder\": \"relative\"}; absolute path",
                "{\"folder\": \"/no/such/folder\"}; absolute path",
                "{\"folder\": \"EMPTY\"}; without a model.onnx",
                "{\"folder\": \"TINY\", \"provider\": \"abacus\"}; other than cpu and cuda",
                "{\"folder\": \"TINY\", \"threads\": 0}; threads 0",
                "{\"folder\": \"TINY\", \"device\": -1}; device",
                "{\"folder\": \"TINY\", \"context\": -4}; context -4",
                "{\"folder\": \"TINY\", \"turns\": {\"user\": {\"before\": \"\"}}}; before and after",
                "{\"folder\": \"TINY\", \"key\": \"sk-1\"}; JSON object"
            })
    void what_the_operator_got_wrong_is_said(String setting, String what) throws Exception {
        Files.createDirectories(home.resolve("empty"));
        String here = setting.replace("TINY", folder.toString())
                .replace("EMPTY", home.resolve("empty").toString());
        ConnectorException e = Refusals.of(Kind.BROKEN, () -> provider(here).open("tiny", ModelSettings.DEFAULT));
        assertThat(e.what()).startsWith("HONE_ONNX_TINY ").contains(what);
    }

    @Test
    void a_gpu_that_is_not_there_is_said() {
        ConnectorException e = Refusals.of(Kind.BROKEN, () -> open(setting(", \"provider\": \"cuda\"")));
        assertThat(e.what()).contains("cannot be loaded here").containsIgnoringCase("cuda");
    }

    @Test
    void files_that_are_damaged_or_something_else_are_said() throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThat(Refusals.of(Kind.BROKEN, () -> open(setting(""))).what()).contains("cannot be loaded");
        Files.writeString(folder.resolve("model.onnx"), "no network");
        assertThat(Refusals.of(Kind.BROKEN, () -> open(setting(""))).what()).contains("cannot be loaded");
        byte[] other = new OnnxFile()
                .input("pixels", OnnxFile.FLOAT, 1)
                .output("logits", OnnxFile.FLOAT, 1)
                .node("Identity", "logits", "pixels")
                .toBytes();
        Files.write(folder.resolve("model.onnx"), other);
        assertThat(Refusals.of(Kind.BROKEN, () -> open(setting(""))).what()).contains("wants 'pixels'");
    }

    /** A thousand products of matrices, minutes of work, in one step. */
    private static byte[] slow() {
        OnnxFile file = new OnnxFile()
                .input("input_ids", OnnxFile.INT64, 1, "tokens")
                .output("logits", OnnxFile.FLOAT, 1, 1500, 1500)
                .longs("shape", 1500, 1500)
                .longs("axis0", 0)
                .node("Cast", "number", "input_ids", "to", OnnxFile.FLOAT)
                .node("Expand", "x0", "number shape");
        for (int i = 1; i <= 1000; i++) {
            file.node("MatMul", "x" + i, "x" + (i - 1) + " x" + (i - 1));
        }
        return file.node("Unsqueeze", "logits", "x1000 axis0").toBytes();
    }

    @Test
    void a_call_that_nobody_waits_for_any_more_ends_in_the_midst_of_a_step() throws Exception {
        Files.write(folder.resolve("model.onnx"), slow());
        OnnxModel model = (OnnxModel) open(setting(""));
        CallContext late = new CallContext("r", "e", "", 1, 1, Duration.ofMillis(500), new Cancellation());
        Refusals.of(Kind.TIMEOUT, () -> model.generate(saying("loop", 0.0, 20), late));
        String next = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> model.network().inTurn(() -> "free"));
        assertThat(next).isEqualTo("free");
    }

    @Test
    void nobody_is_told_that_it_runs() throws Exception {
        open(setting("")).generate(saying("the loop", 0.0, 20), CallContext.standalone(1));
        assertThat(ASKED).isEmpty();
    }

    private static ModelRequest saying(String text, double temperature, int most) {
        return new ModelRequest(List.of(new Message(Speaker.USER, text)), "{}", Optional.of(temperature), most);
    }

    private String setting(String more) {
        return "{\"folder\": \"" + folder + "\"" + more + "}";
    }

    private Model open(String setting) throws ConnectorException {
        return provider(setting).open("tiny", ModelSettings.DEFAULT);
    }

    private static OnnxProvider provider(String setting) {
        return new OnnxProvider(Map.of("HONE_ONNX_TINY", setting));
    }
}
