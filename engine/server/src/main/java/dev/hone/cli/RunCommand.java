package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.client.EngineRuns;
import dev.hone.client.Runs;
import dev.hone.client.ServerRuns;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Inputs;
import dev.hone.engine.work.Json;
import dev.hone.eval.Arm;
import dev.hone.eval.Arms;
import dev.hone.eval.Experiment;
import dev.hone.eval.Trials;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a workflow and prints the best artifact, why it stopped, and what it spent.",
            "Without --input, a workflow that has cases is run on all of them, beside its controls."
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments arguments = new EngineArguments();

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final WorkflowArgument workflow = new WorkflowArgument();

    @Mixin
    private final RequestArguments asked = new RequestArguments();

    @Option(
            names = "--input",
            paramLabel = "<file>",
            description = "The inputs as a JSON object; - reads them from the keyboard or a pipe.")
    @Nullable
    private String input;

    @Option(
            names = "--cases",
            paramLabel = "<file>",
            description = "Many inputs, a JSON object on each line: runs all, beside the controls.")
    @Nullable
    private Path cases;

    @Option(
            names = "--parallel",
            paramLabel = "<n>",
            defaultValue = "4",
            description = "Of the cases, how many at a time. Default: ${DEFAULT-VALUE}")
    private int parallel;

    @Option(names = "--stream", description = "Shows what models write while they write it.")
    private boolean stream;

    @Mixin
    private final JsonOption json = new JsonOption();

    @ArgGroup
    private BeforeOptions before = new BeforeOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (server.wanted()) {
            try (ServerRuns runs = server.open()) {
                return runThere(runs, workflow.choice());
            }
        }
        Choice choice = workflow.choice(
                arguments.data.path(), asked.tenant(), spec.commandLine().getErr());
        Program program = arguments.compiler.workshop().compile(choice.source());
        RunRequest request = asked.request(program.workflow(), choice);
        List<ObjectNode> many = input != null ? List.of() : InputFiles.cases(cases, choice);
        if (many.isEmpty()) {
            ObjectNode given = input == null ? Json.object() : InputFiles.read(input);
            check(Inputs.check(program.workflow(), given));
            return runOne(program, choice, request.withInputs(given));
        }
        Experiment.requireAnswers(program.workflow(), request);
        for (ObjectNode one : many) {
            check(Inputs.check(program.workflow(), one));
        }
        try (Engine engine = arguments.open()) {
            List<Arm> arms = Arms.controlled(engine.workshop(), program, choice.source());
            return new Batch(engine, spec.commandLine().getErr())
                    .run(
                            Earlier.key(engine, choice.source(), program, request, many),
                            id -> new Trials(id, arms, many, 1, request, parallel),
                            before.wish(),
                            json.wanted(),
                            spec.commandLine().getOut());
        }
    }

    private static void check(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
    }

    private int runOne(Program program, Choice choice, RunRequest request) throws InterruptedException {
        try (Engine engine = arguments.open()) {
            String key = Earlier.key(engine, choice.source(), program, request, List.of());
            RunRequest labelled = request.withLabels(Map.of(Earlier.LABEL, key));
            engine.deploy(program, choice.source());
            return attend(new EngineRuns(engine), labelled, () -> engine.start(program, labelled));
        }
    }

    /** The server says what is wrong with the workflow, as it may know other tools and models than this process. */
    private int runThere(ServerRuns runs, Choice choice) throws InterruptedException {
        Workflow read = Workshop.discovered().parse(choice.source());
        if (input == null && !InputFiles.cases(cases, choice).isEmpty()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_ALLOWED,
                    "many cases are not run on a server in one go.",
                    "Hold the workflow against its controls with hone eval, or give one case with --input.")));
        }
        ServerRuns.Deployed deployed = runs.deploy(choice.source());
        RunRequest request = asked.request(read, choice);
        ObjectNode given = input == null ? Json.object() : InputFiles.read(input);
        check(Inputs.check(read, given));
        RunRequest whole = request.withInputs(given);
        RunRequest labelled =
                whole.withLabels(Map.of(Earlier.LABEL, Earlier.key(deployed.program(), whole, List.of())));
        return attend(runs, labelled, () -> runs.start(deployed, labelled));
    }

    /** Goes on with the run that there is already, or another one. */
    private int attend(Runs runs, RunRequest labelled, Supplier<String> start) throws InterruptedException {
        PrintWriter screen = spec.commandLine().getErr();
        Optional<Earlier.Found> found = Earlier.take(runs, labelled, before.wish(), screen);
        String run = found.map(Earlier.Found::run).orElseGet(start);
        long shown = found.map(Earlier.Found::events).orElse(0L);
        Runnable unheard = stream ? runs.listen(run, new LiveLines(screen)::tell) : () -> {};
        try {
            return Attended.await(runs, runs.run(run), shown, json.wanted(), spec.commandLine());
        } finally {
            unheard.run();
        }
    }
}
