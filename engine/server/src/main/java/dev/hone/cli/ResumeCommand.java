package dev.hone.cli;

import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.RunRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hone resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Goes on with a run that was cancelled, ended with a problem, or lost its process.")
final class ResumeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments arguments = new EngineArguments();

    @Parameters(paramLabel = "<run>", description = "As hone runs lists it.")
    @SuppressWarnings("NullAway.Init")
    private String run;

    @Option(names = "--json", description = "Prints the end of the run as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try (Engine engine = arguments.open()) {
            RunRecord record = engine.run(run);
            long shown = engine.events(run).size();
            engine.resume(run);
            RunResult result =
                    Attended.await(engine, record, shown, spec.commandLine().getErr());
            return Report.end(
                    record.workflow(), result, json, spec.commandLine().getOut());
        }
    }
}
