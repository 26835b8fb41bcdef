package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow.Control;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Sha256;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that are compared.
 *
 * @param name as options, labels and files have it: {@code workflow}, {@code iid_same_budget}, {@code open-loop}
 * @param control the placebo that it is; empty for the workflow and what differs from it
 * @param oracle whether it knows what no honest arm could know
 * @param foreign whether it is another workflow, with sealed checks of its own
 * @param params that differ from those asked for
 * @param models that differ from those asked for, by slot
 * @param slots values that differ from those asked for, by slot
 * @param on the reported name that the workflow is compared with it on; empty for the primary one
 */
public record Arm(
        String name,
        Optional<Control.Kind> control,
        boolean oracle,
        boolean foreign,
        Program program,
        Source source,
        Map<String, Object> params,
        Map<String, String> models,
        Map<String, JsonNode> slots,
        Optional<String> on) {

    /** The name of the arm that the others are held against. */
    public static final String WORKFLOW = "workflow";

    public Arm {
        params = Map.copyOf(params);
        models = Map.copyOf(models);
        slots = Map.copyOf(slots);
    }

    static Arm workflow(Program program, Source source) {
        return new Arm(
                WORKFLOW,
                Optional.empty(),
                false,
                false,
                program,
                source,
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    static Arm control(Control.Kind kind, Program program, Source source) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return new Arm(
                name, Optional.of(kind), false, false, program, source, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    public boolean isWorkflow() {
        return name.equals(WORKFLOW);
    }

    /** As people read it. */
    public String word() {
        return word(name) + (oracle ? " (oracle)" : "");
    }

    /** The same of the name alone. */
    public static String word(String name) {
        return name.equals("iid_same_budget") ? "independent samples" : name.replace('_', ' ');
    }

    /** Name and content: an arm that was changed is another one. */
    public String label() {
        String[] what = {
            program.hash(),
            Json.node(new TreeMap<>(params)).toString(),
            Json.node(new TreeMap<>(models)).toString(),
            Json.node(new TreeMap<>(slots)).toString(),
            control.map(Enum::name).orElse("")
        };
        return name + "." + Sha256.of(what).substring(0, 8);
    }

    /** In one comparison names are unique, and programs are large. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arm arm && arm.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** What was asked for, with what differs here, as far as this arm's workflow knows it. */
    RunRequest request(RunRequest asked) {
        Map<String, @Nullable Object> allParams = new HashMap<>(asked.params());
        Map<String, String> allModels = new TreeMap<>(asked.models());
        Map<String, JsonNode> allSlots = new TreeMap<>(asked.slots());
        if (foreign) {
            allParams.keySet().retainAll(program.workflow().params().keySet());
            allModels.keySet().retainAll(program.workflow().slots().keySet());
            allSlots.keySet().retainAll(program.workflow().slots().keySet());
        }
        allParams.putAll(params);
        allModels.putAll(models);
        allSlots.putAll(slots);
        return asked.withParams(allParams).withModels(allModels).withSlots(allSlots);
    }
}
