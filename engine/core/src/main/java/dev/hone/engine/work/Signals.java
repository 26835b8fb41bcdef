package dev.hone.engine.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Step;
import java.util.Locale;
import java.util.Optional;

/** What a step's event says of its signal besides the value. */
final class Signals {

    private Signals() {}

    /** Adds {@code signal: {kind, of, span, source, confidence, delay}} to an event, as far as the file says it. */
    static void describe(Site site, Step step, ObjectNode body) throws StepProblem {
        if (step.signal().isEmpty()) {
            return;
        }
        Step.Signal signal = step.signal().get();
        ObjectNode json =
                body.putObject("signal").put("kind", signal.kind().name().toLowerCase(Locale.ROOT));
        put(site, json, "of", signal.of());
        put(site, json, "span", signal.span());
        put(site, json, "confidence", signal.confidence());
        put(site, json, "delay", signal.delay());
        signal.source().ifPresent(source -> json.put("source", source.name().toLowerCase(Locale.ROOT)));
        if (signal.sealed()) {
            json.put("visibility", "sealed");
        }
    }

    private static void put(Site site, ObjectNode json, String name, Optional<Expression> expression)
            throws StepProblem {
        if (expression.isPresent()) {
            json.set(name, Json.node(site.evaluate(expression.get())));
        }
    }
}
