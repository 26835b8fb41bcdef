package dev.hone.engine;

import java.nio.file.Path;

/**
 * The text of a workflow.
 *
 * @param file its name, for messages
 */
public record Source(String file, String text) {

    /** @throws EngineException when the file cannot be read */
    public static Source read(Path file) {
        return new Source(file.toString(), new TextFile(file).read());
    }
}
