package dev.hone.cli;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.Ledger;
import dev.hone.engine.ledger.Promotion;
import dev.hone.engine.work.RunSetup;
import dev.hone.eval.Archive;
import dev.hone.eval.Arm;
import dev.hone.eval.Candidate;
import dev.hone.eval.Evidence;
import dev.hone.eval.Promoting;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

    @Option(
            names = "--tenant",
            paramLabel = "<name>",
            description =
                    "For whose runs alone it holds, and whose evaluation it is. Default: for runs without a tenant.")
    @Nullable
    private String tenant;

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
            String whose = tenant == null ? RunSetup.NOBODY : tenant;
            Choice choice = workflow.choice().promoted(ledger, whose);
            Program program = compiler.workshop().compile(choice.source());
            if (what.list) {
                report.list(
                        program.name(),
                        ledger.promotions(whose, program.name()),
                        ledger.holding(whose, choice.source().hash()));
                return Exit.DONE;
            }
            Archive archive = Archive.of(ledger, Optional.ofNullable(tenant));
            if (what.rollback) {
                // A whole workflow that was promoted stands where its own text is: what it replaced is one step back.
                Source now = slot == null ? workflow.choice().replaced(ledger, whose) : choice.source();
                Promoting promoting = new Promoting(archive, compiler.workshop(), program, now);
                Promotion holding = promoting.holding(slot == null ? Promotion.WHOLE : slot);
                report.rolledBack(promoting.rollBack(holding, act(), dry));
                return Exit.DONE;
            }
            promote(new Promoting(archive, compiler.workshop(), program, choice.source()), archive, choice, report);
            return Exit.DONE;
        }
    }

    private void promote(Promoting promoting, Archive archive, Choice choice, PromotionReport report) {
        Path file = wanted(evidence, "--evidence");
        if (!(alpha > 0 && alpha <= 0.5)) {
            throw new ParameterException(spec.commandLine(), "--alpha is " + alpha + "; give a level from 0 to 0.5.");
        }
        Candidate candidate = promoting.candidate(wish(choice));
        Promoting.Basis basis =
                new Promoting.Basis(Evidence.read(file, archive), Optional.ofNullable(arm), against, alpha);
        Promoting.Proposal proposal = promoting.propose(candidate, basis, Optional.ofNullable(what.run), act());
        report.promoted(dry ? proposal.promotion() : promoting.promote(proposal), proposal.gain(), dry);
    }

    private Promoting.Wish wish(Choice choice) {
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
            return new Promoting.Wish.Whole(Source.read(what.whole));
        }
        String name = wanted(slot, "--slot");
        return what.value != null
                ? new Promoting.Wish.Word(name, what.value)
                : what.model != null
                        ? new Promoting.Wish.Model(name, what.model)
                        : what.run != null ? new Promoting.Wish.FromRun(name, what.run) : new Promoting.Wish.Used(name);
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
                limited("--because", because, Promoting.BECAUSE),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private String limited(String option, String text, int most) {
        if (text.length() > most) {
            throw new ParameterException(spec.commandLine(), option + " is longer than " + most + " characters.");
        }
        return text;
    }
}
