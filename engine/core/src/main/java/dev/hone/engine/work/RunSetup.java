package dev.hone.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.PersonFile;
import java.time.Instant;
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
 * @param forkOf where it branched off another run
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
        Optional<PersonFile> person,
        Optional<ForkOf> forkOf) {

    /**
     * Where a run branched off.
     *
     * @param before the number of the first event of that run that this one does not share
     * @param by who wanted it
     * @param began the moment, as a text in ISO 8601, when it would have begun to be here now
     */
    public record ForkOf(String run, long before, String by, String began) {}

    /** The label that says whose run it is. */
    public static final String TENANT = "tenant";

    /** The tenant of a run whose labels say none. */
    public static final String NOBODY = "default";

    /** Of setups that were kept before there were replays, promoted versions, realms, scripted people and forks. */
    public RunSetup {
        slots = slots == null ? Map.of() : slots;
        promoted = promoted == null ? Map.of() : promoted;
        replayOf = replayOf == null ? Optional.empty() : replayOf;
        realm = realm == null ? "" : realm;
        person = person == null ? Optional.empty() : person;
        forkOf = forkOf == null ? Optional.empty() : forkOf;
    }

    /** Whose run it is. */
    public String tenant() {
        return labels.getOrDefault(TENANT, NOBODY);
    }

    /** The setup of a replay: of the labels it has the tenant alone. */
    public RunSetup replaying(String run, ObjectNode otherParams) {
        return new RunSetup(
                inputs,
                otherParams,
                models,
                slots,
                promoted,
                seed,
                labels.containsKey(TENANT) ? Map.of(TENANT, tenant()) : Map.of(),
                feedbackFrom,
                control,
                Optional.of(run),
                realm,
                Optional.empty(),
                Optional.empty());
    }

    /** The setup of a fork. */
    public RunSetup forking(ForkOf from, ObjectNode otherParams) {
        return new RunSetup(
                inputs,
                otherParams,
                models,
                slots,
                promoted,
                seed,
                labels,
                feedbackFrom,
                control,
                Optional.empty(),
                realm,
                person,
                Optional.of(from));
    }

    /** From when the time of the run counts. @param created when it was made */
    Instant began(Instant created) {
        return forkOf.map(fork -> Instant.parse(fork.began())).orElse(created);
    }

    /** @param json as {@link #json} wrote it */
    public static RunSetup parse(String json) {
        return Json.MAPPER.convertValue(Json.read(json), RunSetup.class);
    }

    public String json() {
        return Json.MAPPER.valueToTree(this).toString();
    }
}
