package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.places;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hone.dsl.Workflow.Resource;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.NewEvent;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunPhase;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.ledger.Task;
import dev.hone.engine.ledger.TaskQuery;
import dev.hone.engine.work.Forks;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.world.Gate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator did is in the ledger first. The next process finds it there and brings the broker to it, wherever the one
 * before ended: here its ledger is left as a kill between the two leaves it.
 */
@Tag("slow")
@Timeout(180)
class InterruptedOperationTest {

    private static final Source GATED = with(source("guess"), "guess/hint", "guess/gated");

    @TempDir
    Path directory;

    private Engine open() {
        return Engine.open(EngineOptions.at(directory));
    }

    private static NewEvent event(EventKind kind, int attempt) {
        return new NewEvent("run", "", attempt, kind, "{\"by\":\"ada\",\"because\":\"\",\"after\":\"pause\"}");
    }

    @Test
    void aPauseThatTheBrokerNeverHeardOfHoldsAndAResumptionThatItNeverHeardOfGoesOn() throws Exception {
        Gate paused = Gate.of(201);
        Gate resumed = Gate.of(202);
        String first;
        String second;
        String fork = "fork-1";
        try (Engine engine = open()) {
            Program gated = engine.deploy(GATED);
            first = engine.start(gated, target(201).withSeed(4).withParam("rounds", 1));
            second = engine.start(gated, target(202).withSeed(4).withParam("rounds", 1));
            paused.awaitCall();
            resumed.awaitCall();
            engine.pause(second, "ada", "");
        }
        try (Ledger ledger = Ledger.open(directory)) {
            ledger.append(first, event(EventKind.RUN_PAUSED, 1));
            ledger.append(second, event(EventKind.RUN_RESUMED, 2));
            fork(ledger, first, fork);
        }
        paused.letThrough(100);
        resumed.letThrough(100);
        try (Engine engine = open()) {
            assertThat(engine.await(second).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            assertThat(engine.await(fork).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            assertThat(engine.summary(first).phase()).isEqualTo(RunPhase.PAUSED);
            assertThat(bodies(engine.events(first), EventKind.OUTPUT, "hint")).isEmpty();

            engine.resume(first, "ada");
            assertThat(engine.await(first).stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            for (String run : List.of(first, second, fork)) {
                assertThat(places(engine.events(run), EventKind.CALLED))
                        .hasSize(5)
                        .doesNotHaveDuplicates();
            }
            assertThat(engine.summary(fork).forkOf()).contains(first);
        }
    }

    /** A fork that is kept and was never begun. */
    private static void fork(Ledger ledger, String of, String id) {
        RunRecord run = ledger.run(of).orElseThrow();
        List<RunEvent> events = ledger.events(of, 0, Integer.MAX_VALUE);
        Forks shared = new Forks(run, events, events.size() + 1);
        Instant now = Instant.now();
        RunSetup setup = RunSetup.parse(run.setup());
        RunSetup.ForkOf from = new RunSetup.ForkOf(
                of, events.size() + 1, "ada", shared.began(now).toString());
        ledger.fork(
                new RunRecord(
                        id,
                        run.workflow(),
                        run.program(),
                        setup.forking(from, setup.params()).json(),
                        now),
                of,
                shared.events(id, shared.began(now)));
    }

    @Test
    void whatTenantsAndPeopleHaveSaidIsThereAfterARestart() throws Exception {
        String run;
        String poor;
        String keyed;
        RunRequest asked = target(5).withSeed(4).withTenant("acme").withKey("order-7");
        try (Engine engine = open()) {
            engine.deployments().deploy("acme", "ada", source("guess"));
            keyed = engine.start(
                    engine.deployments().get("acme", "guess", Optional.empty()).program(), asked);
            engine.await(keyed);
            poor = engine.start(
                    engine.deploy(with(source("guess"), "calls: 40", "calls: 5")),
                    target(5).withSeed(4));
            assertThat(engine.await(poor).stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
            engine.raise(poor, Map.of(Resource.CALLS, BigDecimal.valueOf(30)), "ada");
            run = engine.start(engine.deploy(source("people")), target(5).withTenant("acme"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !engine.tasks().page(TaskQuery.open()).tasks().isEmpty());
            engine.tasks().claim(run + "/which", "ada", Duration.ofHours(1));
            engine.tasks().draft(run + "/which", "ada", Json.object().put("choice", 2));
        }
        // An answer that is kept, and that the broker never heard of.
        try (Ledger ledger = Ledger.open(directory)) {
            Task task = ledger.task(run + "/which").orElseThrow();
            assertThat(task.claim().orElseThrow().by()).isEqualTo("ada");
            assertThat(task.draft()).contains("{\"choice\":2}");
            ledger.append(
                    run,
                    new NewEvent(
                            "which.take",
                            "",
                            1,
                            EventKind.ANSWERED,
                            "{\"rejected\":{\"by\":\"ada\",\"because\":\"no\"}}"));
        }
        try (Engine engine = open()) {
            engine.await(run);
            assertThat(bodies(engine.events(run), EventKind.OUTPUT, "which.take")
                            .getFirst()
                            .path("rejected")
                            .path("because")
                            .asText())
                    .isEqualTo("no");
            engine.resume(poor);
            assertThat(engine.await(poor).stop().rule()).contains("right");
            Deployed deployed = engine.deployments().get("acme", "guess", Optional.of(1));
            assertThat(deployed.source()).isEqualTo(source("guess"));
            assertThat(engine.start(deployed.program(), asked)).isEqualTo(keyed);
        }
    }
}
