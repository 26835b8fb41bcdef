package dev.hone.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;

/** Reads the inputs of runs. Every method throws {@link EngineException} with the place that is to blame. */
public final class TaskLines {

    private TaskLines() {}

    /**
     * A JSON object from each line that is not blank.
     *
     * @param name of the file that the lines are of
     */
    public static List<ObjectNode> read(String name, List<String> lines) {
        List<ObjectNode> tasks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                tasks.add(object(lines.get(i), name, i + 1));
            }
        }
        return tasks;
    }

    /** @param line of the file in which the text begins, from 1 */
    public static ObjectNode object(String text, String name, int line) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw refused(
                    new Where(name, line, 1),
                    "the inputs are not a JSON object.",
                    "Write {\"name\": value, ...} with the inputs of the workflow.");
        } catch (JsonProcessingException e) {
            int row = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw refused(
                    new Where(name, line + Math.max(1, row) - 1, Math.max(1, column)),
                    "this is not JSON: " + e.getOriginalMessage() + ".",
                    "Mend it there.");
        }
    }

    private static EngineException refused(Where where, String what, String fix) {
        return new EngineException(List.of(Problem.at(where, ProblemCode.INPUT_TYPE, what, fix)));
    }
}
