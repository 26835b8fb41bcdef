package dev.hone.engine;

import dev.hone.dsl.ScriptedPerson;
import java.nio.file.Path;

/**
 * The text of a scripted person, as a run that they answer keeps it.
 *
 * @param file its name, for messages
 */
public record PersonFile(String file, String text) {

    /** @throws EngineException when the file cannot be read */
    public static PersonFile read(Path file) {
        return new PersonFile(file.toString(), new TextFile(file).read());
    }

    /** @throws EngineException with all problems of the text */
    public ScriptedPerson person() {
        return switch (ScriptedPerson.read(file, text)) {
            case ScriptedPerson.Reading.Read(ScriptedPerson person) -> person;
            case ScriptedPerson.Reading.Refused refused -> throw new EngineException(refused.problems());
        };
    }
}
