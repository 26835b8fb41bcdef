package dev.hone.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an evaluation ran and what came of every run: all that a report is computed from.
 *
 * @param program the hash of the workflow
 * @param data the hash of the tasks
 * @param seeds how many runs an arm has of a task
 * @param firstSeed from which the seed of every run follows
 * @param models that all arms had in the place of the file's, by slot
 * @param slots values that all arms had in the place of the file's, by slot
 * @param primary the name that the arms are compared on, unless one of them has another
 * @param reports the names of the workflow's report, the primary one first
 * @param lower the names of which less is better
 * @param right the measured name that says whether a value is right; empty when none does
 * @param arms in the order of the report
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Measured(
        String workflow,
        String program,
        String data,
        int tasks,
        int seeds,
        long firstSeed,
        Map<String, String> models,
        Map<String, JsonNode> slots,
        String primary,
        List<String> reports,
        List<String> lower,
        Optional<String> right,
        String engine,
        Machine machine,
        List<Side> arms,
        List<Row> rows) {

    private static final String SUMMARY = "summary";
    private static final String ROWS = "rows";

    public Measured {
        reports = List.copyOf(reports);
        lower = lower == null ? List.of() : List.copyOf(lower);
        models = models == null ? Map.of() : new TreeMap<>(models);
        slots = slots == null ? Map.of() : new TreeMap<>(slots);
        right = right == null ? Optional.empty() : right;
        arms = List.copyOf(arms);
        rows = List.copyOf(rows);
    }

    /** Where it ran, as far as seconds depend on it. */
    public record Machine(int cores, String jdk, String os) {

        static Machine here() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    String.valueOf(Runtime.version().feature()),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }
    }

    /**
     * An arm as the report names it.
     *
     * @param program the hash of what it ran
     * @param params that differ from the workflow's
     * @param models that differ, by slot
     * @param slots values that differ, by slot
     * @param on the name that the workflow is compared with it on; empty for the primary one
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Side(
            String name,
            boolean oracle,
            String program,
            Map<String, JsonNode> params,
            Map<String, String> models,
            Map<String, JsonNode> slots,
            Optional<String> on) {

        public Side {
            params = params == null ? Map.of() : new TreeMap<>(params);
            models = models == null ? Map.of() : new TreeMap<>(models);
            slots = slots == null ? Map.of() : new TreeMap<>(slots);
            on = on == null ? Optional.empty() : on;
        }

        static Side of(Arm arm) {
            Map<String, JsonNode> params = arm.params().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> Json.node(entry.getValue())));
            return new Side(
                    arm.name(), arm.oracle(), arm.program().hash(), params, arm.models(), arm.slots(), arm.on());
        }

        public String word() {
            return Arm.word(name) + (oracle ? " (oracle)" : "");
        }
    }

    Side side(String arm) {
        return arms.stream().filter(side -> side.name().equals(arm)).findFirst().orElseThrow();
    }

    /** The rows of an arm, task by task, in each seed by seed. */
    List<Row> rows(String arm) {
        return rows.stream().filter(row -> row.arm().equals(arm)).toList();
    }

    // --- the file

    /** As a file: what was run, what it comes to, and a row on each line. */
    public String json() {
        ObjectNode head = Json.MAPPER.valueToTree(this);
        head.remove(ROWS);
        head.set(SUMMARY, Json.MAPPER.valueToTree(Summary.of(this)));
        String pretty = head.toPrettyString();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add("    " + Json.MAPPER.valueToTree(row)));
        return pretty.substring(0, pretty.lastIndexOf('}')).stripTrailing() + ",\n  \"" + ROWS + "\" : [\n"
                + String.join(",\n", lines) + "\n  ]\n}\n";
    }

    /**
     * Reads a file that {@link #json} wrote; what it says that the rows come to is left out.
     *
     * @param file the name to use in problems
     * @throws EngineException when it is another file
     */
    public static Measured read(String file, String text) {
        try {
            ObjectNode all = (ObjectNode) Json.MAPPER.readTree(text);
            all.remove(SUMMARY);
            return Json.MAPPER.treeToValue(all, Measured.class);
        } catch (JsonProcessingException | ClassCastException | NullPointerException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.INPUT_TYPE,
                            file + " is no file that an evaluation wrote.",
                            "Give a measured.json as it was written."),
                    e);
        }
    }
}
