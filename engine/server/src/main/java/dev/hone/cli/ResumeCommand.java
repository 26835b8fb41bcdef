package dev.hone.cli;

import dev.hone.engine.Engine;
import dev.hone.engine.ledger.RunRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private final RunArgument run = new RunArgument();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws InterruptedException {
        try (Engine engine = arguments.open()) {
            RunRecord record = engine.run(run.id());
            long shown = engine.events(run.id()).size();
            engine.resume(run.id());
            return Attended.await(engine, record, shown, json.wanted(), spec.commandLine());
        }
    }
}
