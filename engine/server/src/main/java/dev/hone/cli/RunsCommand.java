package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.History;
import dev.hone.engine.RunResult;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.LedgerException;
import dev.hone.engine.ledger.RunRecord;
import dev.hone.engine.work.RunSetup;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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

    @Option(names = "--limit", defaultValue = "20", description = "How many. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Ledger ledger = open(data.path())) {
            List<RunRecord> runs = ledger.latest(Math.max(0, limit));
            out.printf(
                    Locale.ROOT,
                    "%-18s %-19s  %-24s %-10s %6s  %s%n",
                    "run",
                    "started",
                    "workflow",
                    "end",
                    "calls",
                    "why");
            for (RunRecord run : runs) {
                Optional<RunResult> end = History.result(ledger.events(run.id(), 0, Integer.MAX_VALUE));
                out.printf(
                        Locale.ROOT,
                        "%-18s %-19s  %-24s %-10s %6d  %s%n",
                        run.id(),
                        TIME.format(run.createdAt().atZone(ZoneId.systemDefault())),
                        run.workflow(),
                        end.map(result -> result.stop().kind().name().toLowerCase(Locale.ROOT))
                                .orElse("-"),
                        ledger.committed(run.id()).calls(),
                        replay(run) + end.map(result -> result.stop().text()).orElse("has not ended"));
            }
            out.flush();
            return Exit.DONE;
        }
    }

    private static String replay(RunRecord run) {
        return RunSetup.parse(run.setup())
                .replayOf()
                .map(recorded -> "replay of " + recorded + ": ")
                .orElse("");
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
