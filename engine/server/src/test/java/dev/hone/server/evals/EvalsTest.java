package dev.hone.server.evals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.engine.Engine;
import dev.hone.engine.Question;
import dev.hone.engine.Source;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunSummary;
import dev.hone.engine.work.Json;
import dev.hone.eval.Measured;
import dev.hone.eval.Reports;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import dev.hone.server.store.EvalJob;
import dev.hone.server.store.EvalJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations as a program asks for them. */
@Tag("slow")
class EvalsTest {

    private static final String PATH = "/api/v1/evals";
    private static final Duration LONG = Duration.ofMinutes(3);

    private static final Served SERVER = Served.shared();

    @TempDir
    Path directory;

    @BeforeAll
    static void deploy() {
        deploy(SERVER);
    }

    private static void deploy(Served server) {
        server.engine().deployments().deploy("default", "ada", new Source("shift.yaml", Samples.SHIFT));
        server.engine().deployments().deploy("default", "ada", new Source("patient.yaml", Samples.PATIENT));
    }

    static ArrayNode tasks(int many) {
        ArrayNode tasks = Json.MAPPER.createArrayNode();
        for (int n = 0; n < many; n++) {
            tasks.addObject().put("n", n).put("hidden", n + 1);
        }
        return tasks;
    }

