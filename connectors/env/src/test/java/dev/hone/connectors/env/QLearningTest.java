package dev.hone.connectors.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.env.QLearning.Input;
import dev.hone.connectors.env.QLearning.Learned;
import dev.hone.connectors.env.QLearning.Output;
import dev.hone.connectors.env.QLearning.Point;
import dev.hone.connectors.env.QLearning.Schedule;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QLearningTest extends ConnectorContract<Input, Output> {

    private static final Offset<Double> ROUNDED = within(1e-9);
    private static final Schedule ALWAYS = new Schedule(1, Optional.empty());
    private static final Schedule NEVER = new Schedule(0, Optional.empty());

    @Override
    protected Connector<Input, Output> connector() {
        return new QLearning();
    }

    @Override
    protected List<Example<Input, Output>> examples() {
        // Greedy and with ties to the first action, one step an episode: "give 0" and nothing else is ever tried.
        Map<String, Double> worth = new LinkedHashMap<>();
        for (int gift = 0; gift <= 10; gift++) {
            worth.put("give " + gift, gift == 0 ? 15.0 : 0.0);
        }
        Input once = new Input(
                Specs.publicGoods(1, 1, "cooperator"),
                Optional.of(2),
                Optional.of(ALWAYS),
                Optional.of(1.0),
                Optional.of(NEVER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(3),
                Optional.of(1L));
        return List.of(new Example<>(
                once,
                new Output(new Learned(Map.of("1:-1", worth)), 15, List.of(new Point(1, 15), new Point(2, 15)), 1, 2)));
    }

    @Override
    protected Map<String, Input> badInputs() {
        return Map.of(
                "episodes", input(Specs.CORRIDOR, 0, ALWAYS, Optional.empty()),
                "too many episodes", input(Specs.CORRIDOR, 100_001, ALWAYS, Optional.empty()),
                "alpha", input(Specs.CORRIDOR, 1, new Schedule(2, Optional.empty()), Optional.empty()),
                "alpha at the end", input(Specs.CORRIDOR, 1, new Schedule(1, Optional.of(-1.0)), Optional.empty()),
                "no table", input(Specs.CORRIDOR, 1, ALWAYS, Optional.of(Specs.fixed("up"))),
                "environment", input(Specs.grid("S"), 1, ALWAYS, Optional.empty()));
    }

    private static Input input(Spec env, int episodes, Schedule alpha, Optional<Policy> from) {
        return new Input(
                env,
                Optional.of(episodes),
                Optional.of(alpha),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                from,
                Optional.empty(),
                Optional.of(1L));
    }

    private static Input defaults(Spec env, int episodes) {
        return new Input(
                env,
                Optional.of(episodes),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1L));
    }

    private static Output train(Input input) throws ConnectorException {
        return new QLearning().run(input, CallContext.standalone(1));
    }

    @Test
    void a_training_goes_on_from_the_table_before() throws ConnectorException {
        Output first = train(input(Specs.CORRIDOR, 50, ALWAYS, Optional.empty()));
        Output second = train(input(
                Specs.CORRIDOR, 1, NEVER, Optional.of(Specs.table(first.value().table()))));

        assertThat(second.value()).isEqualTo(first.value());
        assertThat(second.score()).isCloseTo(0.98, ROUNDED);
    }

    @Test
    void what_was_known_of_states_that_are_not_met_again_is_kept() throws ConnectorException {
        Map<String, Map<String, Double>> known = Map.of("9,9", Map.of("up", 1.0));

        Output output = train(input(Specs.CORRIDOR, 50, ALWAYS, Optional.of(Specs.table(known))));

        assertThat(output.value().table())
                .containsEntry("9,9", Map.of("up", 1.0))
                .containsKeys("0,0", "0,1");
    }

    @Test
    void the_reward_decides_what_is_learned() throws ConnectorException {
        Spec env = Specs.grid("HS.G");
        Input masochist = new Input(
                env,
                Optional.of(200),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Map.of("hazard", 1.0, "goal", -1.0)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1L));

        assertThat(train(masochist).score()).isEqualTo(1);
        assertThat(train(defaults(env, 200)).score()).isCloseTo(0.98, ROUNDED);
    }

    @Test
    void the_curve_rises_while_a_pole_is_learned() throws ConnectorException {
        Output output = train(defaults(Specs.cartPole(0.05, 200), 2_000));

        assertThat(output.curve()).hasSize(50);
        assertThat(output.curve().getLast().episodes()).isEqualTo(2_000);
        assertThat(output.curve().getFirst().mean()).isLessThan(40);
        assertThat(output.curve().getLast().mean()).isGreaterThan(80);
        assertThat(output.score()).isGreaterThan(100);
        assertThat(output.states()).isLessThanOrEqualTo(162);
    }

    @Test
    void it_offers_as_little_as_the_other_takes() throws ConnectorException {
        // Now 3 parts of 10, or after two rounds 7 that are worth a quarter: better now.
        assertThat(train(defaults(Specs.bargaining(5), 3_000)).score()).isCloseTo(0.3, ROUNDED);
    }

    @Test
    void it_asks_before_it_guesses() throws ConnectorException {
        Output output = train(defaults(Specs.ANIMALS, 5_000));

        // Two questions at 0.05 each, then the guess is right.
        assertThat(output.score()).isCloseTo(0.9, ROUNDED);
    }

    @Test
    void more_states_than_a_table_can_hold_are_refused() {
        Spec.Item[] items = new Spec.Item[200];
        for (int i = 0; i < items.length; i++) {
            items[i] = Specs.item("item " + i, "number", String.valueOf(i));
        }

        ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> train(defaults(Specs.questions(200, items), 100_000)));

        assertThat(e.what()).isEqualTo("the environment has more than 20000 states to learn about");
    }

    /** It would take minutes. */
    private static final Input LONG = defaults(Specs.grid("S" + "#".repeat(62) + "G", 0, World.MOST_STEPS), 100_000);

    @Test
    void a_training_that_takes_too_long_is_ended_in_the_middle() {
        Duration brief = Duration.ofMillis(100);
        CallContext context = new CallContext("run", "step", "", 1, 1, brief, new Cancellation());

        Refusals.of(Kind.TIMEOUT, () -> new QLearning().run(LONG, context));
    }

    @Test
    void a_training_ends_when_it_is_cancelled() throws Exception {
        Cancellation cancellation = new Cancellation();
        CallContext context = new CallContext("run", "step", "", 1, 1, Duration.ofMinutes(5), cancellation);
        CompletableFuture<ConnectorException> refusal = CompletableFuture.supplyAsync(
                () -> Refusals.of(Kind.CANCELLED, () -> new QLearning().run(LONG, context)));

        cancellation.cancel();

        assertThat(refusal.get(10, TimeUnit.SECONDS).what()).isEqualTo("the run was cancelled");
    }
}
