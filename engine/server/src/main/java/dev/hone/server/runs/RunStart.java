package dev.hone.server.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run is started with.
 *
 * @param workflow the name of a deployed workflow
 * @param version the latest if it is not said
 * @param inputs by name
 * @param params values for parameters, in the place of the file's
 * @param models {@code provider/model} for model slots, in the place of the file's
 * @param slots values for other slots, in the place of the file's
 * @param seed of everything random; 1 if it is not said
 * @param labels by which runs are found again
 * @param person a script that answers the run's questions, as YAML
 * @param control the placebo that the run is to be: the name of one of the workflow's controls
 */
@Introspected
@Schema(name = "RunStart")
record RunStart(
        @NotBlank String workflow,
        @Nullable Integer version,
        @Nullable ObjectNode inputs,
        @Nullable ObjectNode params,
        @Nullable Map<String, @NotNull String> models,
        @Nullable Map<String, @NotNull JsonNode> slots,
        @Nullable Long seed,
        @Nullable @Size(max = 20) Map<String, @NotNull @Size(max = 200) String> labels,
        @Nullable String person,
        @Nullable String control) {

    private static final String SCRIPT = "person.yaml";

    /** @param key of the request, so that it can be made again */
    RunRequest request(String tenant, Optional<String> key) {
        Map<String, String> own = labels == null ? Map.of() : labels;
        if (own.containsKey(RunSetup.TENANT)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "the label '" + RunSetup.TENANT + "' is the server's own.",
                    "Leave it out: the tenant is that of the key.")));
        }
        RunRequest request = RunRequest.of(inputs == null ? Json.object() : inputs)
                .withParams(params == null ? Map.of() : Json.plainObject(params))
                .withModels(models == null ? Map.of() : models)
                .withSlots(slots == null ? Map.of() : slots)
                .withSeed(seed == null ? 1 : seed)
                .withLabels(own)
                .withTenant(tenant);
        if (person != null) {
            request = request.withPerson(new PersonFile(SCRIPT, person));
        }
        if (control != null) {
            request = request.withControl(control(control));
        }
        return key.isPresent() ? request.withKey(key.get()) : request;
    }

    private static Workflow.Control.Kind control(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        Map<String, Workflow.Control.Kind> kinds = new HashMap<>();
        for (Workflow.Control.Kind kind : Workflow.Control.Kind.values()) {
            kinds.put(kind.name(), kind);
        }
        Workflow.Control.Kind kind = kinds.get(name);
        if (kind == null) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.UNUSABLE_CONTROL,
                    "there is no control " + word + ".",
                    "Name one of "
                            + String.join(", ", kinds.keySet())
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-') + ".")));
        }
        return kind;
    }
}
