package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone compile}. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        description = "Writes what a workflow becomes: BPMN, rules and certificate.")
final class CompileCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "<workflow>", description = "A file, or a name of the catalogue.")
    @SuppressWarnings("NullAway.Init")
    private String workflow;

    @Option(
            names = "--out",
            paramLabel = "<dir>",
            defaultValue = ".",
            description = "The directory to write into. Default: the current one.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() {
        Program program = Workshop.discovered().compile(Choice.of(workflow).source());
        PrintWriter screen = spec.commandLine().getOut();
        write(program.name() + ".bpmn", program.bpmn(), screen);
        write(program.name() + ".drl", program.rules(), screen);
        write(program.name() + ".certificate.txt", program.certificate().text(), screen);
        return Exit.DONE;
    }

    /** Whole or not at all. */
    private void write(String name, String text, PrintWriter screen) {
        Path file = out.resolve(name);
        try {
            Files.createDirectories(out);
            Path part = out.resolve(name + ".part");
            try {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            screen.println(file);
        } catch (IOException e) {
            throw new EngineException(
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "the file " + file + " cannot be written: " + e.getMessage() + ".",
                            "Choose a directory that is writable and has room."),
                    e);
        }
    }
}
