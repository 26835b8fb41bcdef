package dev.hone.server.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.Engine;
import dev.hone.engine.Performed;
import dev.hone.engine.ledger.EventKind;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A trace of each run: the run as the invocation of an agent, its calls of models as chats, its other steps between them, named
 * as OpenTelemetry's semantic conventions for generative AI have it. What people or models wrote is not among it.
 */
@Context
@Requires(bean = OpenTelemetrySdk.class)
class Traces {

    private static final String OPERATION = "gen_ai.operation.name";

    /** A place in a run. */
    private record Place(String run, String element, String iteration) {}

    private final Engine engine;
    private final Tracer tracer;
    private final Map<Place, JsonNode> calls = new ConcurrentHashMap<>();
    private final Runnable unwatch;
    private final Runnable unobserve;

    Traces(Engine engine, OpenTelemetrySdk telemetry) {
        this.engine = engine;
        this.tracer = telemetry.getTracer("dev.hone");
        this.unwatch = engine.watch(this::happened);
        this.unobserve = engine.observe(this::performed);
    }

    @PreDestroy
    void stop() {
        unwatch.run();
        unobserve.run();
    }

    private void happened(RunEvent event) {
        if (event.kind() == EventKind.CALLED) {
            calls.put(new Place(event.run(), event.element(), event.iteration()), Json.read(event.body()));
        } else if (event.kind() == EventKind.RUN_FINISHED) {
            ended(event);
        }
    }

    private void ended(RunEvent event) {
        RunRecord run = engine.run(event.run());
        JsonNode stop = Json.read(event.body()).path("stop");
        Span span = RunIds.during(
                run.id(),
                () -> tracer.spanBuilder("invoke_agent " + run.workflow())
                        .setNoParent()
                        .setSpanKind(SpanKind.INTERNAL)
                        .setAttribute(OPERATION, "invoke_agent")
                        .setAttribute("gen_ai.agent.name", run.workflow())
                        .setAttribute("hone.run", run.id())
                        .setAttribute("hone.stop.kind", stop.path("kind").asText())
                        .setAttribute("hone.stop.text", stop.path("text").asText())
                        .setStartTimestamp(run.createdAt())
                        .startSpan());
        if (stop.path("kind").asText().equals("PROBLEM")) {
            span.setStatus(StatusCode.ERROR, stop.path("text").asText());
        }
        span.end(event.at());
    }

    private void performed(Performed step) {
        JsonNode call = calls.remove(new Place(step.run(), step.element(), step.iteration()));
        String name =
                call == null ? step.element() : "chat " + call.path("model").asText();
        SpanBuilder span = tracer.spanBuilder(name)
                .setParent(io.opentelemetry.context.Context.root().with(Span.wrap(RunIds.of(step.run()))))
                .setSpanKind(call == null ? SpanKind.INTERNAL : SpanKind.CLIENT)
                .setStartTimestamp(step.begun())
                .setAttribute("hone.run", step.run())
                .setAttribute("hone.element", step.element())
                .setAttribute("hone.iteration", step.iteration())
                .setAttribute("hone.waited.ms", step.waited().toMillis());
        if (call != null) {
            describe(span, call);
        }
        Span begun = span.startSpan();
        if (step.retried()) {
            begun.setStatus(StatusCode.ERROR, "is tried again");
        }
        begun.end(step.begun().plus(step.took()));
    }

    private static void describe(SpanBuilder span, JsonNode call) {
        String model = call.path("model").asText();
        int slash = model.indexOf('/');
        JsonNode usage = call.path("usage");
        span.setAttribute(OPERATION, "chat")
                .setAttribute("gen_ai.provider.name", slash < 0 ? model : model.substring(0, slash))
                .setAttribute("gen_ai.request.model", model.substring(slash + 1))
                .setAttribute("gen_ai.response.id", call.path("id").asText())
                .setAttribute(
                        AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
                        List.of(call.path("finish").asText().toLowerCase(Locale.ROOT)))
                .setAttribute(
                        "gen_ai.usage.input_tokens", usage.path("inputTokens").asLong())
                .setAttribute(
                        "gen_ai.usage.output_tokens", usage.path("outputTokens").asLong())
                .setAttribute("hone.cost.micro_usd", usage.path("microUsd").asLong());
    }
}
