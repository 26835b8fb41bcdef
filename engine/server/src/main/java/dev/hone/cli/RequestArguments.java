package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import dev.hone.engine.EngineException;
import dev.hone.engine.PersonFile;
import dev.hone.engine.RunRequest;
import dev.hone.engine.TextFile;
import dev.hone.engine.compile.Params;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import dev.hone.engine.work.SlotValues;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is started with besides its inputs. */
final class RequestArguments {

    private static final String NOBODY = "none";

    @Option(names = "--model", paramLabel = "<slot>=<provider/model>", description = "Another model for a slot.")
    private Map<String, String> models = Map.of();

    @Option(
            names = "--slot",
            paramLabel = "<slot>=<value>",
            description = "Another value for a slot that holds one: a text, a number or JSON.")
    private Map<String, String> slots = Map.of();

    @Option(names = "--param", paramLabel = "<name>=<value>", description = "Another value for a parameter.")
    private Map<String, String> params = Map.of();

    @Option(names = "--seed", defaultValue = "1", description = "Of everything random. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--tenant",
            paramLabel = "<name>",
            description = "Whose run it is: whose limits of a day hold, besides those of all (see --limits), and whose"
                    + " promoted versions it begins with.")
    @Nullable
    private String tenant;

    @Option(
            names = "--person",
            paramLabel = "<file>",
            description = "Who answers what the workflow asks people, as a script; none to be asked oneself though the"
                    + " workflow comes with one.")
    @Nullable
    private String person;

    /**
     * With no inputs yet.
     *
     * @throws EngineException when the scripted person cannot answer this workflow
     */
    RunRequest request(Workflow workflow, Choice choice) {
        Optional<PersonFile> script = person(choice);
        List<Problem> problems =
                script.map(file -> file.person().check(workflow)).orElse(List.of());
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return new RunRequest(
                Json.object(),
                params(workflow),
                models,
                slots(workflow),
                seed,
                labels(),
                List.of(),
                Optional.empty(),
                "",
                script,
                Optional.empty());
    }

    private Optional<PersonFile> person(Choice choice) {
        if (person == null) {
            return choice.person();
        }
        return person.equals(NOBODY)
                ? Optional.empty()
                : Optional.of(PersonFile.read(TextFile.named(person).path()));
    }

    private Map<String, JsonNode> slots(Workflow workflow) {
        Map<String, JsonNode> values = new HashMap<>();
        slots.forEach((name, word) -> values.put(
                name,
                workflow.slots().get(name) instanceof Slot.ValueSlot slot
                        ? SlotValues.parse(slot, word)
                        : Json.node(word))); // the engine names the slots that there are
        return values;
    }

    String tenant() {
        return tenant == null ? RunSetup.NOBODY : tenant;
    }

    private Map<String, String> labels() {
        return tenant == null ? Map.of() : Map.of(RunSetup.TENANT, tenant);
    }

    /** Words of the command line as numbers and booleans, where the parameter's default is one. */
    private Map<String, @Nullable Object> params(Workflow workflow) {
        Map<String, @Nullable Object> defaults = Params.defaults(workflow);
        Map<String, @Nullable Object> values = new HashMap<>();
        params.forEach((name, word) -> values.put(name, value(word, defaults.get(name))));
        return values;
    }

    private static Object value(String word, @Nullable Object like) {
        if (like instanceof Boolean && (word.equals("true") || word.equals("false"))) {
            return Boolean.valueOf(word);
        }
        if (like instanceof BigDecimal) {
            try {
                return new BigDecimal(word);
            } catch (NumberFormatException e) {
                return word; // the engine names the parameter and the type that it wants
            }
        }
        return word;
    }
}
