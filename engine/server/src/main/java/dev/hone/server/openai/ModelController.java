package dev.hone.server.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hone.engine.compile.Params;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.Offer;
import dev.hone.server.offer.Offers;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import dev.hone.server.workflows.TypeSchema;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workflows that can be asked as models. */
@Controller("/v1/models")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "OpenAI")
class ModelController {

    private final Offers offers;

    ModelController(Offers offers) {
        this.offers = offers;
    }

    /** Lists the workflows of the tenant that can be asked as models, each by the name of its latest version. */
    @Get
    Models list(Authentication who) {
        return new Models(
                "list",
                offers.list(Caller.of(who)).stream()
                        .map(offer -> Model.of(ModelName.latest(offer), offer))
                        .toList());
    }

    /**
     * Shows one.
     *
     * @param id the name of the model, whose slash may be written as it is or as %2F
     */
    @Get("/{id}")
    Model get(String id, Authentication who) {
        ModelName name = ModelName.parse(id);
        return Model.of(id, offers.find(Caller.of(who), name.workflow(), name.version()));
    }

    @Get("/{prefix}/{workflow}")
    @Hidden
    Model get(String prefix, String workflow, Authentication who) {
        return get(prefix + "/" + workflow, who);
    }

    @Schema(name = "OpenAiModels")
    record Models(String object, List<Model> data) {}

    /**
     * @param created seconds since 1970
     * @param ownedBy who deployed it
     * @param hone what there is to know of it as a workflow
     */
    @Schema(name = "OpenAiModel")
    record Model(
            String id,
            String object,
            long created,

            @JsonProperty("owned_by") @Schema(name = "owned_by")
            String ownedBy,

            About hone) {

        private static Model of(String id, Offer offer) {
            return new Model(id, "model", offer.since().getEpochSecond(), offer.owner(), About.of(offer));
        }
    }

    /**
     * @param inputs JSON Schema of the object that holds them all
     * @param params with what they are otherwise
     */
    @Schema(name = "OpenAiModelAbout")
    record About(
            String description,
            Optional<Integer> version,
            Map<String, @Nullable Object> inputs,
            Map<String, @Nullable Object> params) {

        private static About of(Offer offer) {
            Map<String, @Nullable Object> params = new LinkedHashMap<>();
            Params.defaults(offer.program().workflow()).forEach((name, value) -> params.put(name, Json.node(value)));
            return new About(
                    offer.description(),
                    offer.version(),
                    Json.plainObject(
                            TypeSchema.of(offer.program().workflow().inputs().values())),
                    params);
        }
    }
}