    private static Map<String, Object> shift(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("workflow", "shift", "tasks", tasks(3), "seeds", 1));
        all.putAll(more);
        return all;
    }

    private static Map<String, Object> patient() {
        ArrayNode tasks = Json.MAPPER.createArrayNode();
        tasks.addObject().put("n", 1);
        tasks.addObject().put("n", 2);
        return Map.of("workflow", "patient", "tasks", tasks, "seeds", 1);
    }

    private static String start(Served server, Map<String, Object> body) {
        Served.Answer answer = server.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = answer.body().path("id").asText();
        assertThat(answer.header("Location")).isEqualTo(PATH + "/" + id);
        return id;
    }

    private static JsonNode ended(Served server, String id) {
        await().atMost(LONG)
                .until(() -> server.get(PATH + "/" + id).body().path("endedAt").isTextual());
        return server.get(PATH + "/" + id).body();
    }

    private static List<RunSummary> runs(Engine engine, String id) {
        return engine.runs(RunQuery.of("default")
                        .withLabel("batch", "eval/" + id + ".1")
                        .withLimit(200))
                .runs();
    }

    private static List<Question> questions(Engine engine, String id) {
        return runs(engine, id).stream()
                .flatMap(run -> engine.questions(run.id()).stream())
                .toList();
    }

    private static void refused(Map<String, Object> body, int status, String code, String... said) {
        Served.Answer answer = SERVER.post(PATH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(answer.text()).contains(said);
    }

    @Test
    void theSameKeyIsTheSameEvaluationAndAnotherRequestIsRefused() {
        Map<String, String> key = Map.of("Idempotency-Key", "measured-once");

        Served.Answer first = SERVER.ask("POST", PATH, shift(Map.of()), key);
        Served.Answer again = SERVER.ask("POST", PATH, shift(Map.of()), key);
        Served.Answer other = SERVER.ask("POST", PATH, shift(Map.of("seed", 9)), key);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(other.status()).as(other.text()).isEqualTo(422);
        assertThat(other.body().path("code").asText()).isEqualTo("KEY_REUSED");
    }

    @Test
    void whatIsAskedForIsRunMeasuredAndReported() {
        String id = start(SERVER, shift(Map.of("plan", "arms: {up: {slots: {step: 1}}}")));

        JsonNode done = ended(SERVER, id);

        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
        assertThat(done.path("version").asInt()).isEqualTo(1);
        assertThat(done.at("/progress/done").asInt()).isEqualTo(6);
        assertThat(done.at("/progress/all").asInt()).isEqualTo(6);
        assertThat(done.at("/progress/means/0/arm").asText()).isEqualTo("workflow");
        assertThat(done.at("/progress/means/0/mean").asDouble()).isZero();
        assertThat(done.at("/progress/means/1/arm").asText()).isEqualTo("up");
        assertThat(done.at("/progress/means/1/mean").asDouble()).isEqualTo(1);
        assertThat(runs(SERVER.engine(), id)).as("they are the tenant's").hasSize(6);

        Served.Answer measured = SERVER.get(PATH + "/" + id + "/measured.json");
        assertThat(measured.header("Content-Type")).startsWith("application/json");
        Reports reports = new Reports(Measured.read("measured.json", measured.text()));
        assertThat(SERVER.get(PATH + "/" + id + "/report.md").text()).isEqualTo(reports.markdown());
        Served.Answer page = SERVER.get(PATH + "/" + id + "/report.html");
        assertThat(page.text()).isEqualTo(reports.html());
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void itsProgressIsToldUntilItEnds() {
        String id = start(SERVER, shift(Map.of()));

        String told = SERVER.get(PATH + "/" + id + "/progress").text();

        assertThat(told).contains("event: DONE");
        assertThat(told.lines()
                        .filter(line -> line.startsWith("data:"))
                        .toList()
                        .getLast())
                .contains("\"done\":3,\"all\":3");
    }

    @Test
    void whatHasNoTasksOrIsNotDeployedCannotBeEvaluated() {
        refused(Map.of("workflow", "shift"), 422, "INPUT_TYPE", "comes with no tasks", "'tasks'");
        refused(Map.of("workflow", "nowhere"), 404, "NOT_FOUND", "nowhere");
    }

    @Test
    void whatIsAskedWronglyIsSaidBeforeAnythingRuns() {
        refused(
                shift(Map.of("plan", "primary: speed\n")),
                422,
                "UNKNOWN_NAME",
                "\"line\":1",
                "\"column\":10",
                "solved");
        refused(shift(Map.of("arms", List.of("iid"))), 404, "NOT_FOUND", "there is no arm 'iid'");
        refused(shift(Map.of("seeds", 0)), 400, "BAD_REQUEST", "seeds");
        refused(shift(Map.of("parallel", 65)), 400, "BAD_REQUEST", "parallel");
        refused(shift(Map.of("tasks", List.of())), 400, "BAD_REQUEST", "tasks");
        refused(shift(Map.of("tasks", List.of(Map.of("n", 1)))), 422, "INPUT_TYPE", "the input hidden is missing");
        refused(shift(Map.of("tasks", tasks(30), "seeds", 1_000)), 413, "TOO_LARGE", "30000", "20000");
        refused(shift(Map.of("version", 7)), 404, "NOT_FOUND", "no version 7");
        refused(shift(Map.of("taskz", List.of())), 400, "UNKNOWN_KEY", "taskz", "tasks");
    }

    @Test
    void oneThatIsNotThereAndOneOfAnotherTenantAreNotFound() {
        SERVER.bean(EvalJobs.class)
                .add(new EvalJob(
                        "theirs",
                        "other",
                        "shift",
                        1,
                        "{}",
                        EvalJob.State.DONE,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        "eve",
                        Instant.now(),
                        Optional.of(Instant.now())));
        for (String id : List.of("none", "theirs")) {
            for (String what : List.of("", "/progress", "/measured.json", "/report.md", "/report.html")) {
                Served.Answer answer = SERVER.get(PATH + "/" + id + what);
                assertThat(answer.status()).as(answer.text()).isEqualTo(404);
                assertThat(answer.body().path("code").asText()).isEqualTo("NOT_FOUND");
            }
            assertThat(SERVER.post(PATH + "/" + id + "/cancel", Map.of()).status())
                    .isEqualTo(404);
            assertThat(SERVER.post(PATH + "/" + id + "/resume", Map.of()).status())
                    .isEqualTo(404);
        }
        assertThat(SERVER.get(PATH).text()).doesNotContain("theirs");
    }

    @Test
    void aPageGoesOnBehindTheLastOne() {
        String first = start(SERVER, shift(Map.of()));
        String second = start(SERVER, shift(Map.of()));

        JsonNode page = SERVER.get(PATH + "?limit=1").body();
        assertThat(page.at("/items/0/id").asText()).isEqualTo(second);
        assertThat(SERVER.get(PATH + "?limit=1&after=" + page.path("next").asText())
                        .body()
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(first);
        assertThat(SERVER.get(PATH + "?limit=0").status()).isEqualTo(400);
        ended(SERVER, first);
        ended(SERVER, second);
    }

    @Test
    void oneThatIsCancelledEndsItsRunsAndCanBeResumed() {
        Engine engine = SERVER.engine();
        String id = start(SERVER, patient());
        await().atMost(LONG).until(() -> questions(engine, id).size() == 2);

        Served.Answer early = SERVER.get(PATH + "/" + id + "/measured.json");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text()).contains("is running", "Wait until it is done.");
        assertThat(SERVER.post(PATH + "/" + id + "/resume", Map.of()).status()).isEqualTo(409);

        assertThat(SERVER.post(PATH + "/" + id + "/cancel", Map.of())
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
        await().atMost(LONG).until(() -> runs(engine, id).stream().allMatch(run -> run.phase() == RunPhase.FINISHED));
        assertThat(SERVER.post(PATH + "/" + id + "/cancel", Map.of()).status()).isEqualTo(200);
        assertThat(SERVER.get(PATH + "/" + id + "/report.html").status()).isEqualTo(409);

        assertThat(SERVER.post(PATH + "/" + id + "/resume", Map.of()).status()).isEqualTo(200);
        await().atMost(LONG).until(() -> questions(engine, id).size() == 2);
        questions(engine, id)
                .forEach(question -> engine.answer(question, Json.object().put("approved", true)));
        assertThat(ended(SERVER, id).path("state").asText()).isEqualTo("DONE");
        assertThat(runs(engine, id)).as("what was made is not made again").hasSize(2);
    }

    @Test
    void aRestartGoesOnWithWhatHasNotEnded() {
        String id;
        try (Served first = Served.start(directory, Map.of("hone.evals.per-tenant", "1"))) {
            deploy(first);
            id = start(first, patient());
            Engine engine = first.engine();
            await().atMost(LONG).until(() -> questions(engine, id).size() == 2);
            Served.Answer another = first.post(PATH, patient());
            assertThat(another.status()).as(another.text()).isEqualTo(429);
            assertThat(another.body().path("code").asText()).isEqualTo("TOO_MANY");
        }
        try (Served second = Served.start(directory, Map.of())) {
            Engine engine = second.engine();
            assertThat(second.get(PATH + "/" + id).body().path("endedAt").isTextual())
                    .isFalse();
            await().atMost(LONG).until(() -> questions(engine, id).size() == 2);
            questions(engine, id)
                    .forEach(question -> engine.answer(question, Json.object().put("approved", true)));

            JsonNode done = ended(second, id);

            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
            assertThat(done.at("/progress/done").asInt()).isEqualTo(2);
            assertThat(runs(engine, id)).as("none was started twice").hasSize(2);
        }
    }
}
