package dev.hone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.client.ServerEvals;
import dev.hone.client.ServerRuns;
import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Workflow;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Sha256;
import dev.hone.engine.Source;
import dev.hone.engine.TextFile;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import dev.hone.eval.Arm;
import dev.hone.eval.Evaluation;
import dev.hone.eval.Experiment;
import dev.hone.eval.Known;
import dev.hone.eval.Measured;
import dev.hone.eval.PlanFile;
import dev.hone.eval.Reports;
import dev.hone.eval.Runner;
import dev.hone.eval.Trials;
import dev.hone.eval.Unit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hone eval}. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = {
            "Holds a workflow against its controls: the same tasks and seeds in every arm, judged after the end.",
            "The same command again goes on where it was, also after Ctrl+C."
        })
final class EvalCommand implements Callable<Integer> {

    /** With what the ids of evaluations begin, and the folders of their reports. */
    private static final String EVALS = "eval/";

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
            names = "--data",
            paramLabel = "<file>",
            description = "The tasks, a JSON object on each line. Default: those of the plan or the catalogue.")
    @Nullable
    private Path data;

    @Option(
            names = "--plan",
            paramLabel = "<file>",
            description = "More arms, as YAML. Default: eval.yaml beside the workflow, if it is there.")
    @Nullable
    private Path plan;

    @Option(
            names = "--arms",
            paramLabel = "<name>",
            split = ",",
            description = "Only these arms, and the workflow. Default: all.")
    private List<String> arms = List.of();

    @Option(names = "--seeds", paramLabel = "<n>", description = "How many runs of each task in each arm. Default: 3")
    @Nullable
    private Integer seeds;

    @Option(
            names = "--parallel",
            paramLabel = "<n>",
            defaultValue = "4",
            description = "How many runs at a time. Default: ${DEFAULT-VALUE}")
    private int parallel;

    @Option(
            names = "--out",
            paramLabel = "<dir>",
            description =
                    "Where measured.json, measured.md and report.html go. Default: eval/<id> of the data directory.")
    @Nullable
    private Path out;

    @Option(
            names = "--keep",
            paramLabel = "<dir>",
            description = "Writes measured.json and measured.md there, too, and the table into its README.md.")
    @Nullable
    private Path keep;

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
        PlanFile planned = planned(choice);
        Program program = arguments.compiler.workshop().compile(choice.source());
        int many = many(planned);
        Experiment experiment = Experiment.of(
                arguments.compiler.workshop(),
                program,
                choice.source(),
                planned,
                tasks(choice, planned, program.workflow()),
                asked.request(program.workflow(), choice),
                new Experiment.Extent(arms, OptionalInt.of(many), parallel));
        try (Engine engine = arguments.open()) {
            String key = Earlier.key(engine, choice.source(), program, experiment.request(), experiment.tasks());
            Known known = known(engine, EVALS + key);
            return run(engine, experiment.trials(known.id()), known, experiment.evaluation());
        }
    }

    private int many(PlanFile planned) {
        int many = seeds != null ? seeds : planned.plan().seeds().orElse(Experiment.SEEDS);
        check("--seeds", many, EvalPlan.MOST_SEEDS);
        check("--parallel", parallel, Experiment.MOST_PARALLEL);
        return many;
    }

    private static void check(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw refused(option + " is " + value + ".", "Give a number from 1 to " + most + ".");
        }
    }

    private static EngineException refused(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.INPUT_TYPE, what, fix)));
    }

    // --- what is evaluated

    private PlanFile planned(Choice choice) {
        if (plan != null) {
            return PlanFile.read(plan.toString(), new TextFile(plan).read(), Source.beside(plan));
        }
        return choice.beside()
                .find(PlanFile.USUAL)
                .map(text -> PlanFile.read(sibling(choice.source().file()), text, choice.beside()))
                .orElseGet(() -> PlanFile.none(choice.beside()));
    }

    private static String sibling(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1) + PlanFile.USUAL;
    }

    private List<ObjectNode> tasks(Choice choice, PlanFile planned, Workflow own) {
        List<ObjectNode> tasks = data != null
                ? InputFiles.cases(data, choice)
                : planned.tasks().orElseGet(() -> InputFiles.cases(null, choice));
        if (tasks.isEmpty()) {
            throw refused(
                    "the workflow " + own.name() + " comes with no tasks.",
                    "Name a file with a JSON object on each line with --data, or under 'data' of a plan.");
        }
        return tasks;
    }

    // --- how it is run

    private Known known(Engine engine, String key) {
        Known latest = Known.latest(engine, key);
        boolean goOn = latest.isThere() && before.wish() != Earlier.Wish.ANEW;
        if (goOn) {
            spec.commandLine()
                    .getErr()
                    .println("Going on with the evaluation of which "
                            + latest.runs().size() + " runs were started before.");
        }
        return goOn ? latest : latest.anew(engine);
    }

    private int run(Engine engine, Trials trials, Known known, Evaluation evaluation) throws InterruptedException {
        PrintWriter screen = spec.commandLine().getErr();
        Map<String, String> words = new HashMap<>();
        trials.arms().forEach(arm -> words.put(arm.name(), arm.word()));
        EvalProgress progress = new EvalProgress(screen, name -> words.getOrDefault(name, name));
        Runner runner = new Runner(
                engine,
                trials,
                known,
                before.wish() == Earlier.Wish.RESUME,
                EvalProgress.counting(progress, trials, evaluation.primary()));
        Map<Unit, RunResult> results;
        try (Interrupt interrupt = new Interrupt(runner::cancel)) {
            results = runner.run();
            progress.end();
            if (interrupt.happened()) {
                return cancelled();
            }
        }
        say("Judging what the runs made, by the sealed checks.");
        Reports reports = new Reports(evaluation.measured(engine, trials, results, Hone.VERSION));
        Path folder = out != null ? out : arguments.data.path().resolve(trials.id());
        reports.write(folder);
        return report(reports, "in " + folder);
    }

    private void say(String line) {
        PrintWriter screen = spec.commandLine().getErr();
        screen.println(line);
        screen.flush();
    }

    private int cancelled() {
        say("Cancelled. What was made is kept: the same command goes on with the rest.");
        return Exit.CANCELLED;
    }

    /** @param place where the files of the report are */
    private int report(Reports reports, String place) {
        if (keep != null) {
            reports.keep(keep);
        }
        PrintWriter output = spec.commandLine().getOut();
        if (json.wanted()) {
            output.print(reports.json());
        } else {
            reports.text().forEach(output::println);
        }
        output.flush();
        say("The report is " + place + ".");
        return reports.failed() ? Exit.FAILED : Exit.DONE;
    }

    // --- how a server runs it

    private int runThere(ServerRuns runs, Choice choice) {
        Workflow read = Workshop.discovered().parse(choice.source());
        PlanFile planned = planned(choice);
        int many = many(planned);
        List<ObjectNode> tasks = tasks(choice, planned, read);
        RunRequest request = asked.request(read, choice);
        ServerEvals evals = runs.evals();
        ServerEvals.Wanted wanted = new ServerEvals.Wanted(
                runs.deploy(choice.source()), tasks, planText(choice), files(planned), arms, many, parallel, request);
        String key = before.wish() == Earlier.Wish.ANEW
                ? UUID.randomUUID().toString()
                : Sha256.of(Json.sorted(wanted.json())).substring(0, 32);
        ServerEvals.Begun begun = evals.start(wanted, key);
        if (begun.before()) {
            say("Going on with the evaluation of which " + begun.done() + " runs have ended before.");
        }
        EvalProgress progress = new EvalProgress(spec.commandLine().getErr(), name -> word(planned, name));
        Optional<String> measured;
        try (Interrupt interrupt = new Interrupt(() -> evals.cancel(begun.id()))) {
            measured = evals.await(begun.id(), progress::show);
            progress.end();
        }
        if (measured.isEmpty()) {
            return cancelled();
        }
        Reports reports = new Reports(Measured.read("measured.json", measured.get()));
        if (out != null) {
            reports.write(out);
        }
        return report(reports, out != null ? "in " + out : "on the server, as the evaluation " + begun.id());
    }

    private static String word(PlanFile planned, String arm) {
        EvalPlan.Variant variant = planned.plan().variants().get(arm);
        return Arm.word(arm) + (variant != null && variant.oracle() ? " (oracle)" : "");
    }

    /** A server takes the plan of its own catalogue unless it is given another one. */
    private String planText(Choice choice) {
        return plan != null
                ? new TextFile(plan).read()
                : choice.beside().find(PlanFile.USUAL).orElse("seeds: " + Experiment.SEEDS + "\n");
    }

    /** The workflows that a plan names, and the files that their rules are in. */
    private static Map<String, String> files(PlanFile planned) {
        Map<String, String> files = new TreeMap<>();
        Companions beside = path -> {
            Optional<String> text = planned.beside().find(path);
            text.ifPresent(found -> files.put(path, found));
            return text;
        };
        for (EvalPlan.Variant variant : planned.plan().variants().values()) {
            variant.file()
                    .ifPresent(
                            file -> beside.find(file.name()).ifPresent(text -> Source.of(file.name(), text, beside)));
        }
        return files;
    }
}
