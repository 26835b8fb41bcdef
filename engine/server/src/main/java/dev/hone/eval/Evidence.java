package dev.hone.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Workflow;
import dev.hone.engine.EngineException;
import dev.hone.engine.Promoted;
import dev.hone.engine.Sha256;
import dev.hone.engine.Source;
import dev.hone.engine.TextFile;
import dev.hone.engine.compile.Params;
import dev.hone.engine.compile.Program;
import dev.hone.engine.work.Json;
import dev.hone.engine.work.RunSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A file of measurements as evidence for a candidate. It counts as far as the ledger that has its runs says the same: each
 * row is held against its run, and each run against what the arm is said to be.
 */
public final class Evidence {

    /** How much more than the baseline a candidate may spend, as a share: an arm that spends more may be better for that alone. */
    public static final double TOLERANCE = 0.1;

    private final String file;
    private final String hash;
    private final Measured measured;
    private final Archive archive;

    private Evidence(String file, String hash, Measured measured, Archive archive) {
        this.file = file;
        this.hash = hash;
        this.measured = measured;
        this.archive = archive;
    }

    /**
     * @param archive in which the runs were made
     * @throws EngineException when it is no file of measurements
     */
    public static Evidence read(Path file, Archive archive) {
        return of(file.toString(), new TextFile(file).read(), archive);
    }

    /**
     * The same of a text that is no file.
     *
     * @param file what to call it
     */
    public static Evidence of(String file, String text, Archive archive) {
        return new Evidence(file, Sha256.ofFile(text), Measured.read(file, text), archive);
    }

    /** Of the file, as {@code sha256sum} prints it. */
    public String hash() {
        return hash;
    }

    public Measured measured() {
        return measured;
    }

    /** The arm that was tried, if it is the only one besides the workflow and its controls. */
    public String onlyCandidate() {
        List<String> tried = tried();
        if (tried.size() != 1) {
            throw Refusal.of(
                    file
                            + (tried.isEmpty()
                                    ? " has no arm that was tried"
                                    : " has the arms " + String.join(", ", tried))
                            + ".",
                    "Say with --arm which one is to be promoted.");
        }
        return tried.getFirst();
    }

    /** The arms besides the workflow, its controls and those that know too much. */
    private List<String> tried() {
        Set<String> controls = Set.copyOf(Arrays.stream(Workflow.Control.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList());
        return measured.arms().stream()
                .filter(side -> !side.oracle() && !side.name().equals(Arm.WORKFLOW) && !controls.contains(side.name()))
                .map(Measured.Side::name)
                .toList();
    }

    /**
     * What the evidence shows, and of which value.
     *
     * @param content the candidate's value as JSON; of a whole workflow its texts
     */
    public record Shown(Gain gain, JsonNode content) {}

    /**
     * Holds the evidence against the ledger, and tests it.
     *
     * @param source of the workflow as it runs now
     * @param arm with the candidate
     * @param against the arm that is what runs now
     * @throws EngineException with the reason why this is no evidence for the candidate
     */
    public Shown test(Program program, Source source, Candidate candidate, String arm, String against, double alpha) {
        if (archive.program(measured.program()).isEmpty()) {
            throw Refusal.of(
                    "the evaluation of " + file + " did not run " + archive.place() + ".", archive.elsewhere());
        }
        if (!runs(measured.program(), program, source)) {
            throw Refusal.of(
                    file + " is about another text of the workflow " + measured.workflow() + ".",
                    "Evaluate the workflow as it is now.");
        }
        sealedMetric(program.workflow());
        Measured.Side tried = side(arm);
        if (tried.oracle()) {
            throw Refusal.of(
                    "the arm " + arm + " is an oracle: it knows what no run will know.", "Promote an honest arm.");
        }
        List<Kept> baseline = kept(side(against), program, source);
        Program own = switch (candidate) {
            case Candidate.Whole whole -> whole.program();
            case Candidate.ForSlot slot -> program;
        };
        Source ownSource = switch (candidate) {
            case Candidate.Whole whole -> whole.source();
            case Candidate.ForSlot slot -> source;
        };
        List<Kept> candidates = kept(tried, own, ownSource);
        paired(candidates, baseline);
        Promoted now = Promoted.of(archive.holding(source), program, Map.of(), Map.of());
        baseline.forEach(run -> same(run, against, program, now));
        JsonNode content = switch (candidate) {
            case Candidate.Whole whole -> {
                Promoted there = Promoted.of(archive.holding(whole.source()), own, Map.of(), Map.of());
                candidates.forEach(run -> same(run, arm, own, there));
                yield Json.MAPPER.valueToTree(whole.source());
            }
            case Candidate.ForSlot slot -> {
                JsonNode value = value(slot, program, candidates.getFirst());
                Promoted there = with(program, now, slot.slot(), value);
                candidates.forEach(run -> same(run, arm, program, there));
                yield value;
            }
        };
        equalBudgets(arm, against, candidates, baseline);
        Gain gain = Gain.of(
                measured.primary(),
                rows(candidates),
                rows(baseline),
                measured.lower().contains(measured.primary()),
                Math.max(1, tried().size()),
                alpha);
        return new Shown(gain, content);
    }

    private static List<Row> rows(List<Kept> runs) {
        return runs.stream().map(Kept::row).toList();
    }

    private void sealedMetric(Workflow workflow) {
        Set<String> sealed = Arms.measured(workflow);
        if (!sealed.contains(measured.primary())) {
            throw Refusal.of(
                    "the arms are compared on " + measured.primary() + ", which no sealed check reports.",
                    sealed.isEmpty()
                            ? "Give the workflow a sealed check."
                            : "Make one of "
                                    + String.join(", ", sealed.stream().sorted().toList()) + " the primary name.");
        }
    }

    private Measured.Side side(String name) {
        return measured.arms().stream()
                .filter(side -> side.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        file + " has no arm " + name + ".",
                        "It has "
                                + String.join(
                                        ", ",
                                        measured.arms().stream()
                                                .map(Measured.Side::name)
                                                .toList())
                                + "."));
    }

