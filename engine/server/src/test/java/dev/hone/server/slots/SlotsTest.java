package dev.hone.server.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.server.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A better value is evaluated, promoted, used and taken back; a worse one is not promoted. */
@Tag("slow")
class SlotsTest {

    private static final String TEXT = """
            hone: 1
            name: NAME
            input: {n: number, hidden: {type: number, sealed: true}}
            slots: {step: {kind: threshold, init: 0}, writer: {kind: model, init: player/writer}}
            pools: {answers: {shape: flat}}
            budget: {calls: 0}
            flow:
              - exec: {id: guess, tool: compute, in: {value: "= n + slot.step"}, take: "= string(out.value)", out: answer, into: answers}
            measure:
              sealed:
                - exec: {tool: assert, in: {checks: {right: "= result = string(hidden)"}}}
                  report: {solved: "= out.pass"}
              report: [solved]
            """;

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Served SERVER = Served.shared();

    private static String text(String name) {
        return TEXT.replace("NAME", name);
    }

    private static String deploy(String name) {
        SERVER.engine().deployments().deploy("default", "ada", new Source(name + ".yaml", text(name)));
        return "/api/v1/workflows/" + name;
    }

    /** An evaluation of 12 tasks that is done. */
    private static String evaluated(String name, String plan, Map<String, String> files) {
        ArrayNode tasks = Json.MAPPER.createArrayNode();
        for (int n = 0; n < 12; n++) {
            tasks.addObject().put("n", n).put("hidden", n + 1);
        }
        Served.Answer started = SERVER.post(
                "/api/v1/evals", Map.of("workflow", name, "tasks", tasks, "seeds", 1, "plan", plan, "files", files));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        String id = started.body().path("id").asText();
        await().atMost(LONG)
                .until(() ->
                        SERVER.get("/api/v1/evals/" + id).body().path("endedAt").isTextual());
        return id;
    }

    private static JsonNode ok(Served.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private static void refused(Served.Answer answer, int status, String code, String... said) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(answer.text()).contains(said);
    }

    private static JsonNode step(String path) {
        return ok(SERVER.get(path + "/slots")).get(0);
    }

    @Test
    void whatIsShownIsPromotedUsedAndTakenBack() throws Exception {
        String path = deploy("climb");
        String eval = evaluated("climb", "arms: {up: {slots: {step: 1}}, far: {slots: {step: 9}}}", Map.of());
        assertThat(step(path).path("value").asInt(-1)).isZero();
        assertThat(step(path).path("version").asInt()).isEqualTo(1);

        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", Map.of("eval", eval, "arm", "far"))),
                422,
                "NOT_SHOWN",
                "far is +0.00 [",
                "on 12 tasks with 1 seed",
                "the e-value is 1 of the 40 needed");

        Map<String, Object> good = new HashMap<>(
                Map.of("evidence", Map.of("eval", eval, "arm", "up"), "value", 1, "because", "hidden is one more"));
        good.put("dryRun", true);
        JsonNode dry = ok(SERVER.post(path + "/slots/step/promote", good));
        assertThat(dry.path("holds").asBoolean()).isFalse();
        assertThat(dry.has("version")).isFalse();
        assertThat(ok(SERVER.get(path + "/slots/step/versions"))).isEmpty();

        good.remove("dryRun");
        JsonNode promoted = ok(SERVER.post(path + "/slots/step/promote", good));
        assertThat(promoted.path("version").asInt()).isEqualTo(2);
        assertThat(promoted.at("/evidence/difference").asDouble()).isEqualTo(1);
        assertThat(promoted.at("/promoted/by").asText()).isEqualTo("local");
        assertThat(step(path).path("value").asInt()).isEqualTo(1);
        assertThat(step(path).at("/promoted/promoted/because").asText()).isEqualTo("hidden is one more");
        String run = SERVER.engine()
                .start(
                        SERVER.engine()
                                .deployments()
                                .get("default", "climb", Optional.empty())
                                .program(),
                        RunRequest.of(Json.object().put("n", 3).put("hidden", 4))
                                .withTenant("default"));
        assertThat(SERVER.engine().await(run).best().orElseThrow().value().asText())
                .isEqualTo("4");

        refused(
                SERVER.post(path + "/slots/step/promote", good),
                422,
                "BAD_EVIDENCE",
                "differs from how the workflow runs now");

