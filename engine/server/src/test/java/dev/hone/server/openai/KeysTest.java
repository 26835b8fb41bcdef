package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.server.Guarded;
import dev.hone.server.Served;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's client where the server asks for keys. */
@Tag("slow")
class KeysTest {

    @BeforeAll
    static void deploy() {
        Guarded.nobody()
                .engine()
                .deployments()
                .deploy(
                        "north",
                        "tester",
                        new Source("say.yaml", Front.PLAIN.replace("name: plain", "name: northern")));
        Guarded.nobody()
                .engine()
                .deployments()
                .deploy(
                        "south",
                        "tester",
                        new Source("say.yaml", Front.PLAIN.replace("name: plain", "name: southern")));
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(Guarded.nobody().address() + "/v1")
                .apiKey(key)
                .build();
    }

    private static String key(String tenant, String role) {
        return Guarded.key(Guarded.operator(), Map.of("name", tenant + role, "tenant", tenant, "roles", Set.of(role)));
    }

    private static ChatCompletionCreateParams ask(String workflow) {
        return ChatCompletionCreateParams.builder()
                .model("hone/" + workflow)
                .addUserMessage("ahoy")
                .build();
    }

    @Test
    void aWrongKeyIsRefusedAsOpenAiDoesIt() {
        OpenAIClient client = client("wrong");

        assertThatThrownBy(() -> client.models().list()).isInstanceOfSatisfying(UnauthorizedException.class, e -> {
            assertThat(e.type()).contains("authentication_error");
            assertThat(e.code()).contains("NOT_AUTHENTICATED");
        });
        client.close();
    }

    @Test
    void whoMayOnlyLookSeesTheModelsAndRunsNone() {
        OpenAIClient viewer = client(key("north", "viewer"));

        assertThat(viewer.models().list().data()).extracting(Model::id).contains("hone/northern");
        assertThatThrownBy(() -> viewer.chat().completions().create(ask("northern")))
                .isInstanceOfSatisfying(PermissionDeniedException.class, e -> {
                    assertThat(e.type()).contains("permission_error");
                    assertThat(e.code()).contains("NOT_ALLOWED");
                });
        viewer.close();
    }

    @Test
    void eachTenantHasItsOwnModelsAndRuns() {
        OpenAIClient author = client(key("north", "author"));

        ChatCompletion answer = author.chat().completions().create(ask("northern"));
        List<Model> models = author.models().list().data();

        assertThat(answer.choices().getFirst().message().content()).contains("ahoy");
        assertThat(models).extracting(Model::id).contains("hone/northern").doesNotContain("hone/southern");
        assertThatThrownBy(() -> author.chat().completions().create(ask("southern")))
                .isInstanceOf(NotFoundException.class);
        assertThat(Guarded.nobody()
                        .engine()
                        .runs(RunQuery.of("north").withWorkflow("northern"))
                        .runs())
                .anySatisfy(run -> assertThat(answer.id()).endsWith(run.id()));
        assertThat(Guarded.nobody().engine().runs(RunQuery.of("south")).runs()).isEmpty();
        author.close();
    }

    @Test
    void aKeyForSomeWorkflowsIsForNoOthers() {
        OpenAIClient narrow = client(Guarded.key(
                Guarded.operator(),
                Map.of(
                        "name",
                        "narrow",
                        "tenant",
                        "north",
                        "roles",
                        Set.of("author"),
                        "workflows",
                        Set.of("another"))));

        assertThat(narrow.models().list().data()).isEmpty();
        assertThatThrownBy(() -> narrow.chat().completions().create(ask("northern")))
                .isInstanceOf(PermissionDeniedException.class);
        narrow.close();
    }

    @Test
    void toolsAreTheTenantsToo() {
        Served author = Guarded.nobody().with(key("south", "author"));
        String list = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}";

        assertThat(author.post("/mcp", list).body().at("/result/tools").findValuesAsText("name"))
                .contains("southern")
                .doesNotContain("northern");
        assertThat(Guarded.nobody().with("wrong").post("/mcp", list).status()).isEqualTo(401);
    }
}