    // --- the rows and their runs

    /** A row and what was fixed when its run started. */
    private record Kept(Row row, RunSetup setup) {

        int task() {
            return row.task();
        }
    }

    /** Whether a hash is of a program of these texts, whatever path the file was named by; a control's name is another one. */
    private boolean runs(String hash, Program program, Source source) {
        return archive.program(hash)
                .filter(kept -> kept.name().equals(program.name()))
                .filter(kept -> Source.of(kept).hash().equals(source.hash()))
                .isPresent();
    }

    private List<Kept> kept(Measured.Side side, Program program, Source source) {
        if (!runs(side.program(), program, source)) {
            throw Refusal.of(
                    "the arm " + side.name() + " ran another workflow than is to be promoted or is run now.",
                    "Evaluate the two texts that are meant.");
        }
        Map<String, Row> places = new TreeMap<>();
        for (Row row : measured.rows(side.name())) {
            if (places.put(row.task() + "/" + row.seed(), row) != null) {
                throw Refusal.of(
                        file + " has two rows of the arm " + side.name() + " for task " + row.task() + ", seed "
                                + row.seed() + ".",
                        "Give the file as hone eval wrote it.");
            }
        }
        if (places.isEmpty() || places.size() != measured.tasks() * measured.seeds()) {
            throw Refusal.of(
                    "the arm " + side.name() + " has " + places.size() + " runs of " + measured.tasks() + " tasks with "
                            + measured.seeds() + " seeds.",
                    "Let hone eval come to its end, and give the file as it wrote it.");
        }
        return measured.rows(side.name()).stream()
                .map(row -> new Kept(row, LedgerRows.setup(archive, file, row, side.program())))
                .toList();
    }

    /** One task has one input in all its runs, no other task has it, one seed is the same in both arms, and so is the person. */
    private static void paired(List<Kept> candidates, List<Kept> baseline) {
        Map<Integer, ObjectNode> inputs = new HashMap<>();
        Map<String, Long> seeds = new HashMap<>();
        List<Kept> all = new ArrayList<>(baseline);
        all.addAll(candidates);
        for (Kept run : all) {
            ObjectNode first =
                    inputs.computeIfAbsent(run.task(), task -> run.setup().inputs());
            Long seed = seeds.computeIfAbsent(
                    run.task() + "/" + run.row().seed(), place -> run.setup().seed());
            if (!first.equals(run.setup().inputs())
                    || seed != run.setup().seed()
                    || !all.getFirst().setup().person().equals(run.setup().person())) {
                throw Refusal.of(
                        "the arms had other inputs, seeds or scripted people on task " + run.task() + ".",
                        "Give the file as hone eval wrote it.");
            }
        }
        Map<ObjectNode, Integer> tasks = new HashMap<>();
        inputs.forEach((task, input) -> {
            Integer other = tasks.put(input, task);
            if (other != null) {
                throw Refusal.of(
                        "the tasks " + other + " and " + task + " are the same, and one task counts once.",
                        "Leave one of them out, and give the workflow more seeds.");
            }
        });
    }

