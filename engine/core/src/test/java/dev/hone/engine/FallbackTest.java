package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Fault;
import dev.hone.connectors.testkit.HostileServer;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.ledger.EventKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a call whose server fails, over real connections. */
@ExtendWith(SharedEngine.class)
class FallbackTest {

    private static final String REPLY = """
            {"id": "c1", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "first"}}],
             "usage": {"prompt_tokens": 3, "completion_tokens": 1}}""";
    private static final String STANDS_BY = "fallback: [guess/echo], ";

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());
    private final HostileServer hostile = HostileServer.answering(REPLY);

    @AfterEach
    void close() {
        server.close();
        hostile.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAUTHORIZED", "NOT_FOUND", "BAD_REQUEST", "HTML", "TOO_MANY_FOR_YEARS"})
    void a_model_that_cannot_answer_is_replaced_by_the_one_that_stands_by(Fault fault, Engine engine) throws Exception {
        hostile.next(fault);
        String run = start(engine, hostile.baseUrl(), STANDS_BY);
        RunResult result = engine.await(run);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(hostile.requests()).isEqualTo(1);
        assertThat(of(engine, run, EventKind.PROBLEM)).singleElement().satisfies(problem -> {
            assertThat(problem.path("next").asText()).isEqualTo("guess/echo");
            assertThat(problem.path("what").asText()).contains(hostile.baseUrl().toString());
        });
        assertThat(of(engine, run, EventKind.CALLED))
                .singleElement()
                .satisfies(called -> assertThat(called.path("model").asText()).isEqualTo("guess/echo"));
        // An answer that made no sense may have been paid; all others were not given.
        assertThat(result.spent().calls()).isEqualTo(fault == Fault.HTML ? 2 : 1);
    }

    @Test
    void a_model_that_is_busy_for_a_moment_is_asked_again_first(Engine engine) throws Exception {
        server.next(Misbehaviour.Status.error(503, "loading"));
        server.next(new Misbehaviour.Status(429, Map.of("Retry-After", "1"), "{}"));
        String run = start(engine, server.baseUrl(), STANDS_BY);
        assertThat(engine.await(run).spent().calls()).isEqualTo(1);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(of(engine, run, EventKind.CALLED).getFirst().path("model").asText())
                .isEqualTo("compatible/echo");
    }

    @Test
    void a_call_that_broke_off_is_made_again_and_counts_twice(Engine engine) throws Exception {
        hostile.next(Fault.RESET_IN_BODY);
        String run = start(engine, hostile.baseUrl(), "");
        RunResult result = engine.await(run);
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(result.spent().calls()).isEqualTo(2);
        assertThat(result.spent().outputTokens()).isEqualTo(50 + 1);
    }

    @Test
    void a_key_that_is_absent_lets_the_next_model_answer(Engine engine) throws Exception {
        String run = start(engine, server.baseUrl(), STANDS_BY + "key: \"env:HONE_NO_SUCH_KEY\", ");
        assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(server.requests()).isZero();
    }

    @Test
    void when_all_models_fail_the_run_says_what_the_last_one_said_and_can_be_resumed(Engine engine) throws Exception {
        server.next(Misbehaviour.Status.error(401, "no"));
        String run = start(engine, server.baseUrl(), "fallback: [guess/silent], ");
        RunResult failed = engine.await(run);
        assertThat(failed.stop().problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_UNREACHABLE);
            assertThat(problem.what()).contains("nowhere");
        });
        assertThat(of(engine, run, EventKind.PROBLEM)).hasSize(1 + 4);
        engine.resume(run);
        assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(of(engine, run, EventKind.CALLED).getFirst().path("model").asText())
                .as("a resumed run begins with the slot's own model again")
                .isEqualTo("compatible/echo");
    }

    @Test
    void a_model_that_takes_the_slots_place_has_nobody_standing_by(Engine engine) throws Exception {
        String run = engine.start(
                engine.deploy(source(server.baseUrl(), STANDS_BY)),
                RunRequest.withoutInputs().withModels(Map.of("poet", "guess/silent")));
        assertThat(engine.await(run).stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
    }

    private static String start(Engine engine, URI address, String more) {
        return engine.start(engine.deploy(source(address, more)), RunRequest.withoutInputs());
    }

    private static List<JsonNode> of(Engine engine, String run, EventKind kind) {
        return SharedEngine.bodies(engine.events(run), kind, "poem");
    }

    private static Source source(URI address, String more) {
        return new Source("chain.yaml", """
                hone: 1
                name: chain
                slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", %s maxTokens: 50}}
                pools: {poems: {}}
                flow:
                  - call: {role: poet, prompt: "Write about the sea.", out: poem, into: poems}
                """.formatted(address, more));
    }
}
