package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Connector} must do. A test class extends it and gives inputs that work, with what is expected of them,
 * and inputs that do not.
 *
 * @param <I> the connector's input
 * @param <O> the connector's output
 */
public abstract class ConnectorContract<I extends Record, O extends Record> {

    /** What connectors can do, and how one that cannot must behave. */
    protected enum Capability {
        /** The same input gives the same output. One that cannot, since it asks the world, must still answer twice. */
        REPEATABLE,
        /** A cancelled run is refused as CANCELLED. One that cannot is done at once, cancelled or not. */
        CANCEL,
        /** A call with no time left is refused as TIMEOUT. One that cannot is done at once, whatever the timeout. */
        TIMEOUT
    }

    /** An input and the output expected of it. */
    public record Example<I extends Record, O extends Record>(I input, O output) {}

    /** {@code Object} is any JSON value. */
    private static final Set<Class<?>> PLAIN = Set.of(
            Object.class,
            String.class,
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class);

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    protected abstract Connector<I, O> connector();

    /** At least one input that works. */
    protected abstract List<Example<I, O>> examples();

    /** Inputs that must be refused as BAD_INPUT, by a word on what is wrong with them. */
    protected abstract Map<String, I> badInputs();

    /** What this connector cannot do. */
    protected Set<Capability> cannot() {
        return Set.of();
    }

    @Test
    void it_is_found_by_a_name_that_a_workflow_can_write() {
        String name = connector().name();
        assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(ServiceLoader.load(Connector.class))
                .filteredOn(found -> found.name().equals(name))
                .singleElement()
                .isInstanceOf(connector().getClass());
    }

    @Test
    void its_records_have_types_that_json_can_carry() {
        assertThat(connector().input().getRecordComponents()).isNotEmpty().allMatch(c -> carried(c.getGenericType()));
        assertThat(connector().output().getRecordComponents()).isNotEmpty().allMatch(c -> carried(c.getGenericType()));
    }

    @Test
    void each_example_gives_what_it_says() throws ConnectorException {
        assertThat(examples()).isNotEmpty();
        for (Example<I, O> example : examples()) {
            O first = connector().run(example.input(), CallContext.standalone(1));
            O again = connector().run(example.input(), CallContext.standalone(1));
            assertThat(first).as(example.input().toString()).isEqualTo(example.output());
            if (!cannot().contains(Capability.REPEATABLE)) {
                assertThat(again).isEqualTo(first);
            }
        }
    }

    @Test
    void bad_input_is_refused_as_such() {
        badInputs().forEach((what, input) -> {
            ConnectorException e = Refusals.of(Kind.BAD_INPUT, () -> connector().run(input, CallContext.standalone(1)));
            assertThat(e.what()).as(what).doesNotContain("Exception");
        });
    }

    @Test
    void a_cancelled_run_is_refused_or_done_at_once() throws Exception {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        refusedOrAtOnce(Capability.CANCEL, Kind.CANCELLED, Duration.ofMinutes(1), cancelled);
    }

    @Test
    void a_call_with_no_time_left_is_refused_or_done_at_once() throws Exception {
        refusedOrAtOnce(Capability.TIMEOUT, Kind.TIMEOUT, Duration.ZERO, new Cancellation());
    }

    @Test
    void sixteen_threads_at_once_get_what_one_gets() throws Exception {
        Example<I, O> example = examples().getFirst();
        Connector<I, O> connector = connector();
        List<O> results = Together.run(16, i -> connector.run(example.input(), CallContext.standalone(i)));
        assertThat(results).containsOnly(example.output());
    }

    private void refusedOrAtOnce(Capability capability, Kind kind, Duration timeout, Cancellation cancellation)
            throws ConnectorException {
        CallContext context = new CallContext("contract", "step", "", 1, 1, timeout, cancellation);
        Example<I, O> example = examples().getFirst();
        if (cannot().contains(capability)) {
            long start = System.nanoTime();
            assertThat(connector().run(example.input(), context)).isEqualTo(example.output());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        } else {
            Refusals.of(kind, () -> connector().run(example.input(), context));
        }
    }

    private static boolean carried(Type type) {
        return switch (type) {
            case Class<?> c
            when c.isRecord() ->
                Arrays.stream(c.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .allMatch(ConnectorContract::carried);
            case Class<?> c -> c.isEnum() || PLAIN.contains(c);
            case ParameterizedType p
            when p.getRawType() == List.class || p.getRawType() == Optional.class ->
                carried(p.getActualTypeArguments()[0]);
            case ParameterizedType p
            when p.getRawType() == Map.class ->
                p.getActualTypeArguments()[0] == String.class && carried(p.getActualTypeArguments()[1]);
            default -> false;
        };
    }
}
