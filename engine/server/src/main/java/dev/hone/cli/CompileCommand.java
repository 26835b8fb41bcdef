package dev.hone.cli;

import dev.hone.engine.TextFile;
import dev.hone.engine.compile.Program;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone compile}. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        description = "Writes what a workflow becomes: BPMN with its picture, rules and certificate.")
final class CompileCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final WorkflowArgument workflow = new WorkflowArgument();

    @Mixin
    private final CompilerOptions compiler = new CompilerOptions();

    @Option(
            names = "--out",
            paramLabel = "<dir>",
            defaultValue = ".",
            description = "The directory to write into. Default: the current one.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() {
        Program program = compiler.workshop().compile(workflow.choice().source());
        PrintWriter screen = spec.commandLine().getOut();
        write(program.name() + ".bpmn", program.bpmn(), screen);
        write(program.name() + ".svg", program.picture(), screen);
        write(program.name() + ".drl", program.rules(), screen);
        write(program.name() + ".certificate.txt", program.certificate().text(), screen);
        return Exit.DONE;
    }

    private void write(String name, String text, PrintWriter screen) {
        Path file = out.resolve(name);
        new TextFile(file).replace(text);
        screen.println(file);
    }
}
