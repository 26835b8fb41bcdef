package dev.hone.engine;

import static dev.hone.engine.SharedEngine.bodies;
import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static dev.hone.engine.SharedEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.dsl.DayLimits;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.engine.ledger.RunSummary;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What belongs to one tenant is nobody else's. */
@Tag("slow")
@Timeout(60)
@ExtendWith(SharedEngine.class)
class TenantTest {

    private static final Source GUESS = source("guess");

    private final Engine engine;

    TenantTest(Engine engine) {
        this.engine = engine;
    }

    private static void refused(ProblemCode code, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused.problems().getFirst().code()).isEqualTo(code);
            assertThat(refused.problems().getFirst().fix()).isNotBlank();
            assertThat(refused.getMessage()).contains(words);
        });
    }

    @Test
    void aRunIsOfItsTenantAndNoneForAnother() throws Exception {
        Program guess = engine.deploy(GUESS);
        String run = engine.start(guess, target(5).withSeed(4).withTenant("acme"));
        engine.await(run);

        assertThat(engine.run("acme", run)).isEqualTo(engine.run(run));
        refused(ProblemCode.NOT_FOUND, "no run " + run, () -> engine.run("other", run));
        assertThat(engine.runs(RunQuery.of("acme")).runs())
                .extracting(RunSummary::id)
                .contains(run);
        assertThat(engine.runs(RunQuery.of("other")).runs()).isEmpty();
        String replay = engine.replay(run);
        engine.await(replay);
        assertThat(engine.summary(replay).tenant()).isEqualTo("acme");
        refused(
                ProblemCode.INPUT_TYPE,
                "tenant",
                () -> engine.start(guess, target(5).withTenant("")));
        refused(
                ProblemCode.INPUT_TYPE,
                "1 to 200",
                () -> engine.runs(RunQuery.all().withLimit(0)));
        refused(
                ProblemCode.INPUT_TYPE,
                "cursor",
                () -> engine.runs(RunQuery.all().after("x")));
        assertThat(engine.events(run, 2, 3)).isEqualTo(engine.events(run).subList(2, 5));
        refused(ProblemCode.INPUT_TYPE, "events", () -> engine.events(run, -1, 3));
    }

    @Test
    void memoriesAreNotShared() throws Exception {
        Program together = engine.deploy(source("together"));
        engine.await(engine.start(together, target(1).withTenant("m-a")));
        String same = engine.start(together, target(1).withTenant("m-a"));
        engine.await(same);
        String other = engine.start(together, target(1).withTenant("m-b"));
        engine.await(other);
        // A name that looks like that of another tenant with a realm.
        engine.await(engine.start(together, target(1).withTenant("m-c").withRealm("r")));
        String sly = engine.start(together, target(1).withTenant("m-c in r"));
        engine.await(sly);

        assertThat(recalled(same)).isEqualTo("[1]");
        assertThat(recalled(other)).isEqualTo("[]");
        assertThat(recalled(sly)).isEqualTo("[]");
    }

    private String recalled(String run) {
        return bodies(engine.events(run), EventKind.OUTPUT, "ofAll")
                .getFirst()
                .path("value")
                .toString();
    }

    @Test
    void theSameKeyIsTheSameRunHoweverManyAskAtATime() throws Exception {
        Program guess = engine.deploy(GUESS);
        RunRequest asked = target(5).withSeed(4).withTenant("keys").withKey("order-1");
        Set<String> runs = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> tries = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> engine.start(guess, asked))
                    .toList();
            for (Future<String> one : threads.invokeAll(tries)) {
                runs.add(one.get());
            }
        }
        assertThat(runs).hasSize(1);
        String run = runs.iterator().next();
        engine.await(run);
        assertThat(engine.start(guess, asked)).as("after its end, too").isEqualTo(run);
        assertThat(engine.events(run).stream().filter(event -> event.kind() == EventKind.RUN_STARTED))
                .hasSize(1);

        refused(ProblemCode.KEY_REUSED, "order-1", () -> engine.start(guess, asked.withSeed(5)));
        Program other = engine.deploy(with(GUESS, "calls: 40", "calls: 41"));
        refused(ProblemCode.KEY_REUSED, "order-1", () -> engine.start(other, asked));
        refused(ProblemCode.INPUT_TYPE, "201", () -> engine.start(guess, asked.withKey("x".repeat(201))));
        assertThat(engine.start(guess, asked.withTenant("keys-b"))).isNotEqualTo(run);
        assertThat(engine.runs(RunQuery.of("keys")).runs()).hasSize(1);
    }

    @Test
    void aDeployedWorkflowIsFoundByItsNameAndVersion() {
        Source changed = with(GUESS, "calls: 40", "calls: 39");
        Deployment first = engine.deployments().deploy("deployer", "ada", GUESS);
        Deployment second = engine.deployments().deploy("deployer", "bob", changed);
        assertThat(engine.deployments().deploy("deployer", "eve", changed)).isEqualTo(second);

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(engine.deployments().versions("deployer", "guess")).containsExactly(second, first);
        assertThat(engine.deployments().page("deployer", Optional.empty(), 10).deployments())
                .containsExactly(second);
        Deployed old = engine.deployments().get("deployer", "guess", Optional.of(1));
        assertThat(old.source()).isEqualTo(GUESS);
        assertThat(old.program().hash()).isEqualTo(first.program());
        assertThat(engine.deployments()
                        .get("deployer", "guess", Optional.empty())
                        .deployment())
                .isEqualTo(second);
        refused(
                ProblemCode.NOT_FOUND,
                "no version 3",
                () -> engine.deployments().get("deployer", "guess", Optional.of(3)));
        refused(
                ProblemCode.NOT_FOUND,
                "no workflow ode",
                () -> engine.deployments().versions("deployer", "ode"));
        refused(
                ProblemCode.NOT_FOUND,
                "no workflow guess",
                () -> engine.deployments().get("nobody", "guess", Optional.empty()));
        refused(ProblemCode.INPUT_TYPE, "characters", () -> engine.deployments().deploy("deployer", "", GUESS));
    }

    @Test
    void aTenantSpendsWhatItMayAndNoMore() throws Exception {
        Program guess = engine.deploy(GUESS);
        assertThat(engine.budgets().limit("poor")).isEqualTo(DayLimits.Limit.NONE);
        DayLimits.Limit four = new DayLimits.Limit(OptionalLong.of(4), OptionalLong.empty(), OptionalLong.empty());
        engine.budgets().limit("poor", Optional.of(four), "ada");
        assertThat(engine.budgets().limit("poor")).isEqualTo(four);

        String run = engine.start(guess, target(5).withSeed(4).withTenant("poor"));
        RunResult result = engine.await(run);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
        assertThat(result.stop().text()).contains("today's limit of the tenant 'poor'");
        assertThat(engine.budgets().spentToday("poor").calls()).isEqualTo(4);

        engine.budgets().limit("poor", Optional.empty(), "ada");
        engine.resume(run);
        assertThat(engine.await(run).stop().rule()).contains("right");
        DayLimits.Limit below = new DayLimits.Limit(OptionalLong.of(-1), OptionalLong.empty(), OptionalLong.empty());
        refused(ProblemCode.INPUT_TYPE, "-1 calls", () -> engine.budgets().limit("poor", Optional.of(below), "ada"));
    }
}
