package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.Adapter;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Image;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link ModelProvider} and its models must do. A test class extends it and names one model that answers. */
public abstract class ModelContract {

    private static final long PATIENCE_SECONDS = 20;

    /** A GIF of one point. */
    private static final String POINT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    /** What models can do, and how one that cannot must behave. */
    protected enum Capability {
        /** The same seed gives the same reply. A model that cannot takes any seed and answers. */
        SEED,
        /** Reads pictures. A model that cannot refuses them as BAD_INPUT. */
        IMAGES,
        /** Reads free text. A model that cannot, because it reads data, refuses free text as BAD_INPUT. */
        PROSE,
        /** Knows which models exist: another name is UNKNOWN. A provider that cannot opens any name. */
        CATALOGUE
    }

    protected abstract ModelProvider provider();

    /** A model's name, without the provider. */
    protected abstract String model();

    /** A request that the model answers. */
    protected abstract ModelRequest request();

    protected ModelSettings settings() {
        return ModelSettings.DEFAULT;
    }

    /** What this model cannot do. */
    protected Set<Capability> cannot() {
        return Set.of();
    }

    @Test
    void the_provider_is_found_by_a_name_that_a_workflow_can_write() {
        String name = provider().name();
        assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(ServiceLoader.load(ModelProvider.class))
                .filteredOn(found -> found.name().equals(name))
                .singleElement()
                .isInstanceOf(provider().getClass());
    }

    @Test
    void an_unknown_model_is_reported_as_such() throws ConnectorException {
        if (cannot().contains(Capability.CATALOGUE)) {
            assertThat(provider().open("no-such-model", settings())).isNotNull();
        } else {
            refuses(
                    Kind.UNKNOWN,
                    () -> provider().open("no-such-model", settings()).generate(request(), CallContext.standalone(1)));
        }
    }

    @Test
    void an_adapter_of_a_format_that_it_does_not_know_is_refused() {
        refuses(Kind.BAD_INPUT, () -> provider().open(model(), settings(), new Adapter("no-such-format", "AAAA")));
    }

    @Test
    void the_same_seed_gives_the_same_reply() throws ConnectorException {
        Model model = open();
        ModelReply first = model.generate(request(), CallContext.standalone(7));
        ModelReply again = open().generate(request(), CallContext.standalone(7));
        if (cannot().contains(Capability.SEED)) {
            assertThat(again.usage().calls()).isEqualTo(1);
        } else {
            assertThat(again.text()).isEqualTo(first.text());
            assertThat(again.finish()).isEqualTo(first.finish());
        }
    }

    @Test
    void what_a_call_used_is_within_what_was_reserved_for_it() throws ConnectorException {
        Model model = open();
        for (int maxTokens : new int[] {1, request().maxTokens()}) {
            ModelRequest request = new ModelRequest(
                    request().messages(), request().inputs(), request().temperature(), maxTokens);
            Usage most = model.atMost(request);
            Usage used = model.generate(request, CallContext.standalone(3)).usage();
            assertThat(used.calls()).as("calls").isEqualTo(1).isEqualTo(most.calls());
            assertThat(used.inputTokens()).as("input tokens").isBetween(1L, most.inputTokens());
            assertThat(used.outputTokens()).as("output tokens").isBetween(0L, most.outputTokens());
            assertThat(used.microUsd()).as("micro-USD").isBetween(0L, most.microUsd());
        }
    }

    @Test
    void free_text_is_read_or_refused() throws ConnectorException {
        ModelRequest prose = new ModelRequest(
                List.of(new Message(Speaker.USER, "Say a word about the sea.")), "{}", Optional.empty(), 16);
        if (cannot().contains(Capability.PROSE)) {
            refuses(Kind.BAD_INPUT, () -> open().generate(prose, CallContext.standalone(1)));
        } else {
            assertThat(open().generate(prose, CallContext.standalone(1)).text()).isNotNull();
        }
    }

    @Test
    void a_picture_is_read_or_refused() throws ConnectorException {
        Message last = request().messages().getLast();
        List<Message> messages = new ArrayList<>(request().messages());
        messages.set(messages.size() - 1, new Message(last.speaker(), last.text(), false, List.of(Image.of(POINT))));
        ModelRequest shown = new ModelRequest(
                messages, request().inputs(), request().temperature(), request().maxTokens());
        if (cannot().contains(Capability.IMAGES)) {
            refuses(Kind.BAD_INPUT, () -> open().generate(shown, CallContext.standalone(1)));
        } else {
            assertThat(open().generate(shown, CallContext.standalone(1)).text()).isNotNull();
            assertThat(open().atMost(shown).inputTokens())
                    .isGreaterThan(open().atMost(request()).inputTokens());
        }
    }

    @Test
    void a_negative_temperature_is_bad_input() {
        for (double wrong : new double[] {-0.5, Double.NaN}) {
            ModelRequest request = new ModelRequest(
                    request().messages(),
                    request().inputs(),
                    Optional.of(wrong),
                    request().maxTokens());
            refuses(Kind.BAD_INPUT, () -> open().generate(request, CallContext.standalone(1)));
        }
    }

    @Test
    void a_call_without_time_left_is_a_timeout() {
        refuses(Kind.TIMEOUT, () -> open().generate(request(), context(Duration.ZERO, new Cancellation())));
    }

    @Test
    void a_cancelled_run_makes_no_call() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        refuses(Kind.CANCELLED, () -> open().generate(request(), context(Duration.ofMinutes(1), cancelled)));
    }

    @Test
    void a_call_that_is_cancelled_under_way_ends_with_its_reply_or_as_cancelled() throws Exception {
        Model model = open();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Optional<Kind>> end = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                model.generate(request(), context(Duration.ofMinutes(1), cancellation));
                end.complete(Optional.empty());
            } catch (ConnectorException e) {
                end.complete(Optional.of(e.kind()));
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        });
        cancellation.cancel();
        assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isIn(Optional.empty(), Optional.of(Kind.CANCELLED));
    }

    @Test
    void sixteen_threads_at_once_get_what_one_gets_in_turn() throws Exception {
        Model model = open();
        List<String> atOnce = Together.run(
                16, i -> model.generate(request(), CallContext.standalone(i)).text());
        if (cannot().contains(Capability.SEED)) {
            assertThat(atOnce).hasSize(16);
            return;
        }
        List<String> inTurn =
                LongStream.range(0, 16).mapToObj(seed -> text(model, seed)).toList();
        assertThat(atOnce).isEqualTo(inTurn);
    }

    private String text(Model model, long seed) {
        try {
            return model.generate(request(), CallContext.standalone(seed)).text();
        } catch (ConnectorException e) {
            throw new AssertionError(e);
        }
    }

    private Model open() throws ConnectorException {
        return provider().open(model(), settings());
    }

    private static CallContext context(Duration timeout, Cancellation cancellation) {
        return new CallContext("contract", "step", "", 1, 1, timeout, cancellation);
    }

    private static void refuses(Kind kind, Refusals.Call call) {
        Refusals.of(kind, call);
    }
}
