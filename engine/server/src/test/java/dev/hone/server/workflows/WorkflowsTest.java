package dev.hone.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a team does with the versions of its workflows. */
@Tag("slow")
class WorkflowsTest {

    private final Served server = Served.shared();

    private Served.Answer deploy(String text) {
        return server.post("/api/v1/workflows", Map.of("file", "w.yaml", "text", text));
    }

    private static String named(String name) {
        return Samples.HAIKU.replace("name: haiku", "name: " + name);
    }

    @Test
    void deployingGivesTheNextVersionAndTheSameTextTheSameOne() {
        Served.Answer first = deploy(named("versions-a"));
        Served.Answer again = deploy(named("versions-a"));
        Served.Answer second = deploy(named("versions-a").replace("calls: 3", "calls: 5"));

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/api/v1/workflows/versions-a/versions/1");
        assertThat(again.body().path("version").asInt()).isEqualTo(1);
        assertThat(second.body().path("version").asInt()).isEqualTo(2);
        assertThat(server.get("/api/v1/workflows/versions-a/versions").body()).hasSize(2);
        assertThat(server.get("/api/v1/workflows/versions-a")
                        .body()
                        .at("/certificate/calls")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aVersionShowsItsTextItsInputsAndEverythingThatWasMadeOfIt() {
        deploy(named("shown"));

        Served.Answer whole = server.get("/api/v1/workflows/shown/versions/1");
        assertThat(whole.body().at("/source/text").asText()).contains("name: shown");
        assertThat(whole.body().at("/inputs/0/schema/type").asText()).isEqualTo("string");
        assertThat(whole.body().at("/slots/0/kind").asText()).isEqualTo("model");
        assertThat(server.get("/api/v1/workflows/shown/versions/1/bpmn").text()).contains("<process", "id=\"shown\"");
        assertThat(server.get("/api/v1/workflows/shown/versions/1/diagram").header("Content-Type"))
                .startsWith("image/svg+xml");
        assertThat(server.get("/api/v1/workflows/shown/versions/1/layout")
                        .body()
                        .at("/text/width")
                        .asDouble())
                .isPositive();
        assertThat(server.get("/api/v1/workflows/shown/versions/1/source-map")
                        .body()
                        .at("/text/line")
                        .asInt())
                .isEqualTo(8);
        assertThat(server.get("/api/v1/workflows/shown/versions/1/certificate")
                        .body()
                        .path("calls")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/workflows/shown/versions/1/rules").status())
                .isEqualTo(200);
    }

    @Test
    void theDifferenceOfTwoVersionsIsSaidInWords() {
        deploy(named("compared"));
        deploy(named("compared").replace("calls: 3", "calls: 5"));

        assertThat(server.get("/api/v1/workflows/compared/diff?from=1&to=2")
                        .body()
                        .get(0)
                        .asText())
                .isEqualTo("the workflow: budget.limits.calls is 5, was 3.");
        assertThat(server.get("/api/v1/workflows/compared/diff?from=2").body()).isEmpty();
    }

    @Test
    void aTextWithProblemsIsNotDeployed() {
        Served.Answer answer = deploy(named("broken").replace("role: writer", "role: nobody"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo("UNKNOWN_SLOT");
        assertThat(answer.body().at("/problems/0/where/line").asInt()).isEqualTo(8);
        assertThat(server.get("/api/v1/workflows/broken").status()).isEqualTo(404);
    }

    @Test
    void theListIsCutIntoPages() {
        deploy(named("page-a"));
        deploy(named("page-b"));

        Served.Answer first = server.get("/api/v1/workflows?limit=1");
        Served.Answer next = server.get(
                "/api/v1/workflows?limit=1&after=" + first.body().path("next").asText());

        assertThat(first.body().path("items")).hasSize(1);
        assertThat(next.body().at("/items/0/name").asText())
                .isGreaterThan(first.body().at("/items/0/name").asText());
        assertThat(server.get("/api/v1/workflows?limit=0").status()).isEqualTo(422);
    }

    @Test
    void anEditChangesTheTextAndNothingElse() {
        Served.Answer answer = server.post(
                "/api/v1/workflows/edit",
                Map.of(
                        "text",
                        Samples.HAIKU,
                        "edit",
                        "SET_FIELD",
                        "path",
                        new String[] {"budget", "calls"},
                        "yaml",
                        "9"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("text").asText()).isEqualTo(Samples.HAIKU.replace("calls: 3", "calls: 9"));
    }

    @Test
    void anEditThatCannotBeMadeIsRefused() {
        Served.Answer missing =
                server.post("/api/v1/workflows/edit", Map.of("text", Samples.HAIKU, "edit", "REMOVE_STEP"));
        Served.Answer unknown = server.post(
                "/api/v1/workflows/edit", Map.of("text", Samples.HAIKU, "edit", "REMOVE_STEP", "step", "nowhere"));

        assertThat(missing.body().path("code").asText()).isEqualTo("MISSING_KEY");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body().path("detail").asText()).contains("nowhere");
    }

    @Test
    void theTypeOfAProblemLeadsToWhatItMeans() {
        String type = server.get("/api/v1/workflows/nothing-of-this-name")
                .body()
                .path("type")
                .asText();

        assertThat(server.get(type).body().path("title").asText()).isNotEmpty();
        assertThat(server.get("/api/v1/problems/NO_SUCH_CODE").status()).isEqualTo(404);
    }
}
