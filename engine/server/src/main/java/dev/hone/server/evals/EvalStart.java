package dev.hone.server.evals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.Deployed;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Workshop;
import dev.hone.engine.work.Json;
import dev.hone.eval.Experiment;
import dev.hone.eval.PlanFile;
import dev.hone.eval.TaskLines;
import dev.hone.workflows.Catalogue;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is to be evaluated.
 *
 * @param workflow the name of a deployed workflow
 * @param version the latest if it is not said
 * @param tasks the inputs of each; if they are not said, those of the plan, else those that the workflow of this name has in the
 *     catalogue
 * @param plan more arms, as YAML; that of the catalogue if it is not said
 * @param files texts that the plan names, by their paths
 * @param arms only these, and the workflow; all if they are not said
 * @param seeds how many runs of each task in each arm; those of the plan if it is not said, else 3
 * @param parallel how many runs at a time; 4 if it is not said
 * @param params values for parameters in all arms, in the place of the file's
 * @param models {@code provider/model} for model slots in all arms, in the place of the file's
 * @param slots values for other slots in all arms, in the place of the file's
 * @param seed of everything random; 1 if it is not said
 * @param person a script that answers the runs' questions, as YAML; that of the catalogue if it is not said
 */
@Introspected
@Schema(name = "EvalStart")
record EvalStart(
        @NotBlank String workflow,
        @Nullable Integer version,
        @Nullable @Size(min = 1, max = 10_000) List<@NotNull ObjectNode> tasks,
        @Nullable @Size(max = 100_000) String plan,
        @Nullable @Size(max = 50) Map<String, @NotNull String> files,
        @Nullable @Size(max = 100) List<@NotNull String> arms,
        @Nullable @Min(1) @Max(EvalPlan.MOST_SEEDS) Integer seeds,
        @Nullable @Min(1) @Max(64) Integer parallel,
        @Nullable ObjectNode params,
        @Nullable Map<String, @NotNull String> models,
        @Nullable Map<String, @NotNull JsonNode> slots,
        @Nullable Long seed,
        @Nullable @Size(max = 100_000) String person) {

    private static final int PARALLEL = 4;
    private static final String SCRIPT = "person.yaml";

    /** Checked, for the runs of a tenant. @throws EngineException with what is wrong with it */
    Experiment experiment(Workshop workshop, Deployed deployed, String tenant) {
        PlanFile planned = planned(deployed);
        List<ObjectNode> all = tasks != null ? tasks : planned.tasks().orElseGet(this::catalogued);
        if (all.isEmpty()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.INPUT_TYPE,
                    "the workflow " + workflow + " comes with no tasks.",
                    "Send a list of inputs as 'tasks'.")));
        }
        RunRequest request = RunRequest.withoutInputs()
                .withParams(params == null ? Map.of() : Json.plainObject(params))
                .withModels(models == null ? Map.of() : models)
                .withSlots(slots == null ? Map.of() : slots)
                .withSeed(seed == null ? 1 : seed)
                .withTenant(tenant);
        Optional<PersonFile> script = script();
        script.ifPresent(file -> refuse(file.person().check(deployed.program().workflow())));
        return Experiment.of(
                workshop,
                deployed.program(),
                deployed.source(),
                planned,
                all,
                script.isPresent() ? request.withPerson(script.get()) : request,
                new Experiment.Extent(
                        arms == null ? List.of() : arms,
                        seeds == null ? OptionalInt.empty() : OptionalInt.of(seeds),
                        parallel == null ? PARALLEL : parallel));
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
    }

    private PlanFile planned(Deployed deployed) {
        Companions beside = path -> own(path)
                .or(() -> Optional.ofNullable(deployed.source().companions().get(path)))
                .or(() -> entry().flatMap(entry -> entry.file(path)));
        Optional<String> text = plan != null ? Optional.of(plan) : entry().flatMap(entry -> entry.file(PlanFile.USUAL));
        return text.map(found -> PlanFile.read(PlanFile.USUAL, found, beside)).orElseGet(() -> PlanFile.none(beside));
    }

    private Optional<String> own(String path) {
        return files == null ? Optional.empty() : Optional.ofNullable(files.get(path));
    }

    private List<ObjectNode> catalogued() {
        return entry().map(entry -> TaskLines.read(workflow, entry.inputs())).orElse(List.of());
    }

    private Optional<PersonFile> script() {
        return person != null
                ? Optional.of(new PersonFile(SCRIPT, person))
                : entry().flatMap(entry -> entry.file(SCRIPT)).map(text -> new PersonFile(SCRIPT, text));
    }

    private Optional<Catalogue.Entry> entry() {
        return Catalogue.find(workflow);
    }

    /** With the version that it means now. */
    EvalStart of(int now) {
        return new EvalStart(
                workflow, now, tasks, plan, files, arms, seeds, parallel, params, models, slots, seed, person);
    }

    String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }

    /** @param json as {@link #json} wrote it */
    static EvalStart parse(String json) {
        return Json.MAPPER.convertValue(Json.read(json), EvalStart.class);
    }
}
