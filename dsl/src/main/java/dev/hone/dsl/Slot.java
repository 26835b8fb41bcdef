package dev.hone.dsl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A named, replaceable value that steps refer to by name. */
public sealed interface Slot {

    String name();

    Where where();

    /**
     * A model.
     *
     * @param init {@code provider/model}
     * @param fallback the models to ask instead, one after the other, when {@code init} cannot answer
     * @param baseUrl the endpoint, when it is not the provider's own
     * @param key where the key is found ({@code env:NAME})
     * @param cached whether the provider is asked to keep the system texts of calls for later ones
     * @param selfGrading whether it may judge what the same model wrote
     * @param price what tokens cost, in US dollars a million
     */
    record ModelSlot(
            String name,
            Workflow.Name init,
            List<Workflow.Name> fallback,
            Optional<Workflow.Name> baseUrl,
            Optional<Workflow.Name> key,
            Optional<Price> price,
            Optional<Double> temperature,
            int maxTokens,
            boolean cached,
            boolean selfGrading,
            Where where)
            implements Slot {

        /** All models that may answer, the first one first. */
        public List<Workflow.Name> models() {
            return Stream.concat(Stream.of(init), fallback.stream()).toList();
        }
    }

    /**
     * A tool that scores an artifact.
     *
     * @param in the tool's inputs, where {@code item} is the artifact
     * @param score a number, higher is better, over {@code out}, the tool's output
     */
    record ScorerSlot(String name, Workflow.Name tool, Map<String, Value> in, Expression score, Where where)
            implements Slot {}

    /**
     * A tool with its inputs, that steps run by the slot's name.
     *
     * @param in inputs that the steps do not give themselves
     */
    record ToolSlot(String name, Workflow.Name tool, Map<String, Value> in, Where where) implements Slot {}

    /**
     * A value: a prompt's template, code, weights, a threshold, a list of tools.
     *
     * @param init the first version, over the inputs and parameters
     */
    record ValueSlot(String name, ValueKind kind, Value init, Where where) implements Slot {}

    enum ValueKind {
        PROMPT,
        CODE,
        WEIGHTS,
        THRESHOLD,
        LIST,
        VALUE
    }

    /**
     * US dollars a million tokens.
     *
     * @param input of tokens read
     * @param cached of tokens read that the provider had kept from an earlier call; {@code input} when absent
     * @param kept of tokens read that the provider keeps for a later call; {@code input} when absent
     * @param output of tokens written
     */
    record Price(BigDecimal input, Optional<BigDecimal> cached, Optional<BigDecimal> kept, BigDecimal output) {

        /** Where keeping costs no more than reading. */
        public Price(BigDecimal input, Optional<BigDecimal> cached, BigDecimal output) {
            this(input, cached, Optional.empty(), output);
        }
    }
}
