package dev.hone.server.memories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import dev.hone.server.Served;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs remember is seen by its owner, and forgotten when they say so. */
@Tag("slow")
class MemoriesTest {

    private static final String TEXT = """
            hone: 1
            name: NAME
            input: {tip: text, about: text}
            memory:
              tips: {scope: global}
              tried: {scope: task}
              scratch: {scope: run}
            pools: {kept: {shape: flat}}
            budget: {calls: 0}
            flow:
              - recall: {id: look, from: tips, as: known}
              - exec: {id: see, tool: compute, in: {value: "= count(known)"}, take: "= out.value", out: seen, into: kept}
              - remember: {id: keep, into: tips, item: "= tip", key: "= about"}
              - remember: {id: mark, into: tried, item: "= tip"}
              - remember: {id: jot, into: scratch, item: "= tip"}
            """;

    private static final Served SERVER = Served.shared();

    private static String deploy(String name) {
        SERVER.engine().deployments().deploy("default", "ada", source(name));
        return "/api/v1/workflows/" + name + "/memories";
    }

    private static Source source(String name) {
        return new Source(name + ".yaml", TEXT.replace("NAME", name));
    }

    /** @return how many tips the run has seen */
    private static int run(String tenant, String name, String tip, String about) throws InterruptedException {
        Engine engine = SERVER.engine();
        Program program =
                engine.deployments().get(tenant, name, Optional.empty()).program();
        String run = engine.start(
                program,
                RunRequest.of(Json.object().put("tip", tip).put("about", about)).withTenant(tenant));
        return engine.await(run).best().orElseThrow().value().asInt();
    }

    private static JsonNode ok(Served.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private static void notFound(Served.Answer answer, String said) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.body().path("code").asText()).isEqualTo("NOT_FOUND");
        assertThat(answer.text()).contains(said);
    }

    @Test
    void theOwnerSeesWhatRunsHaveLeft() throws Exception {
        String path = deploy("minded");
        assertThat(ok(SERVER.get(path)).findValuesAsText("name")).containsExactly("tips", "tried");
        assertThat(ok(SERVER.get(path)).at("/0/items").asInt(-1)).isZero();

        run("default", "minded", "short", "style");
        run("default", "minded", "shorter", "style");

        JsonNode memories = ok(SERVER.get(path));
        assertThat(memories.at("/0/scope").asText()).isEqualTo("global");
        assertThat(memories.at("/0/items").asInt()).isEqualTo(2);
        assertThat(memories.at("/1/scope").asText()).isEqualTo("task");
        JsonNode page = ok(SERVER.get(path + "/tips?limit=1"));
        assertThat(page.at("/items/0/value").asText()).isEqualTo("shorter");
        assertThat(page.at("/items/0/key").asText()).isEqualTo("style");
        assertThat(page.at("/items/0/replaced").asBoolean()).isFalse();
        JsonNode next =
                ok(SERVER.get(path + "/tips?limit=1&after=" + page.path("next").asText()));
        assertThat(next.at("/items/0/value").asText()).isEqualTo("short");
        assertThat(next.at("/items/0/replaced").asBoolean()).isTrue();
        assertThat(next.at("/items/0/run").asText())
                .isNotEqualTo(page.at("/items/0/run").asText());
        JsonNode tried = ok(SERVER.get(path + "/tried")).at("/items/0");
        assertThat(tried.path("scope").asText()).isEqualTo("task");
        assertThat(tried.path("task").asText()).isNotEmpty();
        assertThat(tried.has("realm")).isFalse();
    }

    @Test
    void whatIsForgottenNoRunSeesAnyMore() throws Exception {
        String path = deploy("forgetful");
        run("default", "forgetful", "short", "style");
        run("default", "forgetful", "late", "time");
        assertThat(run("default", "forgetful", "later", "time")).isEqualTo(2);
        long item = ok(SERVER.get(path + "/tips")).at("/items/0/id").asLong();

        assertThat(ok(SERVER.delete(path + "/tips/" + item)).path("items").asInt())
                .as("with what it has replaced")
                .isEqualTo(2);
        notFound(SERVER.delete(path + "/tips/" + item), "no item " + item);
        assertThat(run("default", "forgetful", "plain", "words")).isEqualTo(1);

        assertThat(ok(SERVER.delete(path + "/tips")).path("items").asInt()).isEqualTo(2);
        assertThat(ok(SERVER.get(path + "/tips")).path("items")).isEmpty();
        assertThat(ok(SERVER.get(path + "/tried")).path("items")).hasSize(4);
    }

    @Test
    void whatIsNotThereAndWhatIsAnotherTenantsIsNotFound() throws Exception {
        String path = deploy("private");
        SERVER.engine().deployments().deploy("other", "eve", source("private"));
        run("other", "private", "secret", "style");
        long theirs = SERVER.engine()
                .remembrance()
                .items("other", "private", "tips", Optional.empty(), 1)
                .getFirst()
                .id();

        assertThat(ok(SERVER.get(path)).at("/0/items").asInt(-1)).isZero();
        assertThat(ok(SERVER.get(path + "/tips")).path("items")).isEmpty();
        notFound(SERVER.delete(path + "/tips/" + theirs), "no item");
        assertThat(ok(SERVER.delete(path + "/tips")).path("items").asInt(-1)).isZero();
        notFound(SERVER.get(path + "/scratch"), "no memory scratch");
        notFound(SERVER.get(path + "/nothing"), "no memory nothing");
        notFound(SERVER.get("/api/v1/workflows/nowhere/memories"), "nowhere");
        assertThat(SERVER.get(path + "/tips?after=soon").status()).isEqualTo(400);
        assertThat(SERVER.get(path + "/tips?limit=0").status()).isEqualTo(422);
        notFound(SERVER.delete(path + "/tips/soon"), "no item soon");
        assertThat(SERVER.engine().remembrance().memories("other", "private")).hasSize(2);
    }
}
