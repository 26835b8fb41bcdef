package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.server.Release;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code hone} command. */
@Command(
        name = "hone",
        version = "hone " + Hone.VERSION,
        mixinStandardHelpOptions = true,
        description = "Runs loops of models, tools and rules as workflows.",
        subcommands = {
            NewCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            SchemaCommand.class,
            CompileCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            PromoteCommand.class,
            TasksCommand.class,
            ReplayCommand.class,
            EvalCommand.class,
            ModelsCommand.class,
            ServeCommand.class
        })
public final class Hone implements Callable<Integer> {

    static final String VERSION = Release.VERSION;

    private static final System.Logger LOG = System.getLogger(Hone.class.getName());

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] args) {
        Log.nowhere();
        PrintWriter out = writer(System.out);
        PrintWriter err = writer(System.err);
        int exit = commandLine(out, err).execute(args);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Hone());
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Hone::explain);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    /** Problems go to the screen as they are; a defect goes to the log, with one line on the screen. */
    private static int explain(Exception e, CommandLine line, ParseResult parsed) {
        List<Problem> problems = switch (e) {
            case EngineException known -> known.problems();
            case LedgerException known -> List.of(known.problem());
            default -> List.of();
        };
        if (!problems.isEmpty()) {
            print(problems, line.getErr());
            return exitOf(problems);
        }
        LOG.log(System.Logger.Level.ERROR, "defect", e);
        line.getErr()
                .println("hone: " + ProblemCode.INTERNAL + ": a defect: " + e + ". Report it with the log of the data"
                        + " directory.");
        return Exit.FAILED;
    }

    static void print(List<Problem> problems, PrintWriter to) {
        problems.forEach(to::println);
        to.flush();
    }

    private static int exitOf(List<Problem> problems) {
        boolean machine = problems.stream().anyMatch(problem -> switch (problem.code()) {
            case LEDGER_FAILED, BROKER_FAILED, DATA_DIR_IN_USE, SERVER_UNREACHABLE, INTERNAL -> true;
            default -> false;
        });
        return machine ? Exit.FAILED : Exit.REFUSED;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
