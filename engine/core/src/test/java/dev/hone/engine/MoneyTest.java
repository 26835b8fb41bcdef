package dev.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.connectors.api.Usage;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.Misbehaviour;
import dev.hone.connectors.testkit.OpenAiServer;
import dev.hone.dsl.Prices;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs, over real calls: never more than its budget, and never nothing because a price is not known. */
@ExtendWith(SharedEngine.class)
class MoneyTest {

    private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_run_costs_what_its_calls_used_at_the_price_of_the_slot(Engine engine) throws Exception {
        server.next(new Misbehaviour.Body("""
                {"id": "c1", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "sea"}}],
                 "usage": {"prompt_tokens": 100, "prompt_tokens_details": {"cached_tokens": 60}, "completion_tokens": 9,
                           "completion_tokens_details": {"reasoning_tokens": 8}}}"""));
        RunResult result = run(engine, "price: {input: 2, cached: 0.5, output: 8}", "budget: {money: 0.01}");
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.COMPLETED);
        assertThat(result.spent()).isEqualTo(new Usage(1, 100, 60, 9, 8, 80 + 30 + 72, 0, 0));
    }

    @Test
    void a_call_that_could_cost_more_than_is_left_is_not_made(Engine engine) throws Exception {
        RunResult result = run(engine, "price: {input: 2, output: 8}", "budget: {money: 0.0001}");
        assertThat(result.stop().kind()).isEqualTo(StopReason.Kind.BUDGET);
        assertThat(server.requests()).isZero();
        assertThat(result.spent()).isEqualTo(Usage.NONE);
    }

    @Test
    void without_a_budget_in_money_a_call_of_unknown_price_is_counted_as_such(Engine engine) throws Exception {
        Usage spent = run(engine, "maxTokens: 50", "budget: {calls: 3}").spent();
        assertThat(spent.calls()).isEqualTo(1);
        assertThat(spent.unpricedCalls()).isEqualTo(1);
        assertThat(spent.microUsd()).isZero();
    }

    @Test
    void a_model_of_unknown_price_cannot_take_the_place_of_a_priced_one(Engine engine) {
        Source source = source("price: {input: 2, output: 8}", "budget: {money: 0.01}");
        EngineException e = catchThrowableOfType(
                EngineException.class,
                () -> engine.start(
                        engine.deploy(source),
                        RunRequest.withoutInputs().withModels(Map.of("poet", "ollama/unpriced"))));
        assertThat(e.problems()).extracting(Problem::code).containsExactly(ProblemCode.UNKNOWN_PRICE);
        assertThat(e.problems().getFirst().what()).contains("ollama/unpriced").contains("poet");
        assertThat(server.requests()).isZero();
    }

    @Test
    void the_shipped_list_is_dated_and_knows_hosted_models_alone() {
        Prices shipped = PriceLists.shipped();
        assertThat(shipped.date()).isPresent();
        assertThat(shipped.of("openai/gpt-4.1-mini", false)).contains(price("0.4", "0.1", "1.6"));
        assertThat(shipped.of("openai/gpt-4.1-mini-2025-04-14", false)).contains(price("0.4", "0.1", "1.6"));
        assertThat(shipped.of("openai/gpt-5-pro", false)).isEmpty();
        assertThat(shipped.of("ollama/llama3.2", false)).isEmpty();
        assertThat(shipped.shipped().values()).allSatisfy(price -> {
            assertThat(price.input()).isPositive();
            assertThat(price.output()).isGreaterThan(price.input());
        });
    }

    @Test
    void a_list_of_ones_own_goes_first_and_its_mistakes_are_named(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("own.yaml"), """
                prices: 2026-11-24
                models:
                  ollama/*: {input: 0, output: 0}
                """);
        assertThat(PriceLists.withOwn(file).of("ollama/llama3.2", true)).isPresent();
        Files.writeString(file, "prices: 2026-11-24\nmodels:\n  ollama/*: {input: free, output: 0}\n");
        EngineException e = catchThrowableOfType(EngineException.class, () -> PriceLists.withOwn(file));
        assertThat(e.problems().getFirst().toString()).contains("own.yaml:3:21: WRONG_TYPE");
    }

    private RunResult run(Engine engine, String slot, String budget) throws Exception {
        return engine.await(engine.start(engine.deploy(source(slot, budget)), RunRequest.withoutInputs()));
    }

    private Source source(String slot, String budget) {
        return new Source("money.yaml", """
                hone: 1
                name: money
                slots: {poet: {kind: model, init: compatible/echo, baseUrl: "%s", %s}}
                pools: {poems: {}}
                %s
                flow:
                  - call: {role: poet, prompt: "Write about the sea.", out: poem, into: poems}
                """.formatted(server.baseUrl(), slot, budget));
    }

    private static Slot.Price price(String input, String cached, String output) {
        return new Slot.Price(new BigDecimal(input), Optional.of(new BigDecimal(cached)), new BigDecimal(output));
    }
}
