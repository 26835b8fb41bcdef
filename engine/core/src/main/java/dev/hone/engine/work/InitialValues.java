package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.dsl.Expression;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.feel.FeelFailure;
import dev.hone.dsl.feel.FeelInterpreter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the file and the caller give a run before its first event: numbers of policies, features and values of slots. */
final class InitialValues {

    private static final FeelInterpreter FEEL = new FeelInterpreter();

    private final Run run;
    private final RunSetup setup;
    private final Map<String, @Nullable Object> params;
    private final Embedders embedders;
    /** What the file gives to slots, once it was needed. */
    private final Map<String, JsonNode> slots = new ConcurrentHashMap<>();

    InitialValues(Run run, RunSetup setup, Map<String, @Nullable Object> params, Embedders embedders) {
        this.run = run;
        this.setup = setup;
        this.params = params;
        this.embedders = embedders;
    }

    /** The settings of the policies, by policy and name. */
    Map<String, Map<String, Double>> settings() {
        Map<String, Map<String, Double>> all = new HashMap<>();
        run.workflow().policies().forEach((name, policy) -> {
            Map<String, Double> settings = new HashMap<>();
            policy.settings()
                    .forEach((setting, value) ->
                            settings.put(setting, number(value).doubleValue()));
            all.put(name, settings);
        });
        return all;
    }

    /** A number that parameters alone determine. */
    private BigDecimal number(Expression expression) {
        try {
            if (FEEL.evaluate(expression, params) instanceof BigDecimal number) {
                return number;
            }
        } catch (FeelFailure e) {
            throw new IllegalStateException("checked before the start: " + expression.text(), e);
        }
        throw new IllegalStateException("checked before the start: " + expression.text());
    }

    /** A whole number that parameters alone determine. */
    int whole(Expression expression) {
        return number(expression).intValue();
    }

    /** What a policy with features knows an artifact by; none where they cannot be had. */
    List<Double> features(Workflow.PolicyUse policy, JsonNode artifact) {
        List<Double> features = new ArrayList<>();
        if (policy.features().isPresent()) {
            Map<String, @Nullable Object> known = new HashMap<>(params);
            known.putAll(Json.plainObject(setup.inputs()));
            known.put("item", Json.plain(artifact));
            try {
                if (FEEL.evaluate(policy.features().get(), known) instanceof List<?> numbers) {
                    numbers.forEach(number -> features.add(number instanceof BigDecimal n ? n.doubleValue() : 0.0));
                }
            } catch (FeelFailure e) {
                return List.of(); // a policy that needs them says so when it is asked
            }
        } else if (policy.embed().isPresent()) {
            try {
                for (float number : embedders.embed(policy.embed().get().name(), artifact)) {
                    features.add((double) number);
                }
            } catch (ConnectorException e) {
                return List.of();
            }
        }
        return List.copyOf(features);
    }

    /** What a slot has before anything was written into it. */
    JsonNode slot(String name) {
        return switch (run.program().slot(name)) {
            case Slot.ModelSlot model ->
                Json.node(setup.models().getOrDefault(name, model.init().name()));
            case Slot.ValueSlot value -> initial(value);
            case Slot.ScorerSlot scorer -> Json.node(scorer.tool().name());
            case Slot.ToolSlot tool -> Json.node(tool.tool().name());
        };
    }

    private JsonNode initial(Slot.ValueSlot slot) {
        JsonNode known = setup.slots().getOrDefault(slot.name(), slots.get(slot.name()));
        if (known != null) {
            return known;
        }
        try {
            JsonNode value = new Site(run, "run", Iteration.TOP).value(slot.init(), Map.of());
            slots.put(slot.name(), value);
            return value;
        } catch (StepProblem e) {
            throw new ProblemInside(e.problem());
        }
    }
}
