package dev.hone.cli;

import dev.hone.client.EngineRuns;
import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.engine.Engine;
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
    private final ServerOption server = new ServerOption();

    @Mixin
    private final RunArgument run = new RunArgument();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws InterruptedException {
        if (server.wanted()) {
            try (ServerRuns runs = server.open()) {
                return resume(runs);
            }
        }
        try (Engine engine = arguments.open()) {
            return resume(new EngineRuns(engine));
        }
    }

    private int resume(Runs runs) throws InterruptedException {
        Runs.Run record = runs.run(run.id());
        long shown = runs.events(run.id()).size();
        runs.resume(run.id());
        return Attended.await(runs, record, shown, json.wanted(), spec.commandLine());
    }
}
