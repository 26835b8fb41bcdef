package dev.hone.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs as an application starts, follows and steers them. */
@Tag("slow")
class RunsTest {

    private static final Served SERVER = Served.shared();

    @BeforeAll
    static void deploy() {
        for (String text : new String[] {Samples.HAIKU, Samples.GATE, Samples.ROUNDS}) {
            assertThat(SERVER.post("/api/v1/workflows", Map.of("text", text)).status())
                    .isEqualTo(201);
        }
    }

    private static String start(Map<String, Object> body) {
        Served.Answer answer = SERVER.post("/api/v1/runs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static JsonNode ended(String run) throws InterruptedException {
        SERVER.engine().await(run);
        return SERVER.get("/api/v1/runs/" + run).body();
    }

    @Test
    void aRunEndsWithItsBestArtifactAndAReason() throws Exception {
        String run = start(Map.of("workflow", "haiku", "inputs", Samples.PLAIN, "labels", Map.of("for", "test-a")));

        JsonNode whole = ended(run);

        assertThat(whole.at("/run/state").asText()).isEqualTo("FINISHED");
        assertThat(whole.at("/result/stop/kind").asText()).isEqualTo("COMPLETED");
        assertThat(whole.at("/result/best/value").asText()).isNotEmpty();
        assertThat(whole.at("/result/spent/calls").asInt()).isEqualTo(1);
        assertThat(whole.at("/setup/inputs/voice").asText()).isEqualTo("plain");
    }

    @Test
    void theSameKeyIsTheSameRunAndAnotherRequestIsRefused() {
        Map<String, Object> body = Map.of("workflow", "haiku", "inputs", Samples.PLAIN);
        Map<String, String> key = Map.of("Idempotency-Key", "once-and-for-all");

        Served.Answer first = SERVER.ask("POST", "/api/v1/runs", body, key);
        Served.Answer again = SERVER.ask("POST", "/api/v1/runs", body, key);
        Served.Answer other = SERVER.ask(
                "POST", "/api/v1/runs", Map.of("workflow", "haiku", "inputs", Map.of("voice", "terse")), key);

        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(other.status()).as(other.text()).isEqualTo(422);
        assertThat(other.body().path("code").asText()).isEqualTo("KEY_REUSED");
    }

    @Test
    void whatDoesNotFitTheWorkflowIsRefusedBeforeItBegins() {
        Served.Answer input = SERVER.post("/api/v1/runs", Map.of("workflow", "haiku", "inputs", Map.of()));
        Served.Answer param = SERVER.post("/api/v1/runs", Map.of("workflow", "rounds", "params", Map.of("mots", 3)));
        Served.Answer unknown = SERVER.post("/api/v1/runs", Map.of("workflow", "not-deployed"));

        assertThat(input.status()).isEqualTo(422);
        assertThat(input.body().path("detail").asText()).contains("voice");
        assertThat(param.status()).isEqualTo(422);
        assertThat(param.body().path("detail").asText()).contains("mots");
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void theListIsFilteredAndCutIntoPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            ended(start(Map.of("workflow", "rounds", "labels", Map.of("batch", "pages"))));
        }

        Served.Answer first = SERVER.get("/api/v1/runs?label=batch:pages&limit=2&state=finished&stop=rule");
        Served.Answer rest = SERVER.get("/api/v1/runs?label=batch:pages&limit=2&after="
                + first.body().path("next").asText());

        assertThat(first.body().path("items")).hasSize(2);
        assertThat(rest.body().path("items")).hasSize(1);
        assertThat(rest.body().has("next")).isFalse();
        assertThat(SERVER.get("/api/v1/runs?state=sleeping").status()).isEqualTo(400);
        assertThat(SERVER.get("/api/v1/runs?after=nonsense").status()).isEqualTo(422);
        assertThat(SERVER.get("/api/v1/runs?workflow=gate&label=batch:pages")
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void decisionsComeWithTheirRulesAndFacts() throws Exception {
        String run = start(Map.of("workflow", "rounds"));
        JsonNode whole = ended(run);

        JsonNode decisions = SERVER.get("/api/v1/runs/" + run + "/decisions").body();
        JsonNode artifacts = SERVER.get("/api/v1/runs/" + run + "/artifacts").body();

        assertThat(whole.at("/result/stop/kind").asText()).isEqualTo("RULE");
        assertThat(decisions.toString()).contains("\"enough\"", "round");
        assertThat(artifacts).hasSize(2);
        assertThat(artifacts.get(0).at("/body/pool").asText()).isEqualTo("drafts");
    }

    @Test
    void aRunThatWaitsIsPausedResumedAndCancelled() {
        String run = start(Map.of("workflow", "gate"));

        Served.Answer paused = SERVER.post("/api/v1/runs/" + run + "/pause", Map.of("because", "the office is closed"));
        Served.Answer twice = SERVER.post("/api/v1/runs/" + run + "/pause", Map.of("because", "again"));
        Served.Answer resumed = SERVER.post("/api/v1/runs/" + run + "/resume", Map.of());
        Served.Answer cancelled = SERVER.post("/api/v1/runs/" + run + "/cancel", Map.of());

        assertThat(paused.status()).as(paused.text()).isEqualTo(200);
        assertThat(paused.body().path("state").asText()).isEqualTo("PAUSED");
        assertThat(twice.status()).as(twice.text()).isIn(200, 409);
        assertThat(resumed.body().path("state").asText()).as(resumed.text()).isIn("RUNNING", "WAITING");
        assertThat(cancelled.body().at("/stop/kind").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aBudgetIsRaisedByWhatTheWorkflowLimits() {
        String run = start(Map.of("workflow", "gate"));

        Served.Answer more = SERVER.post("/api/v1/runs/" + run + "/budget", Map.of("more", Map.of("calls", 2)));
        Served.Answer wrong = SERVER.post("/api/v1/runs/" + run + "/budget", Map.of("more", Map.of("calls", -2)));
        Served.Answer unknown = SERVER.post("/api/v1/runs/" + run + "/budget", Map.of("more", Map.of("beer", 2)));
        SERVER.post("/api/v1/runs/" + run + "/cancel", Map.of());

        assertThat(more.status()).as(more.text()).isEqualTo(200);
        assertThat(wrong.status()).as(wrong.text()).isEqualTo(422);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(SERVER.get("/api/v1/runs/" + run + "/events").body().toString())
                .contains("BUDGET_RAISED");
    }

    @Test
    void aRunIsForkedFromAStepAndReplayed() throws Exception {
        String run = start(Map.of("workflow", "rounds"));
        ended(run);

        Served.Answer fork =
                SERVER.post("/api/v1/runs/" + run + "/fork", Map.of("step", "text", "iteration", "turns=2"));
        Served.Answer replay = SERVER.post("/api/v1/runs/" + run + "/replay", null);
        Served.Answer nowhere = SERVER.post("/api/v1/runs/" + run + "/fork", Map.of());

        assertThat(fork.status()).as(fork.text()).isEqualTo(201);
        assertThat(fork.body().path("forkOf").asText()).isEqualTo(run);
        assertThat(ended(fork.body().path("id").asText())
                        .at("/result/stop/kind")
                        .asText())
                .isEqualTo("RULE");
        assertThat(replay.status()).as(replay.text()).isEqualTo(201);
        assertThat(ended(replay.body().path("id").asText())
                        .at("/result/best/value")
                        .asText())
                .isEqualTo(ended(run).at("/result/best/value").asText());
        assertThat(nowhere.status()).isEqualTo(400);
    }

    @Test
    void aReplayUnderRulesThatAreSentDeploysNothing() throws Exception {
        String run = start(Map.of("workflow", "rounds"));
        ended(run);
        String path = "/api/v1/runs/" + run + "/replay";
        String versions = SERVER.get("/api/v1/workflows/rounds/versions").text();
        String impatient = Samples.ROUNDS.replace("round >= enough", "round >= 1");

        Served.Answer replay = SERVER.post(path, Map.of("source", Map.of("text", impatient)));
        Served.Answer bad = SERVER.post(path, Map.of("source", Map.of("file", "x.yaml", "text", "hone: 1")));
        Served.Answer exec = SERVER.post(path, Map.of("source", Map.of("text", """
                hone: 1
                name: rounds
                flow:
                  - exec: {tool: command, in: {command: [ls]}, out: text}
                """)));
        Served.Answer both = SERVER.post(path, Map.of("workflow", "rounds", "source", Map.of("text", impatient)));
        Served.Answer neither = SERVER.post(path, Map.of());

        assertThat(replay.status()).as(replay.text()).isEqualTo(201);
        assertThat(ended(replay.body().path("id").asText())
                        .at("/run/spent/calls")
                        .asInt())
                .isEqualTo(1);
        assertThat(SERVER.get("/api/v1/workflows/rounds/versions").text()).isEqualTo(versions);
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body().at("/problems/0/where/file").asText()).isEqualTo("x.yaml");
        assertThat(exec.status()).as(exec.text()).isIn(403, 422);
        assertThat(both.status()).isEqualTo(400);
        assertThat(neither.status()).isEqualTo(400);
    }

    @Test
    void aRunThatIsNotThereIsNotFoundWhateverIsAskedOfIt() {
        for (String what : new String[] {"cancel", "resume", "pause"}) {
            assertThat(SERVER.post("/api/v1/runs/none/" + what, null).status())
                    .as(what)
                    .isEqualTo(404);
        }
        for (String what : new String[] {"", "/events", "/artifacts", "/decisions", "/events/stream"}) {
            assertThat(SERVER.get("/api/v1/runs/none" + what).status()).as(what).isEqualTo(404);
        }
    }
}
