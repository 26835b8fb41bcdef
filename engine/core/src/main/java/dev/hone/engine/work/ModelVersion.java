package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.Adapter;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Where;
import dev.hone.engine.Sha256;
import java.util.Optional;

/**
 * A version of a model slot: a text {@code "provider/model"}, or {@code {"model": "provider/model", "adapter": {"format":
 * ..., "data": ...}}}, which a trainer gives.
 *
 * @param model as {@code provider/model}
 * @param adapter what a training has changed of it
 */
record ModelVersion(String model, Optional<Adapter> adapter) {

    private static final int SHOWN = 8;

    /** Of a model as its provider has it. */
    static ModelVersion of(String model) {
        return new ModelVersion(model, Optional.empty());
    }

    /**
     * Of what {@link #check} has let pass.
     *
     * @throws IllegalArgumentException when an object is no version of a model
     */
    static ModelVersion of(JsonNode value) {
        if (!value.isObject()) {
            return of(value.asText());
        }
        JsonNode adapter = value.path("adapter");
        if (!value.path("model").isTextual()
                || !adapter.path("format").isTextual()
                || !adapter.path("data").isTextual()) {
            throw new IllegalArgumentException("it is not {model, adapter: {format, data}}");
        }
        return new ModelVersion(
                value.path("model").asText(),
                Optional.of(new Adapter(
                        adapter.path("format").asText(), adapter.path("data").asText())));
    }

    /**
     * Refuses a value that a slot cannot have as a version; only those of models have to be something.
     *
     * @param from what gave the value, as a message names it
     */
    static void check(Slot slot, JsonNode value, String from, Where where) throws StepProblem {
        if (!(slot instanceof Slot.ModelSlot)) {
            return;
        }
        String wrong;
        try {
            String model = of(value).model();
            if (model.indexOf('/') > 0 && (value.isTextual() || value.isObject())) {
                return;
            }
            wrong = "'" + model + "' is not 'provider/model'";
        } catch (IllegalArgumentException e) {
            wrong = e.getMessage();
        }
        throw StepProblem.at(
                where,
                ProblemCode.MODEL_UNKNOWN,
                from + " gave the model slot " + slot.name() + " a version that cannot be asked: " + wrong + ".",
                "Set it to the name of a model, or train it with a trainer of its provider.");
    }

    /** As events name it: {@code provider/model}, and a part of the adapter's hash. */
    String shown() {
        return adapter.map(trained -> model + "+" + hash(trained).substring(0, SHOWN))
                .orElse(model);
    }

    static String hash(Adapter adapter) {
        return Sha256.of(adapter.format(), adapter.data());
    }
}