    // --- what the arms are

    /** What runs begin with when one slot has the candidate's value. */
    private static Promoted with(Program program, Promoted now, String name, JsonNode value) {
        Map<String, String> models = new HashMap<>(now.models());
        Map<String, JsonNode> slots = new HashMap<>(now.slots());
        Map<String, Integer> versions = new HashMap<>(now.versions());
        versions.remove(name);
        if (program.workflow().slots().get(name) instanceof Slot.ModelSlot) {
            models.put(name, value.asText());
        } else {
            slots.put(name, value);
        }
        return new Promoted(models, slots, versions);
    }

    /** The value that the candidate's runs began with, which is the one that was named, if one was. */
    private static JsonNode value(Candidate.ForSlot candidate, Program program, Kept run) {
        String name = candidate.slot();
        JsonNode used = program.workflow().slots().get(name) instanceof Slot.ModelSlot
                ? Json.node(run.setup().models().get(name))
                : run.setup().slots().getOrDefault(name, Json.node(null));
        if (used.isNull() || run.setup().promoted().containsKey(name)) {
            throw Refusal.of(
                    "the arm " + run.row().arm() + " did not use another value for the slot " + name + ".",
                    "Evaluate an arm whose plan gives the slot the value.");
        }
        if (candidate.value().isPresent() && !used.equals(candidate.value().get())) {
            throw Refusal.of(
                    "the arm " + run.row().arm() + " used " + shown(used) + " for the slot " + name + ", not "
                            + shown(candidate.value().get()) + ".",
                    "Evaluate an arm with exactly this value.");
        }
        return used;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }

    /** Whether a run is what the arm is said to be: the workflow as it runs now, but for what is tried. */
    private static void same(Kept run, String arm, Program program, Promoted begin) {
        RunSetup setup = run.setup();
        List<Problem> problems = new ArrayList<>();
        JsonNode params = Json.node(Params.of(program.workflow(), Map.of(), problems));
        boolean alone = setup.control().isEmpty()
                && setup.feedbackFrom().isEmpty()
                && setup.replayOf().isEmpty();
        boolean same =
                Json.read(params.toString()).equals(Json.read(setup.params().toString()))
                        && setup.models().equals(begin.models())
                        && setup.slots().equals(begin.slots())
                        && setup.promoted().equals(begin.versions());
        if (!problems.isEmpty() || !alone || !same) {
            throw Refusal.of(
                    "the arm " + arm + " differs from how the workflow runs now by more than what is to be promoted: "
                            + "its parameters, models, slots or promoted versions, or it is a control.",
                    "Evaluate the workflow as it runs now, and an arm that differs in the one slot.");
        }
    }

    private static void equalBudgets(String arm, String against, List<Kept> candidates, List<Kept> baseline) {
        equal("calls", Row::calls, arm, against, candidates, baseline);
        equal("tokens", Row::tokens, arm, against, candidates, baseline);
        equal("micro-dollars", Row::microUsd, arm, against, candidates, baseline);
    }

    private static void equal(
            String what,
            ToLongFunction<Row> spent,
            String arm,
            String against,
            List<Kept> candidates,
            List<Kept> baseline) {
        double ours = mean(spent, candidates);
        double theirs = mean(spent, baseline);
        if (ours > theirs * (1 + TOLERANCE)) {
            throw Refusal.of(
                    String.format(
                            Locale.ROOT,
                            "the arm %s spent %.1f %s a run and %s %.1f: more than %.0f %% more, and what is better for"
                                    + " more may be worse for as much.",
                            arm,
                            ours,
                            what,
                            against,
                            theirs,
                            TOLERANCE * 100),
                    "Evaluate both at the same budget.");
        }
    }

    private static double mean(ToLongFunction<Row> spent, List<Kept> runs) {
        return runs.stream()
                .mapToLong(run -> spent.applyAsLong(run.row()))
                .average()
                .orElse(0);
    }
}
