package dev.hone.server.watch;

import dev.hone.engine.Sha256;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids of spans. A run has those that follow from its own id, so that whichever node does a step of it, before or after a
 * restart, adds to the same trace.
 */
final class RunIds implements IdGenerator {

    private static final int TRACE = 32;
    private static final int SPAN = 16;
    private static final ThreadLocal<@Nullable SpanContext> NEXT = new ThreadLocal<>();

    /** Of the span of a whole run. */
    static SpanContext of(String run) {
        String hash = Sha256.of(run);
        return SpanContext.createFromRemoteParent(
                hash.substring(0, TRACE),
                hash.substring(TRACE, TRACE + SPAN),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** Does what begins the span of a run on this thread. */
    static <T> T during(String run, Supplier<T> begin) {
        NEXT.set(of(run));
        try {
            return begin.get();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateTraceId() {
        SpanContext next = NEXT.get();
        return next == null ? IdGenerator.random().generateTraceId() : next.getTraceId();
    }

    @Override
    public String generateSpanId() {
        SpanContext next = NEXT.get();
        return next == null ? IdGenerator.random().generateSpanId() : next.getSpanId();
    }
}
