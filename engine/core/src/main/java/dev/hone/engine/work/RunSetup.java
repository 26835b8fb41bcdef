package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.PersonFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is fixed when a run starts, as the ledger keeps it.
 *
 * @param params all parameters
 * @param models by slot
 * @param slots the values that slots begin with in the place of the file's
 * @param promoted of the models and slots those that were promoted, with their versions
 * @param feedbackFrom runs whose critiques are used in the place of the run's own
 * @param control the placebo that the run is
 * @param replayOf the run that this one hears again
 * @param realm whose memories it shares
 * @param person who answers its questions by a script
 */
public record RunSetup(
        ObjectNode inputs,
        ObjectNode params,
        Map<String, String> models,
        Map<String, JsonNode> slots,
        Map<String, Integer> promoted,
        long seed,
        Map<String, String> labels,
        List<String> feedbackFrom,
        Optional<Workflow.Control.Kind> control,
        Optional<String> replayOf,
        String realm,
        Optional<PersonFile> person) {

    /** The label that says whose run it is. */
    public static final String TENANT = "tenant";

    /** Of setups that were kept before there were replays, promoted versions, realms and scripted people. */
    public RunSetup {
        slots = slots == null ? Map.of() : slots;
        promoted = promoted == null ? Map.of() : promoted;
        replayOf = replayOf == null ? Optional.empty() : replayOf;
        realm = realm == null ? "" : realm;
        person = person == null ? Optional.empty() : person;
    }

    /** The setup of a replay. */
    public RunSetup replaying(String run, ObjectNode otherParams) {
        return new RunSetup(
                inputs,
                otherParams,
                models,
                slots,
                promoted,
                seed,
                Map.of(),
                feedbackFrom,
                control,
                Optional.of(run),
                realm,
                Optional.empty());
    }

    /** @param json as {@link #json} wrote it */
    public static RunSetup parse(String json) {
        return Json.MAPPER.convertValue(Json.read(json), RunSetup.class);
    }

    public String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }
}
