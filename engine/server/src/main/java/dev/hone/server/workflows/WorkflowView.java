package dev.hone.server.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Deployed;
import dev.hone.engine.compile.Certificate;
import dev.hone.engine.compile.Params;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A version of a workflow, as lists and its own page show it. */
final class WorkflowView {

    private WorkflowView() {}

    /**
     * @param version 1 is the first of this name
     * @param program the hash of everything that decides how its runs go
     */
    @Schema(name = "WorkflowVersion")
    record Line(String name, int version, String program, String deployedBy, Instant deployedAt) {

        static Line of(Deployment deployment) {
            return new Line(
                    deployment.workflow(),
                    deployment.version(),
                    deployment.program(),
                    deployment.by(),
                    deployment.at());
        }
    }

    /**
     * @param inputs what a run needs, with their types
     * @param params what a run may set, with what they are otherwise
     * @param slots what may be replaced, improved and promoted, with their kinds
     * @param certificate the most that a run can spend, and why it ends
     */
    @Schema(name = "Workflow")
    record Whole(
            String name,
            int version,
            String program,
            String deployedBy,
            Instant deployedAt,
            SourceText source,
            List<Input> inputs,
            Map<String, JsonNode> params,
            List<SlotLine> slots,
            Certificate certificate) {

        static Whole of(Deployed deployed) {
            Workflow workflow = deployed.program().workflow();
            Deployment deployment = deployed.deployment();
            Map<String, JsonNode> params = new LinkedHashMap<>();
            Params.defaults(workflow).forEach((name, value) -> params.put(name, Json.node(value)));
            return new Whole(
                    deployment.workflow(),
                    deployment.version(),
                    deployment.program(),
                    deployment.by(),
                    deployment.at(),
                    new SourceText(
                            deployed.source().file(),
                            deployed.source().text(),
                            deployed.source().companions()),
                    workflow.inputs().values().stream().map(Input::of).toList(),
                    params,
                    workflow.slots().values().stream().map(SlotLine::of).toList(),
                    deployed.program().certificate());
        }
    }

    /**
     * @param schema its type as JSON Schema
     * @param sealed whether only checks may see it
     */
    @Schema(name = "WorkflowInput")
    record Input(String name, JsonNode schema, boolean sealed) {

        private static Input of(Workflow.Input input) {
            return new Input(input.name(), TypeSchema.of(input.type()), input.sealed());
        }
    }

    /** @param kind model, prompt, code, weights, threshold, list, scorer or tool */
    @Schema(name = "WorkflowSlot")
    record SlotLine(String name, String kind) {

        private static SlotLine of(Slot slot) {
            return new SlotLine(slot.name(), kind(slot));
        }

        private static String kind(Slot slot) {
            return switch (slot) {
                case Slot.ModelSlot model -> "model";
                case Slot.ValueSlot value -> value.kind().name().toLowerCase(Locale.ROOT);
                case Slot.ScorerSlot scorer -> "scorer";
                case Slot.ToolSlot tool -> "tool";
            };
        }
    }
}
