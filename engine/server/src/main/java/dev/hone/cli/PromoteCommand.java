package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.engine.EngineException;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.SlotValues;
import dev.hone.eval.Arm;
import dev.hone.eval.Candidate;
import dev.hone.eval.Evidence;
import dev.hone.eval.Gain;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hone promote}. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Lets runs begin with another version of a slot, if an evaluation shows that it is better.",
            "Otherwise it promotes nothing, and says by how much that was missed."
        })
final class PromoteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final EngineArguments.DataDirectory data = new EngineArguments.DataDirectory();

    @Mixin
    private final CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private final WorkflowArgument workflow = new WorkflowArgument();

    @ArgGroup
    private What what = new What();

    /** What is to be done, one of these. */
    private static final class What {
        @Option(names = "--list", description = "Lists the versions that were promoted, and which of them hold.")
        private boolean list;

        @Option(names = "--rollback", description = "Takes the version of --slot that holds back.")
        private boolean rollback;

        @Option(
                names = "--value",
                paramLabel = "<value>",
                description = "The slot's value: a text, a number or JSON. Default: what the arm used.")
        @Nullable
        private String value;

        @Option(names = "--model", paramLabel = "<provider/model>", description = "The model, for a model slot.")
        @Nullable
        private String model;

        @Option(
                names = "--from-run",
                paramLabel = "<run>",
                description = "The value that this run found: promoted last, else held at its end.")
        @Nullable
        private String run;

        @Option(
                names = "--workflow",
                paramLabel = "<file>",
                description = "A whole workflow, in the place of one of the catalogue.")
        @Nullable
        private Path whole;
    }

    @Option(names = "--slot", paramLabel = "<name>", description = "The slot.")
    @Nullable
    private String slot;

    @Option(
            names = "--evidence",
            paramLabel = "<file>",
            description = "The measured.json of an evaluation that ran in the data directory.")
    @Nullable
    private Path evidence;

    @Option(names = "--arm", paramLabel = "<arm>", description = "The arm that used it. Default: the only one tried.")
    @Nullable
    private String arm;

    @Option(
            names = "--against",
            paramLabel = "<arm>",
            defaultValue = Arm.WORKFLOW,
            description = "The arm that is how the workflow runs now. Default: ${DEFAULT-VALUE}")
    private String against = Arm.WORKFLOW;

    @Option(
            names = "--alpha",
            paramLabel = "<level>",
            defaultValue = "0.05",
            description = "How often, at most, something is promoted that is no better. Default: ${DEFAULT-VALUE}")
    private double alpha;

    @Option(names = "--dry-run", description = "Says what would be promoted, and promotes nothing.")
    private boolean dry;

    @Option(names = "--by", paramLabel = "<name>", description = "Who does it. Default: the user of this system.")
    @Nullable
    private String by;

    @Option(names = "--because", paramLabel = "<text>", description = "Why, for those who read the list.")
    private String because = "";

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        PromotionReport report = new PromotionReport(spec.commandLine().getOut(), json.wanted());
        try (Ledger ledger = RunsCommand.open(data.path())) {
            Choice choice = workflow.choice().promoted(ledger);
            Program program = compiler.workshop().compile(choice.source());
            if (what.list) {
                report.list(
                        program.name(),
                        ledger.promotions(program.name()),
                        ledger.holding(choice.source().hash()));
                return Exit.DONE;
            }
            if (what.rollback) {
                report.rolledBack(rollBack(ledger, program, choice));
                return Exit.DONE;
            }
            promote(ledger, program, choice, report);
            return Exit.DONE;
        }
    }

    private void promote(Ledger ledger, Program program, Choice choice, PromotionReport report) {
        Path file = wanted(evidence, "--evidence");
        if (!(alpha > 0 && alpha <= 0.5)) {
            throw new ParameterException(spec.commandLine(), "--alpha is " + alpha + "; give a level from 0 to 0.5.");
        }
        Candidate candidate = candidate(ledger, program, choice);
        Evidence read = Evidence.read(file, ledger);
        String tried = arm != null ? arm : read.onlyCandidate();
        Evidence.Shown shown = read.test(program, choice.source(), candidate, tried, against, alpha);
        Gain gain = shown.gain();
        if (!gain.shown()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_SHOWN,
                    "the gain is not shown: on " + gain.metric() + ", " + tried + " is " + gain.words() + " over "
                            + against
                            + " on " + PromotionReport.count(gain.difference().tasks(), "task") + " with "
                            + PromotionReport.count(read.measured().seeds(), "seed") + "; the e-value is "
                            + gain.evidence() + ".",
                    gain.advice())));
        }
        Promotion promotion = new Promotion(
                program.name(),
                choice.source().hash(),
                candidate instanceof Candidate.ForSlot one ? one.slot() : Promotion.WHOLE,
                0,
                shown.content().toString(),
                new Promotion.Evidence(
                        read.hash(),
                        tried,
                        against,
                        gain.metric(),
                        gain.difference().mean(),
                        gain.difference().interval().low(),
                        gain.difference().interval().high(),
                        gain.eValue(),
                        gain.needed(),
                        alpha,
                        gain.difference().tasks(),
                        read.measured().seeds()),
                Optional.ofNullable(what.run),
                act(),
                Optional.empty());
        report.promoted(dry ? promotion : ledger.promote(promotion), gain, dry);
    }

    private <T> T wanted(@Nullable T given, String option) {
        if (given == null) {
            throw new ParameterException(spec.commandLine(), "Missing option: '" + option + "'.");
        }
        return given;
    }

    private Promotion.Act act() {
        String who = by != null ? by : System.getProperty("user.name", "");
        return new Promotion.Act(
                limited("--by", who, 200),
                limited("--because", because, 2_000),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private String limited(String option, String text, int most) {
        if (text.length() > most) {
            throw new ParameterException(spec.commandLine(), option + " is longer than " + most + " characters.");
        }
        return text;
    }

    // --- what is to be promoted

    private Candidate candidate(Ledger ledger, Program program, Choice choice) {
        if (what.whole != null) {
            if (slot != null) {
                throw new ParameterException(spec.commandLine(), "--workflow is all slots at once; leave --slot out.");
            }
            if (!choice.catalogued()) {
                throw new EngineException(List.of(Problem.of(
                        ProblemCode.INPUT_TYPE,
                        "a workflow that is a file runs as the file is, whatever was promoted.",
                        "Put the other text into the file.")));
            }
            Source source = Source.read(what.whole);
            return new Candidate.Whole(compiler.workshop().compile(source), source);
        }
        String name = wanted(slot, "--slot");
        Slot known = program.workflow().slots().get(name);
        return switch (known) {
            case Slot.ModelSlot model -> new Candidate.ForSlot(name, model(ledger, name));
            case Slot.ValueSlot held -> new Candidate.ForSlot(name, value(ledger, program, held));
            case Slot.ScorerSlot scorer -> throw fixed(name);
            case Slot.ToolSlot tool -> throw fixed(name);
            case null ->
                throw Unknown.of("slot", name, program.workflow().slots().keySet(), "hone compile " + program.name());
        };
    }

    private static EngineException fixed(String slot) {
        return new EngineException(List.of(Problem.of(
                ProblemCode.UNKNOWN_SLOT,
                "the slot " + slot + " holds a tool, and only models and values are promoted.",
                "Promote the whole workflow with --workflow.")));
    }

    private Optional<JsonNode> model(Ledger ledger, String name) {
        if (what.value != null) {
            throw new ParameterException(
                    spec.commandLine(), "The slot " + name + " holds a model; give it with --model.");
        }
        Optional<JsonNode> model = what.model != null ? Optional.of(Json.node(what.model)) : found(ledger, name);
        if (model.filter(JsonNode::isObject).isPresent()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.INPUT_TYPE,
                    "the run " + what.run + " has trained the model of the slot " + name
                            + ", and only a model that has a name is promoted.",
                    "Let each run train it, or promote another model with --model.")));
        }
        return model;
    }

    private Optional<JsonNode> value(Ledger ledger, Program program, Slot.ValueSlot held) {
        if (what.model != null) {
            throw new ParameterException(
                    spec.commandLine(), "The slot " + held.name() + " holds a value; give it with --value.");
        }
        Optional<JsonNode> value = what.value != null
                ? Optional.of(Json.read(SlotValues.parse(held, what.value).toString()))
                : found(ledger, held.name());
        Workshop workshop = compiler.workshop();
        List<Problem> problems = value.map(given -> workshop.checkSlots(program.workflow(), Map.of(held.name(), given)))
                .orElse(List.of());
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return value;
    }

    /** What the run of --from-run found; empty without one. */
    private Optional<JsonNode> found(Ledger ledger, String name) {
        if (what.run == null) {
            return Optional.empty();
        }
        if (ledger.run(what.run).isEmpty()) {
            throw new EngineException(List.of(Problem.of(
                    ProblemCode.NOT_FOUND,
                    "there is no run " + what.run + " in this data directory.",
                    "hone runs lists those there are.")));
        }
        return Optional.of(SlotValues.found(ledger.events(what.run, 0, Integer.MAX_VALUE), name)
                .orElseThrow(() -> new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "the run " + what.run + " found no other value for the slot " + name + ".",
                        "Choose a run that sets it, and keeps what it set.")))));
    }

    // --- taking back

    private Promotion rollBack(Ledger ledger, Program program, Choice choice) {
        // A whole workflow that was promoted stands where its own text is: what it replaced is one step back.
        Source source = slot == null ? workflow.choice().replaced(ledger) : choice.source();
        String name = slot == null ? Promotion.WHOLE : slot;
        Promotion holding = ledger.holding(source.hash()).stream()
                .filter(promotion -> promotion.slot().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineException(List.of(Problem.of(
                        ProblemCode.NOT_FOUND,
                        (slot == null ? "no other text" : "no version of the slot " + slot)
                                + " is promoted for the workflow " + program.name() + " as it is now.",
                        "hone promote --list " + program.name() + " lists the versions."))));
        Promotion.Act act = act();
        if (!dry) {
            ledger.rollBack(holding, act);
        }
        return new Promotion(
                holding.workflow(),
                holding.source(),
                holding.slot(),
                holding.version(),
                holding.content(),
                holding.evidence(),
                holding.fromRun(),
                holding.act(),
                Optional.of(act));
    }
}
