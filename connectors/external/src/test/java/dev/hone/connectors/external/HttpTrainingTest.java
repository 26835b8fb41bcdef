package dev.hone.connectors.external;

import static dev.hone.connectors.external.TrainerServer.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.external.External.Output;
import dev.hone.connectors.external.TrainerServer.Answer;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A training behind an address on this machine. */
@Timeout(30)
class HttpTrainingTest {

    private static final Answer RUNNING = says("{\"state\": \"running\"}");
    private static final Answer DONE =
            says("{\"state\": \"done\", \"version\": {\"path\": \"/models/7\"}, \"score\": 0.75,"
                    + " \"metrics\": [{\"loss\": 2}, {\"loss\": 1}]}");

    private static Output train(TrainerServer server) throws ConnectorException {
        return Trainers.http(server.url(), 30).run(Trainers.input(), Trainers.context(new Cancellation()));
    }

    private static ConnectorException refused(Kind kind, TrainerServer server) {
        return Refusals.of(kind, () -> train(server));
    }

    @Test
    void a_job_is_posted_and_looked_at_until_it_is_done() throws Exception {
        try (TrainerServer server = new TrainerServer(RUNNING, RUNNING, DONE)) {
            Output output = train(server);

            assertThat(output)
                    .isEqualTo(new Output(
                            Map.of("path", "/models/7"),
                            Optional.of(0.75),
                            List.of(Map.of("loss", 2), Map.of("loss", 1))));
            assertThat(server.looked).containsExactly("/jobs/job-1", "/jobs/job-1", "/jobs/job-1");
            assertThat(server.deleted).isEmpty();
            assertThat(server.posted.getFirst().path("data").size()).isEqualTo(3);
            assertThat(server.posted
                            .getFirst()
                            .path("data")
                            .get(2)
                            .path("example")
                            .asInt())
                    .isEqualTo(6);
            assertThat(server.posted.getFirst().path("settings").path("times").asInt())
                    .isEqualTo(2);
            assertThat(server.posted.getFirst().path("seed").asInt()).isEqualTo(7);
        }
    }

    @Test
    void the_same_work_posted_again_is_the_same_job() throws Exception {
        try (TrainerServer server = new TrainerServer(DONE)) {
            train(server);
            train(server);
            Trainers.http(server.url(), 30)
                    .run(
                            new External.Input("t", Optional.of(List.of(1)), Optional.empty()),
                            Trainers.context(new Cancellation()));

            assertThat(server.looked).containsExactly("/jobs/job-1", "/jobs/job-1", "/jobs/job-2");
        }
    }

    @Test
    void a_server_that_stumbles_for_a_moment_is_asked_again() throws Exception {
        try (TrainerServer server = new TrainerServer(new Answer(503, ""), RUNNING, new Answer(500, ""), DONE)) {
            assertThat(train(server).score()).contains(0.75);
        }
    }

    @Test
    void a_heartbeat_that_stands_still_is_given_up_and_the_job_deleted() throws Exception {
        try (TrainerServer server = new TrainerServer(says("{\"state\": \"running\", \"heartbeat\": 3}"))) {
            ConnectorException e = Refusals.of(
                    Kind.TIMEOUT,
                    () -> Trainers.http(server.url(), 0.3).run(Trainers.input(), Trainers.context(new Cancellation())));

            assertThat(e.what()).contains("job-1").contains("no sign of life for PT0.3S");
            assertThat(server.deleted).containsExactly("/jobs/job-1");
        }
    }

    @Test
    void a_server_that_stays_away_is_given_up() throws Exception {
        try (TrainerServer server = new TrainerServer(new Answer(503, ""))) {
            Refusals.of(
                    Kind.TIMEOUT,
                    () -> Trainers.http(server.url(), 0.3).run(Trainers.input(), Trainers.context(new Cancellation())));
        }
    }

    @Test
    void a_job_that_takes_too_long_is_given_up_and_deleted() throws Exception {
        try (TrainerServer server = new TrainerServer(RUNNING)) {
            ConnectorException e = Refusals.of(
                    Kind.TIMEOUT,
                    () -> Trainers.http(server.url(), 30)
                            .run(Trainers.input(), Trainers.context(Duration.ofMillis(300), new Cancellation())));

            assertThat(e.what()).endsWith("took longer than PT0.3S");
            assertThat(server.deleted).containsExactly("/jobs/job-1");
        }
    }

    @Test
    void a_job_that_is_forgotten_is_lost() throws Exception {
        try (TrainerServer server = new TrainerServer(RUNNING, new Answer(404, "{}"))) {
            assertThat(refused(Kind.LOST, server).what()).contains("knows nothing of the training job-1");
        }
    }

    @Test
    void a_training_that_fails_says_why_without_the_key() throws Exception {
        try (TrainerServer server = new TrainerServer(
                says("{\"state\": \"failed\", \"message\": \"no memory; key sk-never-to-be-seen\"}"))) {
            assertThat(refused(Kind.BROKEN, server).what()).endsWith("failed: no memory; key ***");
            assertThat(server.deleted).isEmpty();
        }
    }

    @Test
    void a_state_that_is_none_is_refused_and_the_job_deleted() throws Exception {
        try (TrainerServer server = new TrainerServer(says("{\"state\": \"dreaming\"}"))) {
            assertThat(refused(Kind.BROKEN, server).what()).contains("not queued, running, done or failed");
            assertThat(server.deleted).containsExactly("/jobs/job-1");
        }
    }

    @Test
    void cancellation_deletes_the_job() throws Exception {
        try (TrainerServer server = new TrainerServer(RUNNING)) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<ConnectorException> refusal = CompletableFuture.supplyAsync(() -> Refusals.of(
                    Kind.CANCELLED,
                    () -> Trainers.http(server.url(), 30).run(Trainers.input(), Trainers.context(cancellation))));
            Awaitility.await().until(() -> !server.looked.isEmpty());

            cancellation.cancel();

            refusal.get(5, TimeUnit.SECONDS);
            assertThat(server.deleted).containsExactly("/jobs/job-1");
        }
    }
}
