package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Where;
import dev.hone.engine.EngineException;
import dev.hone.engine.TextFile;
import dev.hone.eval.TaskLines;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the caller gives to a run. Every method throws {@link EngineException} with the place that is to blame. */
final class InputFiles {

    private InputFiles() {}

    /** @param name a file, or {@code -} for the standard input */
    static ObjectNode read(String name) {
        return TaskLines.object(text(name), name, 1);
    }

    /** A JSON object from each line of a file, or else those that come with the workflow. */
    static List<ObjectNode> cases(@Nullable Path file, Choice choice) {
        String name = file == null ? choice.source().file() : file.toString();
        List<String> lines = file == null ? choice.cases() : text(name).lines().toList();
        List<ObjectNode> cases = TaskLines.read(name, lines);
        if (file != null && cases.isEmpty()) {
            throw refused(new Where(name, 1, 1), "the file has no case.", "Write one JSON object on each line.");
        }
        return cases;
    }

    private static String text(String name) {
        return name.equals("-")
                ? TextFile.read(System.in, "the standard input")
                : TextFile.named(name).read();
    }

    private static EngineException refused(Where where, String what, String fix) {
        return new EngineException(List.of(Problem.at(where, ProblemCode.INPUT_TYPE, what, fix)));
    }
}
