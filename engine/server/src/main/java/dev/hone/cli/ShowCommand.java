package dev.hone.cli;

import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.History;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.ProgramRecord;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hone show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints what happened in a run, and how it ended.")
final class ShowCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments.DataDirectory data = new EngineArguments.DataDirectory();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final RunArgument run = new RunArgument();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        if (server.wanted()) {
            try (ServerRuns runs = server.open()) {
                Runs.Run record = runs.run(run.id());
                print(record.workflow(), record.createdAt(), runs.events(run.id()));
                return Exit.DONE;
            }
        }
        try (Ledger ledger = RunsCommand.open(data.path())) {
            RunRecord record = ledger.run(run.id())
                    .orElseThrow(() -> new EngineException(List.of(Problem.of(
                            ProblemCode.NOT_FOUND,
                            "there is no run " + run.id() + " in this data directory.",
                            "hone runs lists those there are."))));
            List<RunEvent> events = ledger.events(run.id(), 0, Integer.MAX_VALUE);
            if (!json.wanted()) {
                promoted(ledger, record)
                        .ifPresent(version -> spec.commandLine()
                                .getOut()
                                .println("the workflow is its promoted version " + version
                                        + "; hone promote --list says why"));
            }
            print(record.workflow(), record.createdAt(), events);
            return Exit.DONE;
        }
    }

    private void print(String workflow, Instant start, List<RunEvent> events) {
        PrintWriter out = spec.commandLine().getOut();
        if (!json.wanted()) {
            Progress progress = new Progress(out, start);
            events.forEach(progress::tell);
        }
        History.result(events)
                .ifPresentOrElse(
                        result -> {
                            if (json.wanted()) {
                                out.println(Report.json(workflow, result).toPrettyString());
                            } else {
                                Report.print(result, out);
                            }
                        },
                        () -> out.println(json.wanted() ? "{}" : "The run has not ended."));
        out.flush();
    }

    /** Which promoted version of the whole workflow a run runs; empty when it is the workflow's own text. */
    private static Optional<Integer> promoted(Ledger ledger, RunRecord record) {
        Optional<String> text = ledger.program(record.program()).map(ProgramRecord::text);
        return ledger.promotions(RunSetup.parse(record.setup()).tenant(), record.workflow()).stream()
                .filter(promotion -> promotion.slot().equals(Promotion.WHOLE))
                .filter(promotion -> text.equals(
                        Optional.of(Json.read(promotion.content()).path("text").asText())))
                .map(Promotion::version)
                .reduce((first, second) -> second);
    }
}