        JsonNode back = ok(SERVER.post(path + "/slots/step/rollback", Map.of("because", "too soon")));
        assertThat(back.at("/rolledBack/because").asText()).isEqualTo("too soon");
        assertThat(step(path).path("value").asInt(-1)).isZero();
        refused(SERVER.post(path + "/slots/step/rollback", Map.of()), 404, "NOT_FOUND", "no version of the slot step");
        JsonNode versions = ok(SERVER.get(path + "/slots/step/versions"));
        assertThat(versions).hasSize(1);
        assertThat(versions.at("/0/holds").asBoolean()).isFalse();
        assertThat(versions.at("/0/rolledBack/by").asText()).isEqualTo("local");
    }

    @Test
    void theFileOfAnEvaluationIsAsGoodAsItsIdUnlessItWasChanged() {
        String path = deploy("filed");
        String eval = evaluated("filed", "arms: {up: {slots: {step: 1}}}", Map.of());
        String measured = SERVER.get("/api/v1/evals/" + eval + "/measured.json").text();

        refused(
                SERVER.post(
                        path + "/slots/step/promote",
                        Map.of(
                                "evidence",
                                Map.of("measured", measured.replace("\"solved\":false", "\"solved\":true")))),
                422,
                "BAD_EVIDENCE",
                "than the ledger");
        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", Map.of("measured", "{}"))),
                422,
                "INPUT_TYPE",
                "no file that an evaluation wrote");

        assertThat(ok(SERVER.post(path + "/slots/step/promote", Map.of("evidence", Map.of("measured", measured))))
                        .path("value")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aWholeTextBecomesTheNextVersionAndIsTakenBackByTheOneBefore() {
        String path = deploy("whole");
        String better = text("whole").replace("init: 0}", "init: 1}");
        String eval = evaluated("whole", "arms: {better: {file: better.yaml}}", Map.of("better.yaml", better));
        Map<String, Object> body =
                Map.of("evidence", Map.of("eval", eval), "source", Map.of("file", "better.yaml", "text", better));

        refused(
                SERVER.post(
                        path + "/promote",
                        Map.of(
                                "evidence",
                                Map.of("eval", eval),
                                "source",
                                Map.of("text", better.replace("name: whole", "name: part")))),
                422,
                "INPUT_TYPE",
                "cannot take the place of whole");
        JsonNode promoted = ok(SERVER.post(path + "/promote", body));
        assertThat(promoted.has("slot")).isFalse();
        assertThat(SERVER.engine().deployments().versions("default", "whole")).hasSize(2);
        assertThat(step(path).path("value").asInt()).isEqualTo(1);
        assertThat(ok(SERVER.get(path + "/promotions")).at("/0/holds").asBoolean())
                .isTrue();

        ok(SERVER.post(path + "/rollback", Map.of()));
        assertThat(SERVER.engine().deployments().versions("default", "whole")).hasSize(3);
        assertThat(step(path).path("value").asInt(-1)).isZero();
        assertThat(ok(SERVER.get(path + "/promotions")).at("/0/holds").asBoolean())
                .isFalse();
        refused(SERVER.post(path + "/rollback", Map.of()), 404, "NOT_FOUND", "was not promoted");
    }

    @Test
    void whatCannotBePromotedIsSaid() {
        String path = deploy("plain");
        Map<String, Object> none = Map.of("eval", "none");

        refused(
                SERVER.post(path + "/slots/stop/promote", Map.of("evidence", none)),
                404,
                "NOT_FOUND",
                "Did you mean 'step'?");
        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", none)),
                404,
                "NOT_FOUND",
                "no evaluation none");
        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", none, "value", "much")),
                422,
                "INPUT_TYPE",
                "is no number");
        refused(
                SERVER.post(path + "/slots/writer/promote", Map.of("evidence", none, "value", "much")),
                422,
                "INPUT_TYPE",
                "holds a model");
        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", none, "value", 1, "model", "a/b")),
                400,
                "BAD_REQUEST",
                "several ways");
        refused(
                SERVER.post(path + "/slots/step/promote", Map.of("evidence", none, "fromRun", "nowhere")),
                404,
                "NOT_FOUND",
                "no run nowhere on this server");
        refused(SERVER.post(path + "/slots/step/promote", Map.of("evidence", Map.of())), 400, "BAD_REQUEST", "neither");
        refused(SERVER.post(path + "/slots/step/promote", Map.of()), 400, "BAD_REQUEST", "evidence");
        refused(SERVER.get(path + "/slots/stop/versions"), 404, "NOT_FOUND", "no slot stop");
        refused(SERVER.get("/api/v1/workflows/nowhere/slots"), 404, "NOT_FOUND", "nowhere");
        refused(SERVER.get("/api/v1/workflows/nowhere/promotions"), 404, "NOT_FOUND", "nowhere");
        refused(SERVER.post("/api/v1/workflows/nowhere/rollback", Map.of()), 404, "NOT_FOUND", "nowhere");
    }

    @Test
    void whatAnotherTenantHasPromotedIsTheirs() {
        String path = deploy("shared");
        Source source = new Source("shared.yaml", text("shared"));
        SERVER.engine().deployments().deploy("other", "eve", source);
        SERVER.engine()
                .promotions()
                .promote(
                        "other",
                        new Promotion(
                                "shared",
                                source.hash(),
                                "step",
                                0,
                                "5",
                                new Promotion.Evidence("f", "up", "workflow", "solved", 1, 1, 1, 99, 20, 0.05, 12, 1),
                                Optional.empty(),
                                new Promotion.Act("eve", "", Instant.now()),
                                Optional.empty()));

        assertThat(step(path).path("value").asInt(-1)).isZero();
        assertThat(ok(SERVER.get(path + "/slots/step/versions"))).isEmpty();
        assertThat(ok(SERVER.get(path + "/promotions"))).isEmpty();
        assertThat(List.of(SERVER.post(path + "/slots/step/rollback", Map.of()).status()))
                .containsExactly(404);
    }
}
