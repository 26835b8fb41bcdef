package dev.hone.engine;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of a workflow.
 *
 * @param file its name, for messages
 */
public record Source(String file, String text) {

    /** @throws EngineException when the file cannot be read */
    public static Source read(Path file) {
        try {
            return new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_FOUND,
                    "there is no file " + file + ".",
                    "Give the path of a workflow file, or the name of a workflow of the catalogue.")));
        } catch (IOException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "the file " + file + " cannot be read: " + e.getMessage() + ".",
                            "Make it readable, as UTF-8 text."),
                    e);
        }
    }
}
