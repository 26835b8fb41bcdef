package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.work.RunSetup;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run.
 *
 * @param inputs the workflow's inputs by name
 * @param params parameters that differ from the file's: BigDecimal, String or Boolean
 * @param models {@code provider/model} to use for a model slot in the place of the file's, by slot
 * @param slots values to use for slots that hold one, in the place of the file's, by slot
 * @param seed of everything random in the run
 * @param labels for finding the run again; {@code tenant} says whose limits of a day hold
 * @param feedbackFrom runs whose critiques are used in the place of the run's own: the shuffled-feedback control
 * @param control the placebo that the run is: constant feedback, no memory or length only
 * @param realm runs share memories of the scopes {@code task} and {@code global} only with runs of the same realm; "" is one, too
 * @param person who answers its questions by a script; those that the script does not have wait for somebody else
 * @param key the caller's own name for the request, 1 to 200 characters: the tenant's same key again is the same run
 */
public record RunRequest(
        ObjectNode inputs,
        Map<String, @Nullable Object> params,
        Map<String, String> models,
        Map<String, JsonNode> slots,
        long seed,
        Map<String, String> labels,
        List<String> feedbackFrom,
        Optional<Workflow.Control.Kind> control,
        String realm,
        Optional<PersonFile> person,
        Optional<String> key) {

    public static RunRequest of(ObjectNode inputs) {
        return new RunRequest(
                inputs,
                Map.of(),
                Map.of(),
                Map.of(),
                1,
                Map.of(),
                List.of(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    public static RunRequest withoutInputs() {
        return of(JsonNodeFactory.instance.objectNode());
    }

    public RunRequest withInputs(ObjectNode other) {
        return new RunRequest(other, params, models, slots, seed, labels, feedbackFrom, control, realm, person, key);
    }

    /** @param value a number, a text or a boolean */
    public RunRequest withParam(String name, Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(params);
        more.put(name, value instanceof Number number ? new BigDecimal(number.toString()) : value);
        return new RunRequest(inputs, more, models, slots, seed, labels, feedbackFrom, control, realm, person, key);
    }

    /** With these in the place of those that it has. */
    public RunRequest withParams(Map<String, @Nullable Object> others) {
        return new RunRequest(inputs, others, models, slots, seed, labels, feedbackFrom, control, realm, person, key);
    }

    public RunRequest withModels(Map<String, String> bySlot) {
        return new RunRequest(inputs, params, bySlot, slots, seed, labels, feedbackFrom, control, realm, person, key);
    }

    /** @param bySlot for slots of prompts, code, weights, thresholds, lists and other values */
    public RunRequest withSlots(Map<String, JsonNode> bySlot) {
        return new RunRequest(inputs, params, models, bySlot, seed, labels, feedbackFrom, control, realm, person, key);
    }

    public RunRequest withSeed(long other) {
        return new RunRequest(inputs, params, models, slots, other, labels, feedbackFrom, control, realm, person, key);
    }

    /** With these labels besides those that it has. */
    public RunRequest withLabels(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(labels);
        all.putAll(more);
        return new RunRequest(inputs, params, models, slots, seed, all, feedbackFrom, control, realm, person, key);
    }

    public RunRequest withFeedbackFrom(List<String> runs) {
        return new RunRequest(inputs, params, models, slots, seed, labels, runs, control, realm, person, key);
    }

    public RunRequest withControl(Workflow.Control.Kind placebo) {
        return new RunRequest(
                inputs, params, models, slots, seed, labels, feedbackFrom, Optional.of(placebo), realm, person, key);
    }

    /** With memories that only runs of the same realm share. */
    public RunRequest withRealm(String other) {
        return new RunRequest(inputs, params, models, slots, seed, labels, feedbackFrom, control, other, person, key);
    }

    public RunRequest withPerson(PersonFile script) {
        return new RunRequest(
                inputs, params, models, slots, seed, labels, feedbackFrom, control, realm, Optional.of(script), key);
    }

    /** As the run of a tenant, whose limits of a day, memories and promoted versions are its own. */
    public RunRequest withTenant(String name) {
        return withLabels(Map.of(RunSetup.TENANT, name));
    }

    /** Whose run it will be. */
    public String tenant() {
        return labels.getOrDefault(RunSetup.TENANT, RunSetup.NOBODY);
    }

    /** So that the request can be made again, when it is not known whether it was heard, without a second run. */
    public RunRequest withKey(String name) {
        return new RunRequest(
                inputs, params, models, slots, seed, labels, feedbackFrom, control, realm, person, Optional.of(name));
    }
}
