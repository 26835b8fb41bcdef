package dev.hone.cli;

import dev.hone.client.ListedRun;
import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.History;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.RunSetup;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone runs}. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists the latest runs of a data directory.")
final class RunsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments.DataDirectory data = new EngineArguments.DataDirectory();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--limit", defaultValue = "20", description = "How many. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ListedRun> runs = server.wanted() ? there() : here();
        out.printf(
                Locale.ROOT, "%-18s %-19s  %-24s %-10s %6s  %s%n", "run", "started", "workflow", "end", "calls", "why");
        for (ListedRun listed : runs) {
            out.printf(
                    Locale.ROOT,
                    "%-18s %-19s  %-24s %-10s %6d  %s%n",
                    listed.run().id(),
                    TIME.format(listed.run().createdAt().atZone(ZoneId.systemDefault())),
                    listed.run().workflow(),
                    listed.stop().map(stop -> stop.toLowerCase(Locale.ROOT)).orElse("-"),
                    listed.calls(),
                    listed.replayOf()
                                    .map(recorded -> "replay of " + recorded + ": ")
                                    .orElse("")
                            + listed.why().orElse("has not ended"));
        }
        out.flush();
        return Exit.DONE;
    }

    private List<ListedRun> there() {
        try (ServerRuns runs = server.open()) {
            return runs.latest(Math.max(0, limit));
        }
    }

    private List<ListedRun> here() {
        List<ListedRun> runs = new ArrayList<>();
        try (Ledger ledger = open(data.path())) {
            for (RunRecord run : ledger.latest(Math.max(0, limit))) {
                Optional<StopReason> stop = History.result(ledger.events(run.id(), 0, Integer.MAX_VALUE))
                        .map(RunResult::stop);
                runs.add(new ListedRun(
                        new Runs.Run(run.id(), run.workflow(), run.createdAt()),
                        stop.map(end -> end.kind().name()),
                        stop.map(StopReason::text),
                        ledger.committed(run.id()).calls(),
                        RunSetup.parse(run.setup()).replayOf()));
            }
        }
        return runs;
    }

    /** The ledger without an engine: nothing goes on because somebody looks. */
    static Ledger open(Path dataDir) {
        if (!Files.isDirectory(dataDir)) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_FOUND,
                    "there is no data directory " + dataDir + ".",
                    "Name one with --data-dir, or start a run first.")));
        }
        try {
            return Ledger.open(dataDir);
        } catch (LedgerException e) {
            throw new EngineException(e.problem(), e);
        }
    }
}
