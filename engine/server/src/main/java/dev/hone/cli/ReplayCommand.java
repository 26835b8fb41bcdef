package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.client.EngineRuns;
import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.connectors.api.Usage;
import dev.hone.engine.Engine;
import dev.hone.engine.ReplayReport;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.TextFile;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.RunEvent;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.EventWords;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a run happen again from its recording: no model, tool or person is asked, and nothing is paid.",
            "With --rules it happens under the rules of another file, and what would have been different is printed."
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments arguments = new EngineArguments();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final RunArgument run = new RunArgument();

    @Option(
            names = "--rules",
            paramLabel = "<workflow>",
            description = "The workflow with other rules or limits; its steps keep their names.")
    @Nullable
    private String other;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws InterruptedException {
        Source source = other == null ? null : Source.read(TextFile.named(other).path());
        if (server.wanted()) {
            try (ServerRuns runs = server.open()) {
                return report(runs, runs.replay(run.id(), Optional.ofNullable(source)));
            }
        }
        Program program = source == null ? null : arguments.compiler.workshop().compile(source);
        try (Engine engine = arguments.open()) {
            String replay = program == null || source == null
                    ? engine.replay(run.id())
                    : engine.replay(run.id(), engine.deploy(program, source));
            return report(new EngineRuns(engine), replay);
        }
    }

    private int report(Runs runs, String replay) throws InterruptedException {
        RunResult unused = runs.await(replay);
        ReplayReport report = ReplayReport.of(runs.events(run.id()), runs.events(replay));
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            out.println(json(report).toPrettyString());
        } else {
            print(report, out);
        }
        out.flush();
        return other != null || report.agrees() != ReplayReport.Agreement.DIFFERENT ? Exit.DONE : Exit.FAILED;
    }

    private static void print(ReplayReport report, PrintWriter out) {
        out.println("heard     " + report.heard() + " answers from the recording, none from elsewhere");
        switch (report.agrees()) {
            case SAME -> out.println("same      every event, the result and the cost");
            case SAME_BUT_ORDER ->
                out.println("same      every event, the result and the cost; parallel branches in another order");
            case DIFFERENT ->
                report.differs().ifPresent(difference -> {
                    out.println("differs   from event " + difference.number() + " on");
                    out.println("          recorded  " + text(difference.recorded()));
                    out.println("          replayed  " + text(difference.replayed()));
                    compare(report, out);
                });
        }
        out.println("run       " + report.replayed().run() + ", a replay of "
                + report.recorded().run());
    }

    private static void compare(ReplayReport report, PrintWriter out) {
        RunResult before = report.recorded();
        RunResult now = report.replayed();
        out.println("stop      recorded  " + stop(before));
        out.println("          replayed  " + stop(now));
        out.println("best      recorded  " + best(before));
        out.println("          replayed  " + best(now));
        out.println("spent     recorded  " + Report.spent(before.spent()));
        out.println("          replayed  " + Report.spent(now.spent()));
        if (report.brokeOff()) {
            out.println(
                    "          What comes then was never asked: it would cost more, and nobody knows what it gives.");
        } else {
            out.println("saves     " + Report.spent(saved(report)));
        }
    }

    /** What the recorded run spent more. */
    private static Usage saved(ReplayReport report) {
        Usage before = report.recorded().spent();
        Usage now = report.replayed().spent();
        return new Usage(
                Math.max(0, before.calls() - now.calls()),
                Math.max(0, before.inputTokens() - now.inputTokens()),
                Math.max(0, before.outputTokens() - now.outputTokens()),
                Math.max(0, before.microUsd() - now.microUsd()));
    }

    private static String stop(RunResult result) {
        return result.stop().kind().name().toLowerCase(Locale.ROOT) + ": "
                + result.stop().text();
    }

    private static String best(RunResult result) {
        return result.best().map(best -> Report.text(best.value())).orElse("none");
    }

    private static String text(Optional<RunEvent> event) {
        return event.flatMap(one ->
                        EventWords.of(one).map(words -> (one.element() + " " + one.iteration()).strip() + ": " + words))
                .orElse(event.map(one -> (one.element() + " " + one.iteration()).strip())
                        .orElse("the run is at its end"));
    }

    private static ObjectNode json(ReplayReport report) {
        ObjectNode object = Json.object()
                .put("heard", report.heard())
                .put("agrees", report.agrees().name());
        report.differs().ifPresent(difference -> {
            ObjectNode differs = object.putObject("differs").put("number", difference.number());
            difference.recorded().ifPresent(event -> differs.set("recorded", event(event)));
            difference.replayed().ifPresent(event -> differs.set("replayed", event(event)));
            if (!report.brokeOff()) {
                object.set("saves", Json.node(saved(report)));
            }
        });
        object.set("recorded", Json.node(report.recorded()));
        object.set("replayed", Json.node(report.replayed()));
        return object;
    }

    private static ObjectNode event(RunEvent event) {
        ObjectNode object = Json.object()
                .put("element", event.element())
                .put("iteration", event.iteration())
                .put("kind", event.kind().name());
        object.set("body", Json.read(event.body()));
        return object;
    }
}
