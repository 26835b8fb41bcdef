package dev.hone.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.server.Samples;
import dev.hone.server.Served;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How people find what runs ask them, and answer. */
@Tag("slow")
class TasksTest {

    private static final Served SERVER = Served.shared();
    private static final String STEP = "verdict";

    @BeforeAll
    static void deploy() {
        SERVER.post("/api/v1/workflows", Map.of("text", Samples.GATE));
    }

    /** A run that waits. @return the path of its task */
    private static String waiting() {
        String run = SERVER.post("/api/v1/runs", Map.of("workflow", "gate"))
                .body()
                .path("id")
                .asText();
        await().until(() -> !SERVER.engine().questions(run).isEmpty());
        return "/api/v1/tasks/" + run + "/" + STEP;
    }

    private static String run(String task) {
        return task.split("/")[4];
    }

    @Test
    void aTaskIsListedWithItsFormAndWhatToLookAt() {
        String task = waiting();

        JsonNode items = SERVER.get("/api/v1/tasks?workflow=gate&run=" + run(task))
                .body()
                .path("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("form").asText()).isEqualTo("approve");
        assertThat(items.get(0).path("question").asText()).isEqualTo("Good enough?");
        assertThat(items.get(0).at("/show/text").asText()).isNotEmpty();
        assertThat(SERVER.get("/api/v1/tasks?state=never").status()).isEqualTo(400);
    }

    @Test
    void anAnswerLetsTheRunGoOn() throws Exception {
        String task = waiting();

        Served.Answer answer = SERVER.post(task + "/answer", Map.of("approved", true));
        SERVER.engine().await(run(task));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("state").asText()).isEqualTo("ANSWERED");
        assertThat(SERVER.post(task + "/answer", Map.of("approved", false)).status())
                .isIn(404, 409);
    }

    @Test
    void anAnswerThatDoesNotFitTheFormIsRefused() {
        String task = waiting();

        Served.Answer answer = SERVER.post(task + "/answer", Map.of("rating", 5));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("detail").asText()).contains("approved");
        assertThat(SERVER.post(task + "/answer", "[1]").status()).isEqualTo(400);
    }

    @Test
    void aClaimADraftAndItsReleaseAreSeen() {
        String task = waiting();

        Served.Answer claimed = SERVER.post(task + "/claim", Map.of("minutes", 5));
        Served.Answer draft = SERVER.put(task + "/draft", Map.of("approved", false, "note", "look again"));
        Served.Answer mine = SERVER.get("/api/v1/tasks?claimedBy=me&run=" + run(task));
        Served.Answer released = SERVER.post(task + "/release", null);

        assertThat(claimed.body().path("claimedBy").asText()).as(claimed.text()).isEqualTo("local");
        assertThat(draft.body().at("/draft/note").asText()).as(draft.text()).isEqualTo("look again");
        assertThat(mine.body().path("items")).hasSize(1);
        assertThat(released.body().has("claimedBy")).isFalse();
        assertThat(SERVER.post(task + "/claim", Map.of("minutes", 0)).status()).isEqualTo(400);
    }

    @Test
    void aRejectionLetsTheRunGoOnWithoutAnAnswer() throws Exception {
        String task = waiting();

        Served.Answer answer = SERVER.post(task + "/reject", Map.of("because", "nobody knows"));
        SERVER.engine().await(run(task));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("state").asText()).isEqualTo("REJECTED");
        assertThat(SERVER.get("/api/v1/runs/" + run(task) + "/events").text()).contains("nobody knows");
    }

    @Test
    void aTaskThatIsNotThereIsNotFound() {
        assertThat(SERVER.get("/api/v1/tasks/none/" + STEP).status()).isEqualTo(404);
        assertThat(SERVER.get("/api/v1/tasks/" + run(waiting()) + "/nothing").status())
                .isEqualTo(404);
        assertThat(SERVER.post("/api/v1/tasks/none/verdict/answer", Map.of("approved", true))
                        .status())
                .isEqualTo(404);
    }
}
