package dev.hone.cli;

import dev.hone.client.EngineRuns;
import dev.hone.engine.Engine;
import dev.hone.engine.RunResult;
import dev.hone.engine.StopReason;
import dev.hone.engine.work.Json;
import dev.hone.eval.Arm;
import dev.hone.eval.Known;
import dev.hone.eval.Runner;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A workflow on many cases with one seed, beside the controls that it names: a table of the runs themselves. */
final class Batch {

    private final Engine engine;
    private final PrintWriter screen;

    Batch(Engine engine, PrintWriter screen) {
        this.engine = engine;
        this.screen = screen;
    }

    /**
     * Runs what is missing, prints the table, and returns the exit code.
     *
     * @param trials of an id
     */
    int run(String key, Function<String, Trials> trials, Earlier.Wish wish, boolean json, PrintWriter out)
            throws InterruptedException {
        Known known = choose(key, trials, wish);
        Trials chosen = trials.apply(known.id());
        Lines lines = new Lines(chosen);
        Runner runner = new Runner(engine, chosen, known, true, lines);
        try (Interrupt interrupt = new Interrupt(runner::cancel)) {
            if (!json && known.runs().isEmpty()) {
                lines.showSteps(runner);
            }
            Map<Unit, RunResult> ended = runner.run();
            if (interrupt.happened()) {
                screen.println("Cancelled. What was made is kept: --resume goes on with the rest.");
                screen.flush();
                return Exit.CANCELLED;
            }
            BatchReport report = new BatchReport(
                    chosen.workflow().program().workflow(), chosen.request().seed(), byArm(chosen, ended));
            if (json) {
                out.println(report.json().toPrettyString());
            } else {
                report.print(out);
            }
            out.flush();
            return report.failed() ? Exit.FAILED : Exit.DONE;
        }
    }

    private static Map<Arm, List<RunResult>> byArm(Trials trials, Map<Unit, RunResult> ended) {
        Map<Arm, List<RunResult>> results = new LinkedHashMap<>();
        trials.units().forEach(unit -> {
            RunResult result = ended.get(unit);
            if (result != null) {
                results.computeIfAbsent(unit.arm(), arm -> new ArrayList<>()).add(result);
            }
        });
        return results;
    }

    /** The batch to go on with, or a new one. */
    private Known choose(String key, Function<String, Trials> trials, Earlier.Wish wish) {
        Known latest = Known.latest(engine, key);
        boolean goOn = switch (wish) {
            case ANEW -> false;
            case RESUME -> latest.isThere();
            case GO_ON ->
                latest.isThere()
                        && latest.wasKilled(engine, trials.apply(latest.id()).runs());
        };
        if (!goOn) {
            return latest.anew(engine);
        }
        screen.println("Going on with the batch of which " + latest.runs().size() + " runs were started before.");
        return latest;
    }

    /** A line for each run, and before the others the steps of the first one. */
    private final class Lines implements Runner.Watcher {

        private final Trials trials;
        private volatile Runnable unwatch = () -> {};
        private volatile boolean steps;

        Lines(Trials trials) {
            this.trials = trials;
        }

        /** Runs the workflow on the first case alone, with everything that it does. */
        void showSteps(Runner runner) throws InterruptedException {
            screen.println("The workflow on case 1, step by step:");
            steps = true;
            try {
                runner.first(new Unit(trials.workflow(), 0, 0));
            } finally {
                steps = false;
                unwatch.run();
            }
            screen.println("Now all " + trials.tasks().size() + " cases, "
                    + trials.arms().size() + " arms:");
            screen.flush();
        }

        @Override
        public void started(Unit unit, String run) {
            if (steps) {
                unwatch = new Progress(screen, engine.run(run).createdAt()).follow(new EngineRuns(engine), run, 0);
            }
        }

        @Override
        public synchronized void ended(Unit unit, RunResult result, boolean fresh) {
            screen.println(String.format(
                    Locale.ROOT,
                    "%-20s %3d/%d  %-10s %-12s %6.2f s  %-24s %s",
                    unit.arm().word(),
                    unit.task() + 1,
                    trials.tasks().size(),
                    result.stop().kind().name().toLowerCase(Locale.ROOT),
                    Report.cost(result.spent()),
                    result.seconds(),
                    result.best()
                            .flatMap(RunResult.Best::score)
                            .map(score -> "best score " + Report.number(Json.node(score)))
                            .orElse(""),
                    result.stop().kind() == StopReason.Kind.PROBLEM
                            ? result.stop().text()
                            : ""));
            screen.flush();
        }
    }
}
