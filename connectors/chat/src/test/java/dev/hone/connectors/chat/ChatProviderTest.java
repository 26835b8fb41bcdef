package dev.hone.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.chat.Endpoint.OutputLimit;
import dev.hone.connectors.testkit.Refusals;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every default, and what may replace it. */
class ChatProviderTest {

    private static final SecretRef OTHER = new SecretRef("env:HONE_TEST_OTHER");
    private static final Endpoint.Kind VLLM = new Endpoint.Kind(
            "vllm",
            Optional.of(URI.create("http://localhost:8000/v1")),
            Optional.empty(),
            Optional.of("vllm serve"),
            OutputLimit.MAX_TOKENS);
    private static final Endpoint.Kind HOSTED = new Endpoint.Kind(
            "openai",
            Optional.of(URI.create("https://api.openai.com/v1")),
            Optional.of(Calls.KEY_REF),
            Optional.empty(),
            OutputLimit.MAX_COMPLETION_TOKENS);

    @ParameterizedTest
    @CsvSource({
        "ollama, http://localhost:11434/v1",
        "vllm, http://localhost:8000/v1",
        "llamacpp, http://localhost:8080/v1",
        "lmstudio, http://localhost:1234/v1"
    })
    void a_local_server_has_a_default_address_and_needs_no_key(String name, URI address) throws ConnectorException {
        Model model = provider(name).open("some/model:8b", ModelSettings.DEFAULT);
        assertThat(model).isInstanceOfSatisfying(ChatModel.class, chat -> {
            assertThat(chat.name()).isEqualTo("some/model:8b");
            assertThat(chat.endpoint().address()).isEqualTo(address);
            assertThat(chat.endpoint().key()).isEmpty();
        });
        assertThat(model.inProcess()).isFalse();
    }

    @Test
    void openai_wants_its_key_before_anything_is_sent() {
        assertThat(System.getenv("OPENAI_API_KEY"))
                .as("the build runs without it")
                .isNull();
        ConnectorException e =
                Refusals.of(Kind.DENIED, () -> provider("openai").open("gpt-5-mini", ModelSettings.DEFAULT));
        assertThat(e.what()).contains("OPENAI_API_KEY");
    }

    @Test
    void openai_takes_the_slots_key_instead() throws ConnectorException {
        ModelSettings settings = new ModelSettings(Optional.empty(), Optional.of(Calls.KEY_REF), Optional.empty());
        assertThat(provider("openai").open("gpt-5-mini", settings))
                .hasToString("ChatModel[endpoint=Endpoint[kind=Kind[name=openai,"
                        + " home=Optional[https://api.openai.com/v1],"
                        + " homeKey=Optional[SecretRef[text=env:OPENAI_API_KEY]], start=Optional.empty,"
                        + " limit=MAX_COMPLETION_TOKENS, variable=Optional.empty,"
                        + " protocol=OpenAiProtocol[keyHeader=Optional.empty]], address=https://api.openai.com/v1,"
                        + " key=Optional[SecretRef[text=env:HONE_TEST_KEY]]], name=gpt-5-mini, price=Optional.empty]");
    }

    @Test
    void a_providers_own_key_goes_to_its_own_address_only() throws ConnectorException {
        assertThat(Endpoint.of(HOSTED, ModelSettings.DEFAULT, Map.of()).key()).contains(Calls.KEY_REF);
        assertThat(Endpoint.of(HOSTED, Calls.at(URI.create("http://elsewhere/v1")), Map.of())
                        .key())
                .isEmpty();
    }

    @Test
    void compatible_needs_an_address() {
        ConnectorException e =
                Refusals.of(Kind.BAD_INPUT, () -> provider("compatible").open("m", ModelSettings.DEFAULT));
        assertThat(e.what()).isEqualTo("the provider 'compatible' has no address of its own");
        assertThat(e.fix()).contains("baseUrl");
    }

    @Test
    void the_slot_goes_before_the_environment_and_that_before_the_default() throws ConnectorException {
        Map<String, String> environment = Map.of("HONE_VLLM_BASE_URL", "http://gpu-box:9000/v1/");
        assertThat(Endpoint.of(VLLM, ModelSettings.DEFAULT, Map.of()).address())
                .hasToString("http://localhost:8000/v1");
        assertThat(Endpoint.of(VLLM, ModelSettings.DEFAULT, environment).address())
                .hasToString("http://gpu-box:9000/v1");
        assertThat(Endpoint.of(VLLM, Calls.at(URI.create("https://slot/v1")), environment)
                        .address())
                .hasToString("https://slot/v1");
    }

    @Test
    void the_environment_does_not_move_a_hosted_provider() throws ConnectorException {
        assertThat(Endpoint.of(HOSTED, ModelSettings.DEFAULT, Map.of("HONE_OPENAI_BASE_URL", "http://evil/v1"))
                        .address())
                .hasToString("https://api.openai.com/v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8000/v1",
                "/v1",
                "ftp://host/v1",
                "http:///v1",
                "http://user:pw@host/v1",
                "http://host/v1?k=pw"
            })
    void an_address_that_is_none_is_bad_input(String text) {
        ConnectorException e =
                Refusals.of(Kind.BAD_INPUT, () -> provider("compatible").open("m", Calls.at(URI.create(text))));
        assertThat(e.what()).startsWith("the slot's baseUrl").doesNotContain("pw");
        assertThat(e.fix()).contains("http://HOST:PORT/v1");
    }

    @Test
    void an_address_from_the_environment_that_is_none_names_the_variable() {
        ConnectorException e = Refusals.of(
                Kind.BAD_INPUT,
                () -> Endpoint.of(VLLM, ModelSettings.DEFAULT, Map.of("HONE_VLLM_BASE_URL", "not an address")));
        assertThat(e.what()).isEqualTo("HONE_VLLM_BASE_URL is not an address");
    }

    @Test
    void a_key_that_is_absent_or_no_key_is_denied_at_once_and_not_shown() {
        URI address = URI.create("http://localhost:1/v1");
        ConnectorException absent = Refusals.of(
                Kind.DENIED,
                () -> provider("compatible")
                        .open("m", new ModelSettings(Optional.of(address), Optional.of(OTHER), Optional.empty())));
        assertThat(absent.what()).contains("HONE_TEST_OTHER");
        SecretRef bad = new SecretRef("env:HONE_TEST_BAD_KEY");
        ConnectorException unfit = Refusals.of(
                Kind.DENIED,
                () -> provider("compatible")
                        .open("m", new ModelSettings(Optional.of(address), Optional.of(bad), Optional.empty())));
        assertThat(unfit.what()).contains("env:HONE_TEST_BAD_KEY").doesNotContain("two words");
    }

    @Test
    void a_model_must_be_named() {
        Refusals.of(Kind.UNKNOWN, () -> provider("ollama").open(" ", ModelSettings.DEFAULT));
    }

    private static ModelProvider provider(String name) {
        return ServiceLoader.load(ModelProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
