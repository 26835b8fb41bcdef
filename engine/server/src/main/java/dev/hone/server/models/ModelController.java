package dev.hone.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.dsl.Prices;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.PriceLists;
import dev.hone.models.Found;
import dev.hone.models.Inventory;
import dev.hone.models.Measurement;
import dev.hone.server.Settings;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/** Which models can be asked from here, and how they do. */
@Controller("/api/v1/models")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
class ModelController {

    private final Inventory inventory = new Inventory();
    private final Prices prices;

    private final Audit audit;

    ModelController(Settings settings, Audit audit) {
        this.audit = audit;
        this.prices = settings.prices() == null ? PriceLists.shipped() : PriceLists.withOwn(settings.prices());
    }

    /** Lists the providers, what each has, and whether it is up. No model is asked anything, and nothing is paid. */
    @Get
    List<JsonNode> list() throws InterruptedException {
        return Inventory.look(inventory.all(), ModelSettings.DEFAULT).stream()
                .<JsonNode>map(Found::json)
                .toList();
    }

    /** Makes one small call to a model and says how long it took and what it used. It may cost money. */
    @Post("/measure")
    @Secured(Role.MAY_AUTHOR)
    JsonNode measure(@Valid @Body Measure measure, Authentication who) {
        String model = measure.model();
        ModelProvider provider = inventory.provider(model.substring(0, Math.max(0, model.indexOf('/'))));
        try {
            JsonNode measured = Measurement.of(provider, model, ModelSettings.DEFAULT, prices.of(model, false))
                    .json();
            audit.record(Caller.of(who), "model.measure", model);
            return measured;
        } catch (ConnectorException e) {
            throw new EngineException(
                    Problem.of(ProblemCode.MODEL_FAILED, model + ": " + e.what() + ".", e.fix() + "."), e);
        }
    }

    /** @param model provider/model */
    @Introspected
    @Schema(name = "Measure")
    record Measure(@NotBlank String model) {}
}
