package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.dsl.DayLimits;
import dev.hone.dsl.RateLimits;
import dev.hone.engine.ledger.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a provider, a tenant and a day hold for all runs of an engine together. */
@Tag("slow")
class LimitsTest {

    /** Counts how many are asked at a time, and keeps each until another came or the limit is reached. */
    private static final class Crowd implements Model {
        private final EchoModel echo = new EchoModel();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch two = new CountDownLatch(2);

        @Override
        public Usage atMost(ModelRequest request) {
            return echo.atMost(request);
        }

        @Override
        public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            two.countDown();
            try {
                two.await();
                return echo.generate(request, context);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public boolean inProcess() {
            return true;
        }
    }

    @Test
    void two_runs_share_the_room_of_their_server(@TempDir Path directory) throws Exception {
        Crowd crowd = new Crowd();
        RateLimits limits = new RateLimits(
                Map.of("compatible", new RateLimits.Limit(OptionalInt.of(600), OptionalInt.empty(), OptionalInt.of(2))),
                DayLimits.NONE);
        try (OpenAiServer server = OpenAiServer.serving("echo", crowd);
                Engine engine = Engine.open(EngineOptions.at(directory).withLimits(limits))) {
            Source source = new Source("crowd.yaml", """
                    hone: 1
                    name: crowd
                    slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", maxTokens: 50}}
                    pools: {poems: {}}
                    flow:
                      - map: {over: {i: "= 1..12"}, parallel: true}
                        do:
                          - call: {role: poet, prompt: "Number {{ i }}", in: {i: "= i"}, out: poem, into: poems}
                    """.formatted(server.baseUrl()));
            var program = engine.deploy(source);
            List<String> runs = List.of(
                    engine.start(program, RunRequest.withoutInputs()),
                    engine.start(program, RunRequest.withoutInputs()));
            for (String run : runs) {
                RunResult result = engine.await(run);
                assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
                assertThat(result.spent().calls()).isEqualTo(12);
            }
            assertThat(server.requests()).isEqualTo(24);
            assertThat(crowd.most).hasValue(2);
        }
    }

    @Test
    void a_tenants_day_bounds_its_runs_together_and_outlives_the_engine(@TempDir Path directory) throws Exception {
        DayLimits.Limit eight = new DayLimits.Limit(OptionalLong.of(8), OptionalLong.empty(), OptionalLong.empty());
        DayLimits.Limit twelve = new DayLimits.Limit(OptionalLong.of(12), OptionalLong.empty(), OptionalLong.empty());
        EngineOptions options = EngineOptions.at(directory)
                .withLimits(
                        new RateLimits(Map.of(), new DayLimits(twelve, eight, Map.of("guest", DayLimits.Limit.NONE))));
        try (OpenAiServer server = OpenAiServer.serving("echo", new EchoModel())) {
            Source source = new Source("five.yaml", """
                    hone: 1
                    name: five
                    slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", maxTokens: 50}}
                    pools: {poems: {}}
                    budget: {calls: 5}
                    flow:
                      - map: {over: {i: "= 1..5"}}
                        do:
                          - call: {role: poet, prompt: "Number {{ i }}", in: {i: "= i"}, out: poem, into: poems}
                    """.formatted(server.baseUrl()));
            try (Engine engine = Engine.open(options)) {
                RunResult first = engine.await(engine.start(engine.deploy(source), of("acme")));
                assertThat(first.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
            }
            try (Engine engine = Engine.open(options)) {
                RunResult second = engine.await(engine.start(engine.deploy(source), of("acme")));
                assertThat(second.stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
                assertThat(second.stop().text())
                        .startsWith("today's limit of the tenant 'acme' has 0 of its 8 calls left");
                assertThat(second.best()).as("what was made before is kept").isPresent();
                assertThat(second.spent().calls()).isEqualTo(3);
                RunResult third = engine.await(engine.start(engine.deploy(source), of("guest")));
                assertThat(third.stop().text()).startsWith("today's limit of all runs has 0 of its 12 calls left");
                assertThat(server.requests()).isEqualTo(12);
            }
        }
    }

    @Test
    void a_loops_budget_ends_the_loop_and_not_the_run(@TempDir Path directory) throws Exception {
        try (OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());
                Engine engine = Engine.open(EngineOptions.at(directory))) {
            String run = engine.start(
                    engine.deploy(new Source("twice.yaml", """
                    hone: 1
                    name: twice
                    params: {share: 3}
                    slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", maxTokens: 50}}
                    pools: {poems: {}}
                    budget: {calls: 20}
                    flow:
                      - map: {id: each, over: {i: "= 1..2"}}
                        do:
                          - loop: {id: search, max: 5, budget: {calls: "= share"}}
                            do:
                              - map: {id: both, over: {j: "= 1..2"}}
                                do:
                                  - call: {id: try, role: poet, prompt: "Number {{ i }} {{ j }}", in: {i: "= i", j: "= j"}, out: poem, into: poems}
                      - call: {id: last, role: poet, prompt: "The end", out: end}
                    """.formatted(server.baseUrl()))),
                    RunRequest.withoutInputs());
            RunResult result = engine.await(run);

            assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.LIMIT);
            assertThat(result.stop().text())
                    .isEqualTo(
                            "the budget of the loop 'search' has 0 of its 3 calls left, and the next call may need 1");
            assertThat(result.spent().calls())
                    .as("three in each of two searches, and one after them")
                    .isEqualTo(7);
            assertThat(server.requests()).isEqualTo(7);
            assertThat(engine.events(run).stream()
                            .filter(event -> event.kind() == EventKind.DECIDED
                                    && event.body()
                                            .contains("the budget of the loop 'search' has 0 of its 3 calls left"))
                            .map(event -> event.iteration().replaceAll("/.*", "")))
                    .containsExactly("each=1", "each=2");

            RunResult again = engine.await(engine.replay(run));
            assertThat(again.stop()).isEqualTo(result.stop());
            assertThat(server.requests()).as("a replay asks nobody").isEqualTo(7);
        }
    }

    private static RunRequest of(String tenant) {
        return RunRequest.withoutInputs().withLabels(Map.of("tenant", tenant));
    }
}
