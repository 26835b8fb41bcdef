package dev.hone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import dev.hone.engine.EngineException;
import dev.hone.engine.TextFile;
import dev.hone.engine.work.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the caller gives to a run. Every method throws {@link EngineException} with the place that is to blame. */
final class InputFiles {

    private InputFiles() {}

    /** @param name a file, or {@code -} for the standard input */
    static ObjectNode read(String name) {
        return object(text(name), name, 1);
    }

    /** A JSON object from each line of a file, or else those that come with the workflow. */
    static List<ObjectNode> cases(@Nullable Path file, Choice choice) {
        String name = file == null ? choice.source().file() : file.toString();
        List<String> lines = file == null ? choice.cases() : text(name).lines().toList();
        List<ObjectNode> cases = cases(name, lines);
        if (file != null && cases.isEmpty()) {
            throw refused(new Where(name, 1, 1), "the file has no case.", "Write one JSON object on each line.");
        }
        return cases;
    }

    /** @param name of the file that the lines are of */
    static List<ObjectNode> cases(String name, List<String> lines) {
        List<ObjectNode> cases = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                cases.add(object(lines.get(i), name, i + 1));
            }
        }
        return cases;
    }

    private static String text(String name) {
        return name.equals("-")
                ? TextFile.read(System.in, "the standard input")
                : TextFile.named(name).read();
    }

    /** @param line of the file in which the text begins, from 1 */
    private static ObjectNode object(String text, String name, int line) {
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
